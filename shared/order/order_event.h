// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <QJsonObject>
#include <QString>
#include <QUuid>

#include <optional>

namespace cf {

enum class EventType : quint8 {
    Unknown, // written by a newer hub: counted, moves seq, changes nothing else
    OrderPlaced,
    OrderPaid,
    OrderAccepted,
    OrderStarted,
    OrderReady,
    OrderCompleted,
    OrderCancelled,
    OrderRecalled,
    ItemStarted,
    ItemReady,
    ItemRecalled,
    ItemVoided,
    ItemsAdded,
    OrderPrioritised,
    OrderNoteAdded,
    CourseFired,
    KitchenNotified,
    FrontNotified,
    ItemMoved,
    AllergensAcknowledged,
    VoidAcknowledged,
    CourseHeld,
};
inline constexpr int eventTypeCount = 23;

// "order_ready"; "unknown" for Unknown, whose own name travels in OrderEvent::unknownType.
QLatin1StringView eventTypeName(EventType type);
// Unknown for a name this version does not know.
EventType eventTypeFromName(QStringView name);

enum class ActorKind : quint8 { Customer, Kitchen, Manager, System, Integration };
QLatin1StringView actorKindName(ActorKind kind);
std::optional<ActorKind> actorKindFromName(QStringView name);

// Who did it. address and userAgent are set for remote callers and stay in the log and the
// timeline; the kitchen stream leaves them out.
struct Actor {
    ActorKind kind = ActorKind::System;
    QString id;
    QString address;
    QString userAgent;
    bool operator==(const Actor &) const = default;
};

// One fact in an order's life; never changed, never deleted.
struct OrderEvent {
    qint64 pos = 0; // 1, 2, 3 ... in the log
    QUuid id;
    QUuid orderId;
    int seq = 0; // 1, 2, 3 ... in the order
    EventType type = EventType::Unknown;
    QString unknownType; // the name on the wire when type is Unknown, else empty
    int v = 1;           // version of the payload
    Timestamp at{};
    Actor actor;
    QJsonObject payload;
    bool operator==(const OrderEvent &) const = default;

    [[nodiscard]] QString typeName() const;
};

} // namespace cf
