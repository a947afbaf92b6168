// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/combined_lines.h"

#include <algorithm>

namespace cf::kds {

namespace {

bool isSameItem(const Item &a, const Item &b)
{
    return a.name == b.name && a.sku == b.sku && a.course == b.course && a.seat == b.seat
           && a.note == b.note && a.allergens == b.allergens && a.modifiers == b.modifiers;
}

// Cooked, moved and acknowledged alike: one tap means all of them.
bool isSame(const ShownLine &a, const ShownLine &b)
{
    return isSameItem(a.line.item, b.line.item) && a.line.status == b.line.status
           && a.line.addedSeq == b.line.addedSeq && a.station == b.station
           && a.isUnrouted == b.isUnrouted && a.isHeld == b.isHeld && a.startsAt == b.startsAt
           && a.waitsForVoid() == b.waitsForVoid()
           && a.waitsForAllergens() == b.waitsForAllergens();
}

} // namespace

std::vector<ShownLine> combined(const std::vector<ShownLine> &lines)
{
    std::vector<ShownLine> rows;
    rows.reserve(lines.size());
    for (const ShownLine &line : lines) {
        const auto same = std::find_if(rows.begin(), rows.end(),
                                       [&](const ShownLine &row) { return isSame(row, line); });
        if (same == rows.end()) {
            rows.push_back(line);
            continue;
        }
        same->line.item.quantity += line.line.item.quantity;
        same->ids.append(line.ids);
    }
    return rows;
}

} // namespace cf::kds
