// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/undo.h"

namespace cf::kds {

std::vector<KitchenIntent> undoOf(const KitchenIntent &done, OrderStatus current)
{
    const QUuid &id = done.orderId;
    switch (done.kind) {
    case IntentKind::LinesReady:
        // Recalling lines also brings a ready order back; a picked-up one needs the order itself.
        if (current == OrderStatus::Completed)
            return {{IntentKind::RecallOrder, id, done.lines}};
        return {{IntentKind::RecallLines, id, done.lines}};
    case IntentKind::OrderReady: return {{IntentKind::RecallOrder, id, {}}};
    case IntentKind::Complete:
        // Not to the kitchen: back to the shelf, with nothing to cook.
        return {{IntentKind::RecallOrder, id, {}}, {IntentKind::OrderReady, id, {}}};
    case IntentKind::RecallLines: return {{IntentKind::LinesReady, id, done.lines}};
    case IntentKind::RecallOrder:
        return done.lines.isEmpty()
                   ? std::vector<KitchenIntent>{{IntentKind::OrderReady, id, {}}}
                   : std::vector<KitchenIntent>{{IntentKind::LinesReady, id, done.lines}};
    case IntentKind::MoveLines:
        if (done.was.isEmpty()) // no rule said where
            return {};
        return {{IntentKind::MoveLines, id, done.lines, done.was, 0, done.text}};
    case IntentKind::FireCourse: return {{IntentKind::HoldCourse, id, {}, {}, done.course}};
    case IntentKind::HoldCourse: return {{IntentKind::FireCourse, id, {}, {}, done.course}};
    case IntentKind::Prioritise: return {{IntentKind::Deprioritise, id, {}}};
    case IntentKind::Deprioritise: return {{IntentKind::Prioritise, id, {}}};
    case IntentKind::Start:
    case IntentKind::AcknowledgeAllergens:
    case IntentKind::AcknowledgeVoids:
    case IntentKind::TellFront: return {};
    }
    return {};
}

} // namespace cf::kds
