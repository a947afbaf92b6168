// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/guest_words.h"
#include "hub/net/http_message.h"
#include "hub/settings/restaurant.h"
#include "hub/stream/order_hub.h"

#include <QTimeZone>

namespace cf::hub {

// Places in a template are {{name}}; what is filled in is escaped by who fills it in. A place
// without a value becomes empty. Values are not looked at again: a customer may be called {{x}}.
using TemplateValues = std::map<QByteArray, QByteArray>;
QByteArray fillTemplate(QByteArrayView text, const TemplateValues &values);
QByteArray escapeHtml(const QString &text);

// What the restaurant says of itself; nothing, where nothing (or nothing readable) was said.
Restaurant restaurantOf(const OrderHub &hub);

// What a page for guests is made with: whose it is, in which language, by which clock.
class GuestPage
{
public:
    // The restaurant's language, unless `?lang=` names another that it speaks.
    static GuestPage forRoom(const Restaurant &restaurant, const HttpRequest &request);
    // Also what the guest's browser asks for.
    static GuestPage forGuest(const Restaurant &restaurant, const HttpRequest &request);

    [[nodiscard]] const Restaurant &restaurant() const { return m_restaurant; }
    [[nodiscard]] QString word(const QByteArray &name) const { return m_words->text(name); }
    // `HH:MM`, by the restaurant's clock.
    [[nodiscard]] QString clockTime(Timestamp at) const;
    // `lang`, `dir`, `place`, `welcome`, `languages`, `zone` and every word as `t.name`, as HTML.
    [[nodiscard]] TemplateValues values() const;

private:
    GuestPage(const Restaurant &restaurant, const HttpRequest &request,
              const QByteArray &acceptLanguage);
    [[nodiscard]] QByteArray languageLinks() const;

    Restaurant m_restaurant;
    QByteArrayList m_spoken;
    QByteArray m_language;
    const GuestWords *m_words;
    QTimeZone m_zone;
};

} // namespace cf::hub
