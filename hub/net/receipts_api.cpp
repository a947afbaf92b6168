// SPDX-License-Identifier: Apache-2.0
#include "hub/net/event_request.h"
#include "hub/net/order_lookup.h"
#include "hub/net/pages.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/net/tracker_lookup.h"
#include "hub/net/tracker_page.h"
#include "hub/receipts/receipt_source.h"
#include "hub/receipts/receipt_words.h"
#include "hub/receipts/render.h"
#include "hub/settings/printers.h"
#include "shared/order/fields.h"
#include "shared/protocol/canonical_json.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cstring>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

struct Rendering {
    QByteArray format; // text, html, pdf or escpos
    int columns = 42;
    QString publicUrl; // where its QR code leads to
};

Error invalidParameter(const char *name, const QString &detail)
{
    return {ErrorCode::BadRequest, QStringLiteral("?%1= %2").arg(L1(name), detail)};
}

Printers printersOf(Services &services)
{
    const SettingsRecord record = services.backend.hub().document("printers");
    const Result<QJsonObject> json = parseJsonObject(record.body);
    const Result<Printers> printers = json ? printersFromJson(*json) : json.error();
    return printers ? *printers : Printers();
}

// Where guests reach the hub, as the manager says; else where this request did.
QString publicUrlFor(Services &services, const HttpRequest &request)
{
    QString url = printersOf(services).publicUrl;
    if (!url.isEmpty())
        return url;
    const QByteArray host = request.header("host");
    const bool isPlain = !host.isEmpty() && host.size() <= limits::keyLengthMax
                         && std::all_of(host.begin(), host.end(), [](char c) {
                                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                                       || (c >= '0' && c <= '9')
                                       || (c != 0 && std::strchr(".:-[]", c));
                            });
    if (!isPlain)
        return {};
    return (request.secure ? QStringLiteral("https://") : QStringLiteral("http://"))
           + QString::fromLatin1(host);
}

QByteArray formatOf(const HttpRequest &request)
{
    if (const auto said = request.parameter("format"))
        return *said;
    if (request.accepts("application/pdf"))
        return "pdf";
    return request.accepts("text/html") ? QByteArrayLiteral("html") : QByteArrayLiteral("text");
}

Result<Rendering> renderingOf(Services &services, const HttpRequest &request)
{
    Rendering wanted;
    wanted.format = formatOf(request);
    static constexpr std::array formats{"text", "html", "pdf", "escpos"};
    if (std::find(formats.begin(), formats.end(), wanted.format) == formats.end())
        return invalidParameter("format", QStringLiteral("is text, html, pdf or escpos"));
    if (const auto columns = request.parameter("columns")) {
        wanted.columns = columns->toInt();
        if (!isPaperColumns(wanted.columns))
            return invalidParameter("columns", QStringLiteral("is 32, 42 or 48"));
    }
    wanted.publicUrl = publicUrlFor(services, request);
    return wanted;
}

// For a file's name: nothing in it needs quoting.
QByteArray fileName(const QString &number, const char *extension)
{
    QByteArray name = "receipt";
    for (const char c : number.toLatin1()) {
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            name += name == "receipt" ? QByteArray("-") + c : QByteArray(1, c);
    }
    return name + extension;
}

HttpResponse withFileName(HttpResponse response, const QString &number, const char *extension)
{
    return response.with("Content-Disposition",
                         "inline; filename=\"" + fileName(number, extension) + '"');
}

// On a reader's thread: a PDF takes some milliseconds.
Result<HttpResponse> render(const ReadReceipt &read, const Rendering &wanted)
{
    const ReceiptHeader &header = read.receipt.header;
    const ReceiptMarks marks{1, false, trackerUrl(wanted.publicUrl, read.trackerToken)};
    const Rows rows = receiptRows(read.receipt, marks);
    const QString title =
        word(Word::Order, header.language) + QLatin1Char(' ') + read.receipt.number;
    if (wanted.format == "text")
        return textResponse(receiptText(rows, wanted.columns), "text/plain; charset=utf-8");
    if (wanted.format == "html")
        return pageResponse(receiptHtml(rows, title, header.language), 200);
    if (wanted.format == "pdf") {
        Result<QByteArray> pdf = receiptPdf(rows, title, header.language, read.receipt.paidAt);
        return pdf ? Result<HttpResponse>(
                   withFileName(textResponse(*pdf, "application/pdf"), read.receipt.number, ".pdf"))
                   : pdf.error();
    }
    PaperOptions paper;
    paper.columns = wanted.columns;
    paper.language = header.language;
    const Result<QByteArray> bytes = receiptEscPos(rows, paper);
    return bytes ? Result<HttpResponse>(withFileName(
               textResponse(*bytes, "application/octet-stream"), read.receipt.number, ".bin"))
                 : bytes.error();
}

Result<HttpResponse> readAndRender(EventReader &reader, const QUuid &orderId,
                                   const Rendering &wanted)
{
    const Result<ReadReceipt> read = readReceipt(reader, orderId);
    return read ? render(*read, wanted) : read.error();
}

void replyRendered(const ExchangePtr &exchange, Result<HttpResponse> response)
{
    exchange->reply(response ? std::move(*response) : problemResponse(response.error()));
}

std::optional<QUuid> orderIdOf(const ExchangePtr &exchange)
{
    const auto id = parseUuid(QString::fromLatin1(exchange->arguments.front()));
    if (!id)
        exchange->reply(
            problemResponse(ErrorCode::UnknownOrder, QStringLiteral("there is no such order")));
    return id;
}

QJsonObject printerJson(const PrinterStatus &printer)
{
    return {{L1("id"), printer.id},
            {L1("name"), printer.name},
            {L1("address"), printer.address},
            {L1("state"), QString(printerStateName(printer.state))},
            {L1("detail"), printer.detail},
            {L1("paper_low"), printer.paperLow},
            {L1("since"), printer.since == Timestamp{}
                              ? QJsonValue()
                              : QString::fromLatin1(formatTimestamp(printer.since))},
            {L1("waiting"), printer.waiting},
            {L1("printed"), printer.printed},
            {L1("possible_copies"), printer.possibleCopies},
            {L1("unprinted"), printer.unprinted},
            {L1("last_printed"), printer.lastPrinted
                                     ? QString::fromLatin1(formatTimestamp(*printer.lastPrinted))
                                     : QJsonValue()}};
}

// {printer}, optional; a request without a body names none.
Result<QString> printerNamed(const HttpRequest &request)
{
    if (request.body.isEmpty())
        return QString();
    const Result<QJsonObject> body = bodyObject(request);
    if (!body)
        return body.error();
    std::vector<FieldError> errors;
    const Fields fields(*body, QString(), errors);
    const QString printer = fields.text(L1("printer"), limits::keyLengthMax);
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return printer;
}

} // namespace

void getReceipt(Services &services, const ExchangePtr &exchange)
{
    const Result<Rendering> wanted = renderingOf(services, exchange->request);
    if (!wanted) {
        exchange->reply(problemResponse(wanted.error()));
        return;
    }
    if (const std::optional<QUuid> orderId = orderIdOf(exchange)) {
        readLog<HttpResponse>(
            services,
            [id = *orderId, wanted = *wanted](EventReader &reader) {
                return readAndRender(reader, id, wanted);
            },
            [exchange](Result<HttpResponse> response) {
                replyRendered(exchange, std::move(response));
            });
    }
}

// The guest's own: as a page, or to be kept.
void getTrackerReceipt(Services &services, const ExchangePtr &exchange)
{
    Result<Rendering> wanted = renderingOf(services, exchange->request);
    if (wanted && wanted->format == "text" && !exchange->request.parameter("format"))
        wanted->format = "html";
    if (wanted && wanted->format != "html" && wanted->format != "pdf")
        wanted = invalidParameter("format", QStringLiteral("is html or pdf"));
    if (!wanted) {
        exchange->reply(problemResponse(wanted.error()));
        return;
    }
    findTracked(services, exchange->arguments.front(),
                [&services, exchange, wanted = *wanted](const Result<OrderState> &order) {
                    if (!order && order.error().code == ErrorCode::NotFound) {
                        exchange->reply(trackerNotFoundPage(GuestPage::forGuest(
                            restaurantOf(services.backend.hub()), exchange->request)));
                        return;
                    }
                    if (!order) {
                        exchange->reply(problemResponse(order.error()));
                        return;
                    }
                    readLog<HttpResponse>(
                        services,
                        [id = order->id, wanted](EventReader &reader) {
                            return readAndRender(reader, id, wanted);
                        },
                        [exchange](Result<HttpResponse> response) {
                            replyRendered(exchange, std::move(response));
                        });
                });
}

void postReceiptPrint(Services &services, const ExchangePtr &exchange)
{
    const Result<QString> printer = printerNamed(exchange->request);
    if (!printer) {
        exchange->reply(problemResponse(printer.error()));
        return;
    }
    PrintDesk *desk = services.backend.printDesk();
    if (!desk) {
        exchange->reply(
            problemResponse(ErrorCode::NotFound, QStringLiteral("there are no printers")));
        return;
    }
    const std::optional<QUuid> orderId = orderIdOf(exchange);
    if (!orderId)
        return;
    desk->print({*orderId, *printer}, [exchange](const Result<ReceiptQueued> &queued) {
        if (!queued) {
            exchange->reply(problemResponse(queued.error()));
            return;
        }
        const QJsonObject json{
            {L1("job"), queued->job}, {L1("printer"), queued->printer}, {L1("copy"), queued->copy}};
        exchange->reply(jsonResponse(canonicalJson(json), 202));
    });
}

void getPrinters(Services &services, const ExchangePtr &exchange)
{
    QJsonArray printers;
    if (const PrintDesk *desk = services.backend.printDesk()) {
        for (const PrinterStatus &printer : desk->printers())
            printers.append(printerJson(printer));
    }
    exchange->reply(jsonResponse(canonicalJson(QJsonObject{{L1("printers"), printers}})));
}

} // namespace cf::hub
