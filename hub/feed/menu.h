// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/feed/dice.h"
#include "shared/base/result.h"
#include "shared/order/order_state.h"

namespace cf::feed {

struct Dish {
    Item item;                       // without line id, note, seat and modifiers
    std::chrono::seconds cooking{};  // how long it takes a cook
    int weight = 1;                  // how often it is asked for, beside the others
    std::vector<Modifier> modifiers; // what may be chosen with it
    QStringList notes;               // what guests say about it
};

struct Menu {
    QString currency;
    std::vector<Dish> dishes;

    [[nodiscard]] const Dish *find(const QString &sku) const;
    [[nodiscard]] const Dish &pick(Dice &dice) const;
};

// menu.json: {"currency", "modifiers": {set: [{group, name, price}]}, "dishes": [{sku, name, price,
// station, category, course, seconds, weight, allergens, modifiers: set, notes}]}.
Result<Menu> parseMenu(const QByteArray &json);
// The one compiled in.
Result<Menu> builtInMenu();

} // namespace cf::feed
