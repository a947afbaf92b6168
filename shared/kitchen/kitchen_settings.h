// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"
#include "shared/order/order_status.h"

#include <QHash>
#include <QJsonObject>
#include <QStringList>

#include <chrono>
#include <map>
#include <vector>

namespace cf {

// What the restaurant has said of its kitchen. Held by the hub, kept by each display for the time
// without it; both read it by the rules here. Nothing said: one kitchen, every display shows all.

enum class DisplayRole : quint8 {
    Prep,   // cooks: what its stations make
    Expo,   // brings the orders together: all of them, whole
    Runner, // takes out what is ready
};
QLatin1StringView displayRoleName(DisplayRole role);
std::optional<DisplayRole> displayRoleFromName(QStringView name);

struct Station {
    QString id;
    QString name;                        // for people
    bool asksForAllergens = false;       // they are to be acknowledged before a bump
    std::chrono::seconds alarmAfter{30}; // nobody has shown a ticket of its for so long
    bool operator==(const Station &) const = default;
};

// Which station makes an item; see Routing for which rule goes first. Values are station ids.
struct RoutingRules {
    QHash<QString, QString> bySku;
    QHash<QString, QString> byCategory;
    std::map<ServiceType, QString> byServiceType;
    bool operator==(const RoutingRules &) const = default;
};

// Ages from which a ticket is pointed out.
struct AgeLimits {
    std::chrono::seconds warning{5 * 60};
    std::chrono::seconds late{8 * 60};
    bool operator==(const AgeLimits &) const = default;
};

// How long an item takes to cook; what is in neither starts at once.
struct PrepTimes {
    QHash<QString, std::chrono::seconds> bySku;
    QHash<QString, std::chrono::seconds> byCategory;
    bool operator==(const PrepTimes &) const = default;
};

enum class BoardLayout : quint8 {
    Flow, // each ticket as tall as what it says
    Grid, // cells of one size; what does not fit goes on in the next
};
QLatin1StringView boardLayoutName(BoardLayout layout);
std::optional<BoardLayout> boardLayoutFromName(QStringView name);

enum class DisplayTheme : quint8 { Dark, Light, Contrast };
QLatin1StringView displayThemeName(DisplayTheme theme);
std::optional<DisplayTheme> displayThemeFromName(QStringView name);

// The languages a display speaks, as in BCP 47.
QStringList displayLanguages();

struct DisplayLook {
    BoardLayout layout = BoardLayout::Flow;
    int columns = 0; // 0: as many as fit
    int rows = 2;    // of a grid
    DisplayTheme theme = DisplayTheme::Dark;
    int textPercent = 100;
    QString language; // empty: the machine's
    bool operator==(const DisplayLook &) const = default;
};

struct DisplaySounds {
    int volumePercent = 70; // 0: silent
    bool repeats = true;    // what asks for something sounds until somebody has done it
    bool operator==(const DisplaySounds &) const = default;
};

struct DisplaySettings {
    QString name; // as the display calls itself
    DisplayRole role = DisplayRole::Prep;
    QStringList stations; // ids, of a prep display; none: all of them
    DisplayLook look = {};
    DisplaySounds sounds = {};
    bool operator==(const DisplaySettings &) const = default;
};

struct KitchenSettings {
    std::vector<Station> stations;
    RoutingRules routing;
    std::map<ServiceType, AgeLimits> ages; // what is not in it: see ageLimits()
    std::vector<DisplaySettings> displays;
    bool expoWaitsForPrep = true; // expo completes what prep has finished, and nothing else
    bool holdsCourses = false;    // from the second on, until they are fired
    bool combinesLines = true;    // that are the same in every respect
    bool staggersPrep = false;    // what takes less time than the rest of its order starts later
    PrepTimes prepTimes;
    bool operator==(const KitchenSettings &) const = default;

    [[nodiscard]] const Station *station(QStringView id) const;
    // What a display of this name is; a prep display of all stations if nobody has said.
    [[nodiscard]] DisplaySettings display(const QString &name) const;
    [[nodiscard]] std::chrono::seconds prepTime(const QString &sku, const QString &category) const;
    // A table may wait longer than a counter: 10 and 15 minutes, not 5 and 8, unless it was said.
    [[nodiscard]] AgeLimits ageLimits(std::optional<ServiceType> type) const;
};

// Every field's error with its JSON pointer. Members that are absent have their default; unknown
// ones are ignored.
Result<KitchenSettings> settingsFromJson(const QJsonObject &json);
QJsonObject settingsToJson(const KitchenSettings &settings);

} // namespace cf
