// SPDX-License-Identifier: Apache-2.0
#include "hub/net/order_lookup.h"

namespace cf::hub {

namespace {

Result<OrderState> foldFromLog(EventReader &reader, const QUuid &orderId)
{
    const Result<std::vector<OrderEvent>> events = reader.orderEvents(orderId, 0);
    if (!events)
        return events.error();
    if (events->empty())
        return Error{
            ErrorCode::UnknownOrder,
            QStringLiteral("there is no order %1").arg(QString::fromLatin1(uuidText(orderId)))};
    std::optional<OrderState> order = foldOrder(*events);
    if (!order)
        return Error{ErrorCode::StorageFailed, QStringLiteral("the order's events have a hole")};
    return std::move(*order);
}

} // namespace

void findOrder(Services &services, const QUuid &orderId,
               std::function<void(Result<OrderState>)> done)
{
    if (const OrderState *order = services.backend.hub().board().find(orderId)) {
        done(*order);
        return;
    }
    readLog<OrderState>(
        services, [orderId](EventReader &reader) { return foldFromLog(reader, orderId); },
        std::move(done));
}

} // namespace cf::hub
