// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/wishes.h"

#include "shared/order/payload.h"

namespace cf::kds {

Wish wishOf(const KitchenIntent &intent)
{
    switch (intent.kind) {
    case IntentKind::Start: return {EventType::OrderStarted, {}};
    case IntentKind::LinesReady: return {EventType::ItemReady, linesPayload(intent.lines)};
    case IntentKind::OrderReady: return {EventType::OrderReady, {}};
    case IntentKind::RecallLines: return {EventType::ItemRecalled, linesPayload(intent.lines)};
    case IntentKind::RecallOrder: return {EventType::OrderRecalled, linesPayload(intent.lines)};
    case IntentKind::Complete: return {EventType::OrderCompleted, {}};
    case IntentKind::MoveLines:
        return {EventType::ItemMoved, movedPayload(intent.lines, intent.text)};
    case IntentKind::AcknowledgeAllergens:
        return {EventType::AllergensAcknowledged, linesPayload(intent.lines)};
    case IntentKind::AcknowledgeVoids:
        return {EventType::VoidAcknowledged, linesPayload(intent.lines)};
    case IntentKind::FireCourse: return {EventType::CourseFired, coursePayload(intent.course)};
    case IntentKind::HoldCourse: return {EventType::CourseHeld, coursePayload(intent.course)};
    case IntentKind::Prioritise: return {EventType::OrderPrioritised, priorityPayload(true)};
    case IntentKind::Deprioritise: return {EventType::OrderPrioritised, priorityPayload(false)};
    case IntentKind::TellFront: return {EventType::FrontNotified, messagePayload(intent.text)};
    }
    return {};
}

IntentKind intentOf(EventType wished)
{
    switch (wished) {
    case EventType::OrderStarted:
    case EventType::ItemStarted: return IntentKind::Start;
    case EventType::OrderReady: return IntentKind::OrderReady;
    case EventType::ItemRecalled: return IntentKind::RecallLines;
    case EventType::OrderRecalled: return IntentKind::RecallOrder;
    case EventType::OrderCompleted: return IntentKind::Complete;
    case EventType::ItemMoved: return IntentKind::MoveLines;
    case EventType::AllergensAcknowledged: return IntentKind::AcknowledgeAllergens;
    case EventType::VoidAcknowledged: return IntentKind::AcknowledgeVoids;
    case EventType::CourseFired: return IntentKind::FireCourse;
    case EventType::CourseHeld: return IntentKind::HoldCourse;
    case EventType::OrderPrioritised: return IntentKind::Prioritise;
    case EventType::FrontNotified: return IntentKind::TellFront;
    default: return IntentKind::LinesReady;
    }
}

} // namespace cf::kds
