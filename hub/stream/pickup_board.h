// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/settings/pickup.h"
#include "shared/order/board.h"

#include <memory>

namespace cf::hub {

// What the screen at the counter shows: every order that somebody will collect, being prepared
// (oldest first) or ready (newest first), by its number or its guest's first name. It may hang in
// the street: no id that opens anything, no last name, no food.
struct PickupView {
    QByteArray json; // `{show, preparing, ready, preparing_total, ready_total}`
    QByteArray id;   // of exactly these bytes
};

// Encoded once for every screen, and only when it may have changed. Bounds:
// limits::pickupOrdersMax in each column.
class PickupBoard
{
public:
    void invalidate() { m_view.reset(); }
    std::shared_ptr<const PickupView> at(const Board &board, const PickupSettings &settings,
                                         Timestamp now);

private:
    std::shared_ptr<const PickupView> m_view;
    Timestamp m_madeAt{};
};

// The one a guest is called by: `Ana` of "Ana María Secret" and of "Secret, Ana", the given name of
// a Chinese one; empty when there is none.
QString firstName(const QString &name);

} // namespace cf::hub
