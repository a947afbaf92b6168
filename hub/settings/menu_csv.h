// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/settings/menu.h"

namespace cf::hub {

// A menu as a table, one thing a row. The first row names the columns, in any order and case:
//
//   type      item (also when empty or absent), category, group or option
//   id        an item's SKU (the column may be called sku; empty: made of the name), a category's
//             or group's id; of an option the id of its group
//   name      the only column that an item needs
//   price     in the restaurant's currency, "9.50" or "9,50"; empty: asked for at the counter
//   category, station      of an item; a category without a row of its own is made
//   allergens, groups      of an item; entries parted by | or , or ;
//   min, max  of a group
//   sold_out  yes or no
//   sort      of an item or a category
struct MenuTable {
    Menu menu;
    QStringList ignored; // columns whose name says nothing here
    bool operator==(const MenuTable &) const = default;
};

// Every mistake with its line and column, at most importErrorsMax: the pointer is
// /lines/12/price, the detail begins with "line 12, column price:".
Result<MenuTable> menuFromCsv(QByteArrayView bytes, const QString &currency);
// What menuFromCsv() makes the same menu of.
QByteArray menuToCsv(const Menu &menu, const QString &currency, QChar delimiter = u',');

} // namespace cf::hub
