// SPDX-License-Identifier: Apache-2.0
// The one place that spells the keys of a kitchen's settings.
#include "shared/base/limits.h"
#include "shared/kitchen/kitchen_settings.h"
#include "shared/order/fields.h"

#include <QSet>

namespace cf {

using L1 = QLatin1StringView;

namespace {

// Reads the settings strictly and collects what is wrong with them.
class Reader
{
public:
    explicit Reader(const QJsonObject &json) : m_top(json, QString(), m_errors) { }

    Result<KitchenSettings> read()
    {
        forEachObject(m_top, L1("stations"), limits::stationsMax,
                      [this](const Fields &fields) { readStation(fields); });
        readRouting(part(m_top, L1("routing")));
        readAges(m_top.pointer(L1("ages")), m_top.object(L1("ages")));
        forEachObject(m_top, L1("displays"), limits::displaysKnownMax,
                      [this](const Fields &fields) { readDisplay(fields); });
        m_settings.expoWaitsForPrep = m_top.boolean(L1("expo_waits_for_prep")).value_or(true);
        m_settings.holdsCourses = m_top.boolean(L1("hold_courses")).value_or(false);
        if (m_errors.empty())
            return m_settings;
        return invalidFields(m_errors);
    }

private:
    Fields part(const Fields &of, L1 key)
    {
        return Fields(of.object(key), of.pointer(key), m_errors);
    }

    template<typename Read>
    void forEachObject(const Fields &of, L1 key, int max, Read readOne)
    {
        const QJsonArray entries = of.array(key, 0, max);
        for (qsizetype i = 0; i < entries.size(); ++i) {
            const QString at = QStringLiteral("%1/%2").arg(of.pointer(key)).arg(i);
            if (entries.at(i).isObject())
                readOne(Fields(entries.at(i).toObject(), at, m_errors));
            else
                of.fail(at, QStringLiteral("must be an object"));
        }
    }

    void readStation(const Fields &fields)
    {
        Station station;
        station.id = fields.required(L1("id"), limits::nameLengthMax);
        station.name = fields.text(L1("name"), limits::nameLengthMax);
        if (station.name.isEmpty())
            station.name = station.id;
        station.asksForAllergens = fields.boolean(L1("acknowledge_allergens")).value_or(false);
        station.alarmAfter = seconds(fields, L1("alarm_after_s")).value_or(station.alarmAfter);
        if (m_settings.station(station.id))
            fields.fail(L1("id"), QStringLiteral("is used twice"));
        m_settings.stations.push_back(std::move(station));
    }

    void readRouting(const Fields &fields)
    {
        m_settings.routing.bySku = readTargets(fields, L1("sku"));
        m_settings.routing.byCategory = readTargets(fields, L1("category"));
        const QHash<QString, QString> byType = readTargets(fields, L1("service_type"));
        for (auto it = byType.begin(); it != byType.end(); ++it) {
            if (const auto type = serviceType(fields.pointer(L1("service_type")), it.key()))
                m_settings.routing.byServiceType[*type] = it.value();
        }
    }

    // "what": "station id"
    QHash<QString, QString> readTargets(const Fields &of, L1 key)
    {
        QHash<QString, QString> targets;
        const QJsonObject json = of.object(key);
        if (json.size() > limits::routingRulesMax) {
            of.fail(key,
                    QStringLiteral("must have at most %1 entries").arg(limits::routingRulesMax));
            return targets;
        }
        for (auto it = json.begin(); it != json.end(); ++it) {
            const QString at = memberPointer(of.pointer(key), it.key());
            if (it.key().size() > limits::nameLengthMax)
                of.fail(at, QStringLiteral("has a name that is too long"));
            checkStation(at, it.value().toString());
            targets.insert(it.key(), it.value().toString());
        }
        return targets;
    }

    void readAges(const QString &pointer, const QJsonObject &json)
    {
        for (auto it = json.begin(); it != json.end(); ++it) {
            const std::optional<ServiceType> type = serviceType(pointer, it.key());
            if (!type)
                continue;
            if (!it.value().isObject())
                m_top.fail(memberPointer(pointer, it.key()), QStringLiteral("must be an object"));
            const Fields entry(it.value().toObject(), memberPointer(pointer, it.key()), m_errors);
            AgeLimits ages = m_settings.ageLimits(type);
            ages.warning = seconds(entry, L1("warning_s")).value_or(ages.warning);
            ages.late = seconds(entry, L1("late_s")).value_or(ages.late);
            if (ages.late <= ages.warning)
                entry.fail(L1("late_s"), QStringLiteral("must be more than warning_s"));
            m_settings.ages[*type] = ages;
        }
    }

    void readDisplay(const Fields &fields)
    {
        DisplaySettings display;
        display.name = fields.required(L1("name"), limits::deviceNameLengthMax);
        const QString role = fields.text(L1("role"), limits::nameLengthMax);
        const auto known = displayRoleFromName(role);
        if (!role.isEmpty() && !known)
            fields.fail(L1("role"), QStringLiteral("must be prep, expo or runner"));
        display.role = known.value_or(DisplayRole::Prep);
        display.stations =
            fields.labels(L1("stations"), 0, limits::stationsMax, limits::nameLengthMax);
        for (qsizetype i = 0; i < display.stations.size(); ++i) {
            checkStation(QStringLiteral("%1/%2").arg(fields.pointer(L1("stations"))).arg(i),
                         display.stations.at(i));
        }
        if (m_names.contains(display.name))
            fields.fail(L1("name"), QStringLiteral("is used twice"));
        m_names.insert(display.name);
        m_settings.displays.push_back(std::move(display));
    }

    void checkStation(const QString &at, const QString &id)
    {
        if (!m_settings.station(id))
            m_top.fail(at, QStringLiteral("must be the id of a station"));
    }

    std::optional<ServiceType> serviceType(const QString &pointer, const QString &name)
    {
        const std::optional<ServiceType> type = serviceTypeFromName(name);
        if (!type)
            m_top.fail(memberPointer(pointer, name), QStringLiteral("is not a service type"));
        return type;
    }

    static std::optional<std::chrono::seconds> seconds(const Fields &fields, L1 key)
    {
        const auto value = fields.integer(key, 1, limits::settingSecondsMax);
        return value ? std::optional(std::chrono::seconds(*value)) : std::nullopt;
    }

    // RFC 6901
    static QString memberPointer(const QString &of, QString name)
    {
        name.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
        return of + QLatin1Char('/') + name.left(limits::nameLengthMax);
    }

    std::vector<FieldError> m_errors;
    Fields m_top;
    KitchenSettings m_settings;
    QSet<QString> m_names;
};

QJsonObject targetsToJson(const QHash<QString, QString> &targets)
{
    QJsonObject json;
    for (auto it = targets.begin(); it != targets.end(); ++it)
        json.insert(it.key(), it.value());
    return json;
}

QJsonObject routingToJson(const RoutingRules &routing)
{
    QJsonObject byType;
    for (const auto &[type, station] : routing.byServiceType)
        byType.insert(serviceTypeName(type), station);
    return {{L1("sku"), targetsToJson(routing.bySku)},
            {L1("category"), targetsToJson(routing.byCategory)},
            {L1("service_type"), byType}};
}

} // namespace

Result<KitchenSettings> settingsFromJson(const QJsonObject &json)
{
    return Reader(json).read();
}

QJsonObject settingsToJson(const KitchenSettings &settings)
{
    QJsonArray stations;
    for (const Station &station : settings.stations) {
        stations.append(
            QJsonObject{{L1("id"), station.id},
                        {L1("name"), station.name},
                        {L1("acknowledge_allergens"), station.asksForAllergens},
                        {L1("alarm_after_s"), static_cast<qint64>(station.alarmAfter.count())}});
    }
    QJsonObject ages;
    for (const auto &[type, limits] : settings.ages) {
        ages.insert(serviceTypeName(type),
                    QJsonObject{{L1("warning_s"), static_cast<qint64>(limits.warning.count())},
                                {L1("late_s"), static_cast<qint64>(limits.late.count())}});
    }
    QJsonArray displays;
    for (const DisplaySettings &display : settings.displays) {
        displays.append(
            QJsonObject{{L1("name"), display.name},
                        {L1("role"), displayRoleName(display.role)},
                        {L1("stations"), QJsonArray::fromStringList(display.stations)}});
    }
    return {{L1("v"), 1},
            {L1("stations"), stations},
            {L1("routing"), routingToJson(settings.routing)},
            {L1("ages"), ages},
            {L1("displays"), displays},
            {L1("expo_waits_for_prep"), settings.expoWaitsForPrep},
            {L1("hold_courses"), settings.holdsCourses}};
}

} // namespace cf
