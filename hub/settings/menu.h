// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>
#include <vector>

namespace cf::hub {

// What is sold at the counter. Money in minor units of the restaurant's currency. Names are one
// line each, without blanks at their ends.

struct MenuCategory {
    QString id;   // what an order's line says, and what routing goes by
    QString name; // for people
    int sort = 0;
    bool operator==(const MenuCategory &) const = default;
};

struct MenuModifier {
    QString name;
    qint64 price = 0; // added to the item's; may be negative
    bool soldOut = false;
    bool operator==(const MenuModifier &) const = default;
};

// A choice: between `min` and `max` of them, each once.
struct ModifierGroup {
    QString id;
    QString name;
    int min = 0;
    int max = 1;
    std::vector<MenuModifier> modifiers;
    bool operator==(const ModifierGroup &) const = default;
};

struct MenuItem {
    QString sku;
    QString name;
    std::optional<qint64> price; // none: asked for at the counter, like the fish of the day
    QString category;            // id
    QString station;             // id or name; empty: as the kitchen's routing says
    QStringList allergens;
    QStringList groups; // ids, in the order in which they are asked
    bool soldOut = false;
    int sort = 0;
    bool operator==(const MenuItem &) const = default;
};

// Shown by `sort`, then in the order in which they stand here.
struct Menu {
    std::vector<MenuCategory> categories;
    std::vector<ModifierGroup> groups;
    std::vector<MenuItem> items;
    bool operator==(const Menu &) const = default;
};

// Every field's error with its JSON pointer. Absent members have their default; unknown ones are
// ignored. An item's category must be there, and each of its groups.
Result<Menu> menuFromJson(const QJsonObject &json);
QJsonObject menuToJson(const Menu &menu);

} // namespace cf::hub
