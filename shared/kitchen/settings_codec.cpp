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
        m_settings.combinesLines = m_top.boolean(L1("combine_lines")).value_or(true);
        m_settings.staggersPrep = m_top.boolean(L1("stagger_prep")).value_or(false);
        const Fields times = part(m_top, L1("prep_times"));
        m_settings.prepTimes.bySku = readTimes(times, L1("sku"));
        m_settings.prepTimes.byCategory = readTimes(times, L1("category"));
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
        forEachRule(of, key, [&](const QString &at, const QString &what, const QJsonValue &value) {
            checkStation(at, value.toString());
            targets.insert(what, value.toString());
        });
        return targets;
    }

    // "what": seconds
    QHash<QString, std::chrono::seconds> readTimes(const Fields &of, L1 key)
    {
        QHash<QString, std::chrono::seconds> times;
        forEachRule(of, key, [&](const QString &at, const QString &what, const QJsonValue &value) {
            const qint64 time = value.toInteger(-1);
            if (time < 0 || time > limits::settingSecondsMax) {
                of.fail(at, QStringLiteral("must be an integer from 0 to %1")
                                .arg(limits::settingSecondsMax));
            }
            times.insert(what, std::chrono::seconds(time));
        });
        return times;
    }

    template<typename Read>
    void forEachRule(const Fields &of, L1 key, Read readOne)
    {
        const QJsonObject json = of.object(key);
        if (json.size() > limits::routingRulesMax) {
            of.fail(key,
                    QStringLiteral("must have at most %1 entries").arg(limits::routingRulesMax));
            return;
        }
        for (auto it = json.begin(); it != json.end(); ++it) {
            const QString at = memberPointer(of.pointer(key), it.key());
            if (it.key().size() > limits::nameLengthMax)
                of.fail(at, QStringLiteral("has a name that is too long"));
            readOne(at, it.key(), it.value());
        }
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
        display.role = named(fields, L1("role"), displayRoleFromName, DisplayRole::Prep,
                             L1("prep, expo or runner"));
        display.look = readLook(fields);
        display.sounds.volumePercent =
            number(fields, L1("volume_percent"), 0, 100, display.sounds.volumePercent);
        display.sounds.repeats = fields.boolean(L1("repeat_sounds")).value_or(true);
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

    static DisplayLook readLook(const Fields &fields)
    {
        DisplayLook look;
        look.layout =
            named(fields, L1("layout"), boardLayoutFromName, look.layout, L1("flow or grid"));
        look.columns = number(fields, L1("columns"), 0, limits::boardColumnsMax, look.columns);
        look.rows = number(fields, L1("rows"), 1, limits::boardRowsMax, look.rows);
        look.theme = named(fields, L1("theme"), displayThemeFromName, look.theme,
                           L1("dark, light or contrast"));
        look.textPercent = number(fields, L1("text_percent"), limits::textPercentMin,
                                  limits::textPercentMax, look.textPercent);
        look.language = fields.text(L1("language"), limits::nameLengthMax);
        if (!look.language.isEmpty() && !displayLanguages().contains(look.language)) {
            fields.fail(L1("language"), QStringLiteral("must be one of %1")
                                            .arg(displayLanguages().join(QStringLiteral(", "))));
        }
        return look;
    }

    template<typename Enum>
    static Enum named(const Fields &fields, L1 key, std::optional<Enum> (*fromName)(QStringView),
                      Enum otherwise, L1 allowed)
    {
        const QString name = fields.text(key, limits::nameLengthMax);
        const std::optional<Enum> known = fromName(name);
        if (!name.isEmpty() && !known)
            fields.fail(key, QStringLiteral("must be %1").arg(allowed));
        return known.value_or(otherwise);
    }

    static int number(const Fields &fields, L1 key, int min, int max, int otherwise)
    {
        return static_cast<int>(fields.integer(key, min, max).value_or(otherwise));
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

QJsonObject timesToJson(const QHash<QString, std::chrono::seconds> &times)
{
    QJsonObject json;
    for (auto it = times.begin(); it != times.end(); ++it)
        json.insert(it.key(), static_cast<qint64>(it.value().count()));
    return json;
}

QJsonObject displayToJson(const DisplaySettings &display)
{
    const DisplayLook &look = display.look;
    return {{L1("name"), display.name},
            {L1("role"), displayRoleName(display.role)},
            {L1("stations"), QJsonArray::fromStringList(display.stations)},
            {L1("layout"), boardLayoutName(look.layout)},
            {L1("columns"), look.columns},
            {L1("rows"), look.rows},
            {L1("theme"), displayThemeName(look.theme)},
            {L1("text_percent"), look.textPercent},
            {L1("language"), look.language},
            {L1("volume_percent"), display.sounds.volumePercent},
            {L1("repeat_sounds"), display.sounds.repeats}};
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
        displays.append(displayToJson(display));
    }
    return {{L1("v"), 1},
            {L1("stations"), stations},
            {L1("routing"), routingToJson(settings.routing)},
            {L1("ages"), ages},
            {L1("displays"), displays},
            {L1("expo_waits_for_prep"), settings.expoWaitsForPrep},
            {L1("hold_courses"), settings.holdsCourses},
            {L1("combine_lines"), settings.combinesLines},
            {L1("stagger_prep"), settings.staggersPrep},
            {L1("prep_times"),
             QJsonObject{{L1("sku"), timesToJson(settings.prepTimes.bySku)},
                         {L1("category"), timesToJson(settings.prepTimes.byCategory)}}}};
}

} // namespace cf
