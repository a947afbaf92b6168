// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/feed/dice.h"

#include <QString>

namespace cf::feed {

// The words of a service: names as guests have them, notes as they are said. All of them are
// pleasant to find on a ticket and unpleasant to lay out: long, accented, in other scripts.
QString guestName(Dice &dice);
QString guestPhone(Dice &dice);
QString orderNote(Dice &dice);
QString lateNote(Dice &dice);
QString kitchenMessage(Dice &dice);
QString frontMessage(Dice &dice);
QString cancelReason(Dice &dice);
QString voidReason(Dice &dice);

} // namespace cf::feed
