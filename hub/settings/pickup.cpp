// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/pickup.h"

#include "shared/base/limits.h"
#include "shared/order/fields.h"

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

constexpr int serviceTypesMax = 5; // there are

void readShow(const Fields &fields, PickupSettings &settings)
{
    const QString show = fields.text(L1("show"), limits::keyLengthMax);
    if (show == L1("names"))
        settings.showsNames = true;
    else if (!show.isEmpty() && show != L1("numbers"))
        fields.fail(L1("show"), QStringLiteral("must be numbers or names"));
}

void readServiceTypes(const Fields &fields, PickupSettings &settings)
{
    if (!fields.has(L1("service_types")))
        return;
    settings.serviceTypes.clear();
    const QStringList names =
        fields.labels(L1("service_types"), 0, serviceTypesMax, limits::keyLengthMax);
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (const std::optional<ServiceType> type = serviceTypeFromName(names[i]))
            settings.serviceTypes.insert(*type);
        else
            fields.fail(fields.pointer(L1("service_types")) + u'/' + QString::number(i),
                        QStringLiteral("is not a service type"));
    }
}

} // namespace

Result<PickupSettings> pickupFromJson(const QJsonObject &json)
{
    std::vector<FieldError> errors;
    const Fields fields(json, QString(), errors);
    PickupSettings settings;
    readShow(fields, settings);
    readServiceTypes(fields, settings);
    if (const auto minutes = fields.integer(L1("ready_minutes"), 1, limits::pickupReadyMinutesMax))
        settings.readyFor = std::chrono::minutes(*minutes);
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return settings;
}

QJsonObject pickupToJson(const PickupSettings &settings)
{
    QJsonArray types;
    for (const ServiceType type : settings.serviceTypes)
        types.append(serviceTypeName(type));
    return {{L1("v"), 1},
            {L1("show"), settings.showsNames ? L1("names") : L1("numbers")},
            {L1("service_types"), types},
            {L1("ready_minutes"), static_cast<qint64>(settings.readyFor.count())}};
}

} // namespace cf::hub
