// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/printing/print_kit.h"

#include "hub/log/sqlite_event_reader.h"
#include "hub/settings/restaurant.h"
#include "shared/protocol/canonical_json.h"

#include <QFile>

#include <future>

namespace cf::test {

using namespace hub;
using namespace std::chrono_literals;

namespace {

const QStringList logFiles{"counterfire.db", "counterfire.db-wal"};

PlaceOrder orderOf(const QString &number, bool isPaid)
{
    PlaceOrder place;
    place.request.order.number = number;
    OrderLine line;
    line.item.lineId = "1";
    line.item.name = "Dish " + number;
    line.item.unitPrice = 950;
    place.request.order.lines = {line};
    if (isPaid)
        place.request.payment = Payment{"card", {}, 950};
    place.fingerprint = number.toUtf8();
    return place;
}

} // namespace

PrintKit::PrintKit()
{
    times = {5s, 1500ms, 20ms, 1500ms, 1500ms, 20ms, 50ms, 50ms};
    openLog();
}

PrintKit::~PrintKit()
{
    stopService();
}

void PrintKit::openLog()
{
    Result<Storage> storage = openStorage(m_dir.path(), {}, 1, clock, m_random);
    if (!storage)
        qFatal("%s", qPrintable(storage.error().detail));
    m_storage = std::move(*storage);
    m_orders = std::make_unique<OrderService>(*m_storage.log, clock, m_random);
    if (!m_orders->load())
        qFatal("the log does not load");
}

Answer PrintKit::handle(Request request)
{
    std::vector<Request> requests;
    requests.push_back(std::move(request));
    BatchResult result = m_orders->handle(std::move(requests));
    if (m_service)
        m_service->setHead(head());
    return result.answers.at(0);
}

QUuid PrintKit::pay(const QString &number)
{
    const Answer answer = handle({orderOf(number, true), {}});
    return *parseUuid(parseJsonObject(answer.body)->value("order_id").toString());
}

QUuid PrintKit::placeUnpaid(const QString &number)
{
    const Answer answer = handle({orderOf(number, false), {}});
    return *parseUuid(parseJsonObject(answer.body)->value("order_id").toString());
}

void PrintKit::say(const QString &restaurantName)
{
    Restaurant restaurant;
    restaurant.name = restaurantName;
    handle({ChangeSettings{"restaurant", canonicalJson(restaurantToJson(restaurant)),
                           m_restaurantRev++},
            {}});
}

Cursor PrintKit::head() const
{
    const LogHead head = m_storage.log->head();
    return {head.epoch, head.pos, chainPrefix(head.chain)};
}

PrinterSettings PrintKit::settingsFor(const FakePrinter &printer, const QString &id)
{
    PrinterSettings settings;
    settings.id = id;
    settings.name = id;
    settings.host = "127.0.0.1";
    settings.port = printer.port();
    return settings;
}

void PrintKit::setUp(const std::vector<PrinterSettings> &printers)
{
    m_printers = printers;
    if (!m_service)
        startService();
    else
        m_service->setPrinters({"http://hub", m_printers});
}

void PrintKit::startService()
{
    startUntold();
    tellPrinters();
}

void PrintKit::tellPrinters()
{
    m_service->setPrinters({"http://hub", m_printers});
}

void PrintKit::startUntold()
{
    auto reader = SqliteEventReader::open(m_storage.path);
    PrintParts parts;
    parts.path = path("printers.db");
    parts.reader = std::move(*reader);
    parts.clock = &clock;
    parts.times = times;
    parts.post = [](const std::function<void()> &work) { work(); };
    parts.notice = [this](const PrintNotice &notice) {
        const std::lock_guard lock(m_mutex);
        m_journal.append(QByteArray(notice.event) + ' ' + notice.printer.toUtf8());
    };
    m_service = std::make_unique<PrintService>(std::move(parts));
    m_service->setHead(head());
}

void PrintKit::restart()
{
    stopService();
    startService();
}

void PrintKit::keepCopy()
{
    for (const QString &name : logFiles) {
        QFile::remove(path(name + ".kept"));
        QFile::copy(path(name), path(name + ".kept"));
    }
}

void PrintKit::restoreCopy()
{
    m_orders.reset();
    m_storage = {};
    QFile::remove(path("counterfire.db-shm"));
    for (const QString &name : logFiles) {
        QFile::remove(path(name));
        QFile::copy(path(name + ".kept"), path(name));
    }
    openLog(); // finds itself behind its witness, and begins a new epoch
}

void PrintKit::renewEpoch()
{
    handle({RenewEpoch{"a test"}, {}});
}

void PrintKit::removePrintersFile()
{
    for (const char *end : {"", "-wal", "-shm"})
        QFile::remove(path(QStringLiteral("printers.db") + end));
}

Result<ReceiptQueued> PrintKit::print(const QUuid &orderId, const QString &printer)
{
    std::promise<Result<ReceiptQueued>> promise;
    m_service->print({orderId, printer},
                     [&](const Result<ReceiptQueued> &queued) { promise.set_value(queued); });
    return promise.get_future().get();
}

PrinterStatus PrintKit::status() const
{
    const std::vector<PrinterStatus> all = m_service->printers();
    return all.empty() ? PrinterStatus() : all.front();
}

QByteArrayList PrintKit::journal() const
{
    const std::lock_guard lock(m_mutex);
    return m_journal;
}

QByteArray PrintKit::brief(const FakePrinter &printer) const
{
    const PrinterStatus now = status();
    return "state " + QByteArray(printerStateName(now.state).data()) + ", waiting "
           + QByteArray::number(now.waiting) + ", printed " + QByteArray::number(now.printed)
           + ", prints:\n" + printer.prints().join("\n---\n") + "\nscraps:\n"
           + printer.scraps().join("\n---\n") + "\njournal:\n" + journal().join('\n');
}

} // namespace cf::test
