// SPDX-License-Identifier: Apache-2.0
#include "hub/net/tracker_page.h"

#include "hub/net/embedded_files.h"
#include "hub/net/pages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

QByteArray timeHtml(const GuestPage &page, Timestamp at)
{
    return "<time datetime=\"" + formatTimestamp(at) + "\">" + page.clockTime(at).toLatin1()
           + "</time>";
}

void addTime(TemplateValues &values, const GuestPage &page, const QByteArray &name,
             const QString &text)
{
    if (const std::optional<Timestamp> at = parseTimestamp(text)) {
        values[name + "_at"] = formatTimestamp(*at);
        values[name + "_time"] = page.clockTime(*at).toLatin1();
    }
}

QByteArray modifiersHtml(const QJsonArray &modifiers)
{
    QByteArray html;
    for (const QJsonValue &modifier : modifiers) {
        const int quantity = modifier[L1("quantity")].toInt();
        html += "<small dir=\"auto\">";
        if (quantity > 1)
            html += QByteArray::number(quantity) + " \xc3\x97 ";
        html += escapeHtml(modifier[L1("name")].toString()) + "</small>";
    }
    return html;
}

QByteArray itemsHtml(const GuestPage &page, const QJsonArray &items)
{
    QByteArray html;
    for (const QJsonValue &item : items) {
        const bool isVoided = item[L1("voided")].toBool();
        html += isVoided ? "<li class=\"void\">" : "<li>";
        html += "<b>" + QByteArray::number(item[L1("quantity")].toInt())
                + " \xc3\x97</b> <span><bdi>" + escapeHtml(item[L1("name")].toString()) + "</bdi>"
                + modifiersHtml(item[L1("modifiers")].toArray());
        if (isVoided)
            html += "<em>" + escapeHtml(page.word("voided")) + "</em>";
        else if (item[L1("added")].toBool())
            html += "<em class=\"new\">" + escapeHtml(page.word("added")) + "</em>";
        html += "</span></li>";
    }
    return html;
}

// What is shown above the steps for each status; the style sheet chooses among them by the same.
QByteArray headingOf(const QJsonObject &view)
{
    const QString status = view.value(L1("status")).toString();
    if (status == L1("placed"))
        return "created";
    if (status == L1("paid") || status == L1("accepted"))
        return "received";
    if (status == L1("in_kitchen"))
        return view.value(L1("again")).toBool() ? "again" : "cooking";
    return status.toLatin1();
}

QString etaText(const GuestPage &page, const QJsonObject &view, Timestamp now)
{
    if (view.value(L1("overdue")).toBool())
        return page.word("eta_late");
    const std::optional<Timestamp> from = parseTimestamp(view.value(L1("eta_from")).toString());
    const std::optional<Timestamp> to = parseTimestamp(view.value(L1("eta_to")).toString());
    if (!from || !to)
        return {};
    const QString early = page.clockTime(*from);
    const QString late = page.clockTime(*to);
    const char *sentence = *from <= now ? "eta_by" : early == late ? "eta_about" : "eta_range";
    return filled(filled(page.word(sentence), "from", early), "to", late);
}

QByteArray readyTell(const GuestPage &page, const QJsonObject &view)
{
    const QString type = view.value(L1("service_type")).toString();
    const QString own = page.word("ready_" + type.toLatin1());
    return escapeHtml(own.isEmpty() ? page.word("ready_tell") : own);
}

} // namespace

HttpResponse trackerPage(const GuestPage &page, const QByteArray &view, Timestamp now)
{
    const QJsonObject json = QJsonDocument::fromJson(view).object();
    TemplateValues values = page.values();
    const bool isLate = json.value(L1("overdue")).toBool();
    values["number"] = escapeHtml(json.value(L1("number")).toString());
    values["status"] = escapeHtml(json.value(L1("status")).toString());
    values["again"] = json.value(L1("again")).toBool() ? "true" : "false";
    values["seq"] = QByteArray::number(json.value(L1("seq")).toInt());
    values["say"] = escapeHtml(page.word(headingOf(json)));
    values["ready_tell"] = readyTell(page, json);
    values["items"] = itemsHtml(page, json.value(L1("items")).toArray());
    values["eta"] = escapeHtml(etaText(page, json, now));
    values["eta_class"] = isLate ? "late" : "";
    values["as_of"] = escapeHtml(page.word("as_of")).replace("{time}", timeHtml(page, now));
    for (const QJsonValue &step : json.value(L1("steps")).toArray())
        addTime(values, page, step[L1("name")].toString().toLatin1(), step[L1("at")].toString());
    return pageResponse(fillTemplate(embeddedFile("tracker.html"), values), 200);
}

HttpResponse trackerNotFoundPage(const GuestPage &page)
{
    return pageResponse(fillTemplate(embeddedFile("not_found.html"), page.values()), 404);
}

} // namespace cf::hub
