// SPDX-License-Identifier: Apache-2.0
#include "hub/order/bounded_decide.h"

#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

namespace cf::hub {

namespace {

// As the kitchen is sent it.
bool isTooLarge(const OrderState &order, const EventDrafts &drafts)
{
    qint64 bytes = canonicalJson(orderToJson(order)).size();
    for (const EventDraft &draft : drafts)
        bytes += canonicalJson(draft.payload).size();
    return bytes > limits::orderBytesMax;
}

} // namespace

Result<EventDrafts> decideBounded(const OrderState &order, const Command &command)
{
    Result<EventDrafts> drafts = decide(order, command);
    if (drafts && command.type == EventType::ItemsAdded && isTooLarge(order, *drafts)) {
        return Error{ErrorCode::TransitionNotAllowed,
                     QStringLiteral("an order has at most %1 bytes").arg(limits::orderBytesMax)};
    }
    if (!drafts || order.seq + static_cast<qint64>(drafts->size()) <= limits::eventsPerOrderMax)
        return drafts;
    return Error{ErrorCode::TransitionNotAllowed,
                 QStringLiteral("an order has at most %1 events").arg(limits::eventsPerOrderMax)};
}

Error unknownOrder(const QUuid &orderId)
{
    return {ErrorCode::UnknownOrder,
            QStringLiteral("there is no order %1").arg(QString::fromLatin1(uuidText(orderId)))};
}

Error alreadySo(const OrderState &order, EventType type)
{
    return {ErrorCode::TransitionNotAllowed,
            QStringLiteral("%1 changes nothing: the order, %2, is already so")
                .arg(eventTypeName(type), orderStatusName(order.status))};
}

} // namespace cf::hub
