// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/restaurant.h"

#include "shared/base/limits.h"
#include "shared/kitchen/kitchen_settings.h"
#include "shared/order/fields.h"

#include <QRegularExpression>
#include <QTimeZone>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

// A member that must look like `pattern` where it is there; else what `value` already is.
void readPattern(const Fields &fields, L1 key, const QRegularExpression &pattern,
                 const QString &wanted, QString &value)
{
    const QString text = fields.text(key, limits::keyLengthMax);
    if (text.isEmpty())
        return;
    if (pattern.match(text).hasMatch())
        value = text;
    else
        fields.fail(key, wanted);
}

void readLanguages(const Fields &fields, Restaurant &restaurant)
{
    const QStringList spoken = displayLanguages();
    const QString wanted =
        QStringLiteral("must be one of %1").arg(spoken.join(QLatin1String(", ")));
    if (fields.has(L1("languages"))) {
        restaurant.languages = fields.labels(L1("languages"), 1, static_cast<int>(spoken.size()),
                                             limits::keyLengthMax);
        for (qsizetype i = 0; i < restaurant.languages.size(); ++i) {
            if (!spoken.contains(restaurant.languages[i]))
                fields.fail(fields.pointer(L1("languages")) + u'/' + QString::number(i), wanted);
        }
        restaurant.languages.removeDuplicates();
        if (!restaurant.languages.isEmpty() && !restaurant.languages.contains(restaurant.language))
            restaurant.language = restaurant.languages.front();
    }
    const QString language = fields.text(L1("language"), limits::keyLengthMax);
    if (language.isEmpty())
        return;
    restaurant.language = language;
    if (!restaurant.languages.contains(language))
        fields.fail(L1("language"), QStringLiteral("must be one of its languages"));
}

void readServiceTypes(const Fields &fields, Restaurant &restaurant)
{
    const QStringList all = allServiceTypes();
    const L1 key("service_types");
    if (!fields.has(key))
        return;
    restaurant.serviceTypes =
        fields.labels(key, 1, static_cast<int>(all.size()), limits::keyLengthMax);
    for (qsizetype i = 0; i < restaurant.serviceTypes.size(); ++i) {
        if (!all.contains(restaurant.serviceTypes.at(i)))
            fields.fail(fields.pointer(key) + u'/' + QString::number(i),
                        QStringLiteral("must be one of %1").arg(all.join(QLatin1String(", "))));
    }
    restaurant.serviceTypes.removeDuplicates();
}

} // namespace

QStringList allServiceTypes()
{
    QStringList names;
    for (const ServiceType type :
         {ServiceType::DineIn, ServiceType::Takeaway, ServiceType::Delivery, ServiceType::DriveThru,
          ServiceType::Curbside})
        names.append(serviceTypeName(type));
    return names;
}

Result<Restaurant> restaurantFromJson(const QJsonObject &json)
{
    static const QRegularExpression currency(QStringLiteral("^[A-Z]{3}$"));
    static const QRegularExpression colour(QStringLiteral("^#[0-9a-fA-F]{6}$"));
    std::vector<FieldError> errors;
    const Fields fields(json, QString(), errors);
    Restaurant restaurant;
    restaurant.name = fields.text(L1("name"), limits::nameLengthMax);
    restaurant.address =
        fields.labels(L1("address"), 0, limits::restaurantLinesMax, limits::nameLengthMax);
    restaurant.phone = fields.text(L1("phone"), limits::nameLengthMax);
    restaurant.taxId = fields.text(L1("tax_id"), limits::nameLengthMax);
    readPattern(fields, L1("currency"), currency, QStringLiteral("must be an ISO 4217 code"),
                restaurant.currency);
    readPattern(fields, L1("accent"), colour, QStringLiteral("must be a colour, #rrggbb"),
                restaurant.accent);
    readLanguages(fields, restaurant);
    readServiceTypes(fields, restaurant);
    restaurant.welcome = fields.text(L1("welcome"), limits::noteLengthMax);
    restaurant.receiptFooter =
        fields.labels(L1("receipt_footer"), 0, limits::restaurantLinesMax, limits::nameLengthMax);
    restaurant.timeZone = fields.text(L1("time_zone"), limits::nameLengthMax);
    if (!restaurant.timeZone.isEmpty() && !QTimeZone(restaurant.timeZone.toLatin1()).isValid())
        fields.fail(L1("time_zone"), QStringLiteral("is not a time zone of the IANA's table"));
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return restaurant;
}

QJsonObject restaurantToJson(const Restaurant &restaurant)
{
    return {{L1("v"), 1},
            {L1("name"), restaurant.name},
            {L1("address"), QJsonArray::fromStringList(restaurant.address)},
            {L1("phone"), restaurant.phone},
            {L1("tax_id"), restaurant.taxId},
            {L1("currency"), restaurant.currency},
            {L1("accent"), restaurant.accent},
            {L1("language"), restaurant.language},
            {L1("languages"), QJsonArray::fromStringList(restaurant.languages)},
            {L1("service_types"), QJsonArray::fromStringList(restaurant.serviceTypes)},
            {L1("welcome"), restaurant.welcome},
            {L1("receipt_footer"), QJsonArray::fromStringList(restaurant.receiptFooter)},
            {L1("time_zone"), restaurant.timeZone}};
}

} // namespace cf::hub
