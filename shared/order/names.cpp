// SPDX-License-Identifier: Apache-2.0
// The wire names of the domain's enumerations: one table each, read in both directions.
#include "shared/order/order_event.h"
#include "shared/order/order_status.h"

#include "shared/base/name_table.h"

namespace cf {

namespace {

using Name = QLatin1StringView;

constexpr NameTable<EventType, eventTypeCount> eventTypeNames{
    {Name("unknown"),           Name("order_placed"),    Name("order_paid"),
     Name("order_accepted"),    Name("order_started"),   Name("order_ready"),
     Name("order_completed"),   Name("order_cancelled"), Name("order_recalled"),
     Name("item_started"),      Name("item_ready"),      Name("item_recalled"),
     Name("item_voided"),       Name("items_added"),     Name("order_prioritised"),
     Name("order_note_added"),  Name("course_fired"),    Name("kitchen_notified"),
     Name("front_notified"),    Name("item_moved"),      Name("allergens_acknowledged"),
     Name("void_acknowledged"), Name("course_held")}};
constexpr NameTable<ActorKind, 5> actorKindNames{
    {Name("customer"), Name("kitchen"), Name("manager"), Name("system"), Name("integration")}};
constexpr NameTable<OrderStatus, 7> orderStatusNames{
    {Name("placed"), Name("paid"), Name("accepted"), Name("in_kitchen"), Name("ready"),
     Name("completed"), Name("cancelled")}};
constexpr NameTable<LineStatus, 4> lineStatusNames{
    {Name("open"), Name("started"), Name("ready"), Name("voided")}};
constexpr NameTable<ServiceType, 5> serviceTypeNames{
    {Name("dine_in"), Name("takeaway"), Name("delivery"), Name("drive_thru"), Name("curbside")}};

} // namespace

QLatin1StringView eventTypeName(EventType type)
{
    return eventTypeNames.nameOf(type);
}

EventType eventTypeFromName(QStringView name)
{
    return eventTypeNames.valueOf(name).value_or(EventType::Unknown);
}

QLatin1StringView actorKindName(ActorKind kind)
{
    return actorKindNames.nameOf(kind);
}

std::optional<ActorKind> actorKindFromName(QStringView name)
{
    return actorKindNames.valueOf(name);
}

QLatin1StringView orderStatusName(OrderStatus status)
{
    return orderStatusNames.nameOf(status);
}

std::optional<OrderStatus> orderStatusFromName(QStringView name)
{
    return orderStatusNames.valueOf(name);
}

QLatin1StringView lineStatusName(LineStatus status)
{
    return lineStatusNames.nameOf(status);
}

std::optional<LineStatus> lineStatusFromName(QStringView name)
{
    return lineStatusNames.valueOf(name);
}

QLatin1StringView serviceTypeName(ServiceType type)
{
    return serviceTypeNames.nameOf(type);
}

std::optional<ServiceType> serviceTypeFromName(QStringView name)
{
    return serviceTypeNames.valueOf(name);
}

QString OrderEvent::typeName() const
{
    return type == EventType::Unknown ? unknownType : QString(eventTypeName(type));
}

} // namespace cf
