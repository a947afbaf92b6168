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
    case IntentKind::Start: return {};
    }
    return {};
}

} // namespace cf::kds
