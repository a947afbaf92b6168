// SPDX-License-Identifier: Apache-2.0
#include "hub/net/tracker_page.h"

#include "hub/net/embedded_files.h"
#include "hub/net/pages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <ctime>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

QByteArray clockTime(Timestamp at)
{
    const std::time_t time =
        std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
    std::tm local{};
    localtime_r(&time, &local);
    return QByteArray::number(local.tm_hour).rightJustified(2, '0') + ':'
           + QByteArray::number(local.tm_min).rightJustified(2, '0');
}

void addTime(TemplateValues &values, const QByteArray &name, const QString &text)
{
    const std::optional<Timestamp> at = parseTimestamp(text);
    values.emplace_back(name + "_at", at ? formatTimestamp(*at) : QByteArray());
    values.emplace_back(name + "_time", at ? clockTime(*at) : QByteArray());
}

QByteArray itemsHtml(const QJsonArray &items)
{
    QByteArray html;
    for (const QJsonValue &value : items) {
        const QJsonObject item = value.toObject();
        html += item.value(L1("voided")).toBool() ? "<li class=\"void\">" : "<li>";
        html += "<b>" + QByteArray::number(item.value(L1("quantity")).toInt())
                + " \xc3\x97</b> <span>" + escapeHtml(item.value(L1("name")).toString())
                + "</span></li>";
    }
    return html;
}

} // namespace

QByteArray fillTemplate(QByteArrayView text, const TemplateValues &values)
{
    QByteArray out;
    out.reserve(text.size() + 1024);
    while (!text.isEmpty()) {
        const qsizetype open = text.indexOf("{{");
        const qsizetype close = open < 0 ? -1 : text.indexOf("}}", open);
        if (close < 0) {
            out.append(text);
            break;
        }
        out.append(text.first(open));
        const QByteArrayView name = text.sliced(open + 2, close - open - 2);
        const auto value = std::find_if(values.begin(), values.end(),
                                        [&](const auto &v) { return v.first == name; });
        if (value != values.end())
            out.append(value->second);
        text = text.sliced(close + 2);
    }
    return out;
}

QByteArray escapeHtml(const QString &text)
{
    QString escaped = text.toHtmlEscaped();
    return escaped.replace(QLatin1Char('\''), QLatin1StringView("&#39;")).toUtf8();
}

HttpResponse trackerPage(const QByteArray &view, Timestamp now)
{
    const QJsonObject json = QJsonDocument::fromJson(view).object();
    TemplateValues values = {
        {"number", escapeHtml(json.value(L1("number")).toString())},
        {"status", escapeHtml(json.value(L1("status")).toString())},
        {"seq", QByteArray::number(json.value(L1("seq")).toInt())},
        {"items", itemsHtml(json.value(L1("items")).toArray())},
    };
    for (const QJsonValue &value : json.value(L1("steps")).toArray()) {
        const QJsonObject step = value.toObject();
        addTime(values, step.value(L1("name")).toString().toLatin1(),
                step.value(L1("at")).toString());
    }
    addTime(values, "eta", json.value(L1("eta")).toString());
    addTime(values, "now", QString::fromLatin1(formatTimestamp(now)));
    return pageResponse(fillTemplate(embeddedFile("tracker.html"), values), 200);
}

HttpResponse trackerNotFoundPage()
{
    return pageResponse(embeddedFile("not_found.html").toByteArray(), 404);
}

} // namespace cf::hub
