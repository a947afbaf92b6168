// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QStringList>
#include <QUuid>

namespace cf::kds {

enum class IntentKind : quint8 {
    Start,       // cooking has begun
    LinesReady,  // exactly these lines are cooked
    OrderReady,  // nothing was pending any more
    RecallLines, // these lines are not cooked after all
    RecallOrder, // back to the kitchen; no lines: reopen none of them
    Complete,    // picked up
    MoveLines,   // to the station of the id `text`
    AcknowledgeAllergens,
    AcknowledgeVoids,
    FireCourse,
    HoldCourse,
    Prioritise,
    Deprioritise,
    TellFront, // `text`, to the floor
};

// What a cook wishes. `lines` is empty where the kind names none.
struct KitchenIntent {
    IntentKind kind = IntentKind::Start;
    QUuid orderId;
    QStringList lines;
    QString text = {}; // the station's id, or the message
    int course = 0;
    QString was = {}; // the station before, for the way back
    bool operator==(const KitchenIntent &) const = default;
};

// Where wishes go. submit() returns once the wish is durable on this display; it is on the hub, or
// refused by it, later. An error means nothing was kept and the cook must be told so.
class KitchenPort
{
public:
    virtual ~KitchenPort() = default;
    virtual Status submit(const KitchenIntent &intent) = 0;
    // A person has seen that command `n` was refused.
    virtual void refusalSeen(qint64 n) = 0;
    // Asks the hub for orders that have left this display long ago; the answer comes later, to
    // KdsController::showOlder(). Empty: nothing is wanted any more.
    virtual void lookFor(const QString &text) = 0;
};

} // namespace cf::kds
