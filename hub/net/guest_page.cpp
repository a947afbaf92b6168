// SPDX-License-Identifier: Apache-2.0
#include "hub/net/guest_page.h"

#include "shared/protocol/canonical_json.h"

#include <QDateTime>

#include <algorithm>

namespace cf::hub {

namespace {

// Those of the pages that the restaurant offers; its own, when it offers none of them.
QByteArrayList spokenIn(const Restaurant &restaurant)
{
    QByteArrayList spoken;
    for (const QString &language : restaurant.languages) {
        if (GuestWords::languages().contains(language.toLatin1()))
            spoken.append(language.toLatin1());
    }
    return spoken;
}

QByteArray ownLanguage(const Restaurant &restaurant)
{
    const QByteArray own = restaurant.language.toLatin1();
    return GuestWords::languages().contains(own) ? own : QByteArray("en");
}

QByteArray paragraph(const char *name, const QString &text)
{
    if (text.isEmpty())
        return {};
    return QByteArray("<p class=\"") + name + "\" dir=\"auto\">" + escapeHtml(text) + "</p>";
}

} // namespace

QByteArray fillTemplate(QByteArrayView text, const TemplateValues &values)
{
    QByteArray out;
    out.reserve(text.size() + 4096);
    while (!text.isEmpty()) {
        const qsizetype open = text.indexOf("{{");
        const qsizetype close = open < 0 ? -1 : text.indexOf("}}", open);
        if (close < 0) {
            out.append(text);
            break;
        }
        out.append(text.first(open));
        const auto value = values.find(text.sliced(open + 2, close - open - 2).toByteArray());
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

Restaurant restaurantOf(const OrderHub &hub)
{
    const Result<QJsonObject> json = parseJsonObject(hub.document("restaurant").body);
    const Result<Restaurant> read = json ? restaurantFromJson(*json) : json.error();
    return read ? *read : Restaurant();
}

GuestPage::GuestPage(const Restaurant &restaurant, const HttpRequest &request,
                     const QByteArray &acceptLanguage)
    : m_restaurant(restaurant), m_spoken(spokenIn(restaurant)),
      m_language(languageFor(request.parameter("lang").value_or(QByteArray()), acceptLanguage,
                             m_spoken, ownLanguage(restaurant))),
      m_words(&GuestWords::in(m_language)), m_zone(restaurant.timeZone.toLatin1())
{
    if (!m_zone.isValid())
        m_zone = QTimeZone::systemTimeZone();
}

GuestPage GuestPage::forRoom(const Restaurant &restaurant, const HttpRequest &request)
{
    return {restaurant, request, {}};
}

GuestPage GuestPage::forGuest(const Restaurant &restaurant, const HttpRequest &request)
{
    return {restaurant, request, request.header("accept-language")};
}

QString GuestPage::clockTime(Timestamp at) const
{
    const QDateTime utc =
        QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), QTimeZone::utc());
    return utc.toTimeZone(m_zone).toString(QStringLiteral("HH:mm"));
}

TemplateValues GuestPage::values() const
{
    TemplateValues values = {{"lang", m_language},
                             {"dir", word("dir").toLatin1()},
                             {"place", paragraph("place", m_restaurant.name)},
                             {"welcome", paragraph("welcome", m_restaurant.welcome)},
                             {"languages", languageLinks()},
                             {"zone", escapeHtml(m_restaurant.timeZone)}};
    for (const auto &[name, text] : m_words->all())
        values.emplace("t." + name, escapeHtml(text));
    return values;
}

// Links, so that they work without a script; none for a restaurant of one language.
QByteArray GuestPage::languageLinks() const
{
    if (m_spoken.size() < 2)
        return {};
    QByteArray html =
        "<nav aria-label=\"" + escapeHtml(word("languages")) + "\"><ul class=\"languages\">";
    for (const QByteArray &language : m_spoken) {
        html += "<li><a href=\"?lang=" + language + "\" lang=\"" + language + "\" hreflang=\""
                + language + '"';
        if (language == m_language)
            html += " aria-current=\"true\"";
        html += '>' + escapeHtml(GuestWords::in(language).text("language")) + "</a></li>";
    }
    return html + "</ul></nav>";
}

} // namespace cf::hub
