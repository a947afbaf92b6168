// SPDX-License-Identifier: Apache-2.0
#include "shared/kitchen/kitchen_settings.h"

#include "shared/base/name_table.h"
#include "shared/kitchen/station_alarm.h"

#include <algorithm>

namespace cf {

using namespace std::chrono_literals;

namespace {

using Name = QLatin1StringView;
constexpr NameTable<DisplayRole, 3> displayRoleNames{{Name("prep"), Name("expo"), Name("runner")}};
constexpr NameTable<BoardLayout, 2> boardLayoutNames{{Name("flow"), Name("grid")}};
constexpr NameTable<DisplayTheme, 3> displayThemeNames{
    {Name("dark"), Name("light"), Name("contrast")}};
constexpr NameTable<AlarmReason, 2> alarmReasonNames{{Name("off"), Name("behind")}};

constexpr AgeLimits tableAges{10 * 60s, 15 * 60s};

template<typename List, typename Key>
auto findBy(const List &list, Key key, QStringView value)
{
    return std::find_if(list.begin(), list.end(),
                        [&](const auto &entry) { return entry.*key == value; });
}

} // namespace

QLatin1StringView displayRoleName(DisplayRole role)
{
    return displayRoleNames.nameOf(role);
}

std::optional<DisplayRole> displayRoleFromName(QStringView name)
{
    return displayRoleNames.valueOf(name);
}

QLatin1StringView boardLayoutName(BoardLayout layout)
{
    return boardLayoutNames.nameOf(layout);
}

std::optional<BoardLayout> boardLayoutFromName(QStringView name)
{
    return boardLayoutNames.valueOf(name);
}

QLatin1StringView displayThemeName(DisplayTheme theme)
{
    return displayThemeNames.nameOf(theme);
}

std::optional<DisplayTheme> displayThemeFromName(QStringView name)
{
    return displayThemeNames.valueOf(name);
}

QStringList displayLanguages()
{
    return {QStringLiteral("en"), QStringLiteral("es"), QStringLiteral("zh"), QStringLiteral("ar")};
}

QLatin1StringView alarmReasonName(AlarmReason reason)
{
    return alarmReasonNames.nameOf(reason);
}

std::optional<AlarmReason> alarmReasonFromName(QStringView name)
{
    return alarmReasonNames.valueOf(name);
}

const Station *KitchenSettings::station(QStringView id) const
{
    const auto it = findBy(stations, &Station::id, id);
    return it == stations.end() ? nullptr : &*it;
}

DisplaySettings KitchenSettings::display(const QString &name) const
{
    const auto it = findBy(displays, &DisplaySettings::name, name);
    return it == displays.end() ? DisplaySettings{name, DisplayRole::Prep, {}} : *it;
}

std::chrono::seconds KitchenSettings::prepTime(const QString &sku, const QString &category) const
{
    const auto time = prepTimes.bySku.constFind(sku);
    return time != prepTimes.bySku.constEnd() ? *time : prepTimes.byCategory.value(category);
}

AgeLimits KitchenSettings::ageLimits(std::optional<ServiceType> type) const
{
    if (!type)
        return {};
    const auto it = ages.find(*type);
    if (it != ages.end())
        return it->second;
    return *type == ServiceType::DineIn ? tableAges : AgeLimits();
}

} // namespace cf
