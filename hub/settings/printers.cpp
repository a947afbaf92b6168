// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/printers.h"

#include "shared/base/limits.h"
#include "shared/base/name_table.h"
#include "shared/order/fields.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

const NameTable<CodePage, 7> codePages{
    {L1("raster"), L1("pc437"), L1("pc850"), L1("pc852"), L1("pc858"), L1("pc866"), L1("wpc1252")}};
const NameTable<QrMode, 3> qrModes{{L1("off"), L1("native"), L1("raster")}};

// Letters of one kind only: it stands in addresses, metrics and log lines.
bool isPlainName(const QString &text)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_-]{1,64}$"));
    return plain.match(text).hasMatch();
}

bool isHost(const QString &text)
{
    static const QRegularExpression host(QStringLiteral("^[A-Za-z0-9._:-]{1,253}$"));
    return host.match(text).hasMatch();
}

QString readPublicUrl(const Fields &fields)
{
    QString text = fields.text(L1("public_url"), limits::publicUrlLengthMax);
    while (text.endsWith(QLatin1Char('/')))
        text.chop(1);
    if (text.isEmpty())
        return {};
    static const QRegularExpression plain(QStringLiteral("^https?://[A-Za-z0-9._:/\\[\\]-]+$"));
    const QUrl url(text, QUrl::StrictMode);
    if (!plain.match(text).hasMatch() || !url.isValid() || url.host().isEmpty()) {
        fields.fail(L1("public_url"),
                    QStringLiteral("must be an address such as http://192.168.1.10:7300"));
        return {};
    }
    return text;
}

template<typename Enum, size_t N>
Enum readName(const Fields &fields, L1 key, const NameTable<Enum, N> &names, Enum otherwise)
{
    const QString text = fields.text(key, limits::keyLengthMax);
    if (text.isEmpty())
        return otherwise;
    const std::optional<Enum> value = names.valueOf(text);
    if (!value) {
        QStringList known;
        for (const L1 name : names.names)
            known.append(name);
        fields.fail(key, QStringLiteral("must be one of %1").arg(known.join(L1(", "))));
    }
    return value.value_or(otherwise);
}

PaperOptions readPaper(const Fields &fields)
{
    PaperOptions paper;
    if (fields.has(L1("columns"))) {
        const auto columns = fields.integer(L1("columns"), 32, 48).value_or(paper.columns);
        if (!isPaperColumns(columns))
            fields.fail(L1("columns"), QStringLiteral("must be 32, 42 or 48"));
        paper.columns = static_cast<int>(columns);
    }
    paper.codePage = readName(fields, L1("code_page"), codePages, paper.codePage);
    paper.qr = readName(fields, L1("qr"), qrModes, paper.qr);
    paper.cut = fields.boolean(L1("cut")).value_or(true);
    return paper;
}

PrinterSettings readPrinter(const Fields &fields)
{
    PrinterSettings printer;
    printer.id = fields.required(L1("id"), limits::keyLengthMax);
    if (!printer.id.isEmpty() && !isPlainName(printer.id))
        fields.fail(L1("id"), QStringLiteral("must be 1 to 64 letters, digits, '-' or '_'"));
    printer.name = fields.text(L1("name"), limits::nameLengthMax);
    if (printer.name.isEmpty())
        printer.name = printer.id;
    printer.host = fields.required(L1("host"), limits::keyLengthMax);
    if (!printer.host.isEmpty() && !isHost(printer.host))
        fields.fail(L1("host"), QStringLiteral("must be an address or a host's name"));
    printer.port = static_cast<quint16>(fields.integer(L1("port"), 1, 65535).value_or(9100));
    printer.paper = readPaper(fields);
    printer.receipts = fields.boolean(L1("receipts")).value_or(true);
    printer.stations = fields.labels(L1("stations"), 0, limits::stationsMax, limits::nameLengthMax);
    printer.answersStatus = fields.boolean(L1("status")).value_or(true);
    return printer;
}

QJsonObject printerToJson(const PrinterSettings &printer)
{
    return {{L1("id"), printer.id},
            {L1("name"), printer.name},
            {L1("host"), printer.host},
            {L1("port"), printer.port},
            {L1("columns"), printer.paper.columns},
            {L1("code_page"), QString(codePageName(printer.paper.codePage))},
            {L1("qr"), QString(qrModeName(printer.paper.qr))},
            {L1("cut"), printer.paper.cut},
            {L1("receipts"), printer.receipts},
            {L1("stations"), QJsonArray::fromStringList(printer.stations)},
            {L1("status"), printer.answersStatus}};
}

} // namespace

QLatin1StringView codePageName(CodePage page)
{
    return codePages.nameOf(page);
}

std::optional<CodePage> codePageFromName(QStringView name)
{
    return codePages.valueOf(name);
}

QLatin1StringView qrModeName(QrMode mode)
{
    return qrModes.nameOf(mode);
}

std::optional<QrMode> qrModeFromName(QStringView name)
{
    return qrModes.valueOf(name);
}

bool isPaperColumns(qint64 columns)
{
    return std::find(std::begin(paperColumns), std::end(paperColumns), columns)
           != std::end(paperColumns);
}

const PrinterSettings *Printers::printer(QStringView id) const
{
    const auto it = std::find_if(printers.begin(), printers.end(),
                                 [&](const PrinterSettings &one) { return one.id == id; });
    return it != printers.end() ? &*it : nullptr;
}

Result<Printers> printersFromJson(const QJsonObject &json)
{
    std::vector<FieldError> errors;
    const Fields fields(json, QString(), errors);
    Printers read;
    read.publicUrl = readPublicUrl(fields);
    const QJsonArray entries = fields.array(L1("printers"), 0, limits::printersMax);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QString at = QStringLiteral("/printers/%1").arg(i);
        if (!entries.at(i).isObject()) {
            fields.fail(at, QStringLiteral("must be an object"));
            continue;
        }
        const Fields entry(entries.at(i).toObject(), at, errors);
        PrinterSettings printer = readPrinter(entry);
        if (read.printer(printer.id))
            entry.fail(L1("id"), QStringLiteral("is used twice"));
        read.printers.push_back(std::move(printer));
    }
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return read;
}

QJsonObject printersToJson(const Printers &printers)
{
    QJsonArray list;
    for (const PrinterSettings &printer : printers.printers)
        list.append(printerToJson(printer));
    return {{L1("v"), 1}, {L1("public_url"), printers.publicUrl}, {L1("printers"), list}};
}

} // namespace cf::hub
