// SPDX-License-Identifier: Apache-2.0
#include "hub/health/log_outline.h"

#include "shared/base/ids.h"
#include "shared/protocol/canonical_json.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

// Fields of log lines whose values are numbers of the hub's own.
constexpr std::array numericFields = {"pos",    "status",      "bytes",      "ms",
                                      "signal", "open_orders", "free_bytes", "count"};

bool isNumber(const QString &text)
{
    return !text.isEmpty() && text.size() <= 20
           && std::all_of(text.begin(), text.end(), [](QChar c) {
                  return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('.');
              });
}

bool isTold(const QByteArray &name, const QString &value)
{
    return isNumber(value)
           && std::any_of(numericFields.begin(), numericFields.end(),
                          [&](const char *known) { return name == known; });
}

QJsonObject fieldsOf(const LoggedLine &line, ReportView view)
{
    QJsonObject fields;
    for (const auto &[name, value] : line.fields) {
        if (view == ReportView::Whole || isTold(name, value))
            fields.insert(QString::fromLatin1(name), value);
    }
    return fields;
}

QJsonObject displayOutline(const DisplaySettings &display)
{
    return {{L1("role"), displayRoleName(display.role)},
            {L1("stations"), display.stations.size()},
            {L1("layout"), boardLayoutName(display.look.layout)},
            {L1("columns"), display.look.columns},
            {L1("rows"), display.look.rows},
            {L1("theme"), displayThemeName(display.look.theme)},
            {L1("text_percent"), display.look.textPercent},
            {L1("language"), displayLanguages().contains(display.look.language)
                                 ? display.look.language
                                 : QString()},
            {L1("volume_percent"), display.sounds.volumePercent},
            {L1("repeat_sounds"), display.sounds.repeats}};
}

} // namespace

QJsonArray linesToJson(const std::vector<LoggedLine> &lines, ReportView view)
{
    QJsonArray list;
    for (const LoggedLine &line : lines) {
        list.append(QJsonObject{{L1("at"), QString::fromLatin1(formatTimestamp(line.at))},
                                {L1("level"), QString::fromLatin1(line.level)},
                                {L1("event"), QString::fromLatin1(line.event)},
                                {L1("fields"), fieldsOf(line, view)}});
    }
    return list;
}

QJsonObject eventOutline(const OrderEvent &event)
{
    qsizetype lines = 0;
    for (const char *key : {"items", "lines"})
        lines += event.payload.value(L1(key)).toArray().size();
    return {{L1("pos"), event.pos},
            {L1("at"), QString::fromLatin1(formatTimestamp(event.at))},
            {L1("order_id"), QString::fromLatin1(uuidText(event.orderId))},
            {L1("seq"), event.seq},
            {L1("type"), eventTypeName(event.type)}, // not the name of one that is not known
            {L1("v"), event.v},
            {L1("actor"), actorKindName(event.actor.kind)},
            {L1("lines"), static_cast<qint64>(lines)},
            {L1("payload_bytes"), canonicalJson(event.payload).size()}};
}

QJsonObject settingsOutline(const KitchenSettings &settings, qint64 rev)
{
    QJsonArray displays;
    for (const DisplaySettings &display : settings.displays)
        displays.append(displayOutline(display));
    const auto count = [](const auto &map) { return static_cast<qint64>(map.size()); };
    return {{L1("rev"), rev},
            {L1("stations"), count(settings.stations)},
            {L1("rules"), QJsonObject{{L1("sku"), count(settings.routing.bySku)},
                                      {L1("category"), count(settings.routing.byCategory)},
                                      {L1("service_type"), count(settings.routing.byServiceType)}}},
            {L1("prep_times"), QJsonObject{{L1("sku"), count(settings.prepTimes.bySku)},
                                           {L1("category"), count(settings.prepTimes.byCategory)}}},
            {L1("displays"), displays},
            {L1("expo_waits_for_prep"), settings.expoWaitsForPrep},
            {L1("hold_courses"), settings.holdsCourses},
            {L1("combine_lines"), settings.combinesLines},
            {L1("stagger_prep"), settings.staggersPrep}};
}

} // namespace cf::hub
