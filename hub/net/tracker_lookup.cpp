// SPDX-License-Identifier: Apache-2.0
#include "hub/net/tracker_lookup.h"

#include "hub/net/order_lookup.h"
#include "shared/protocol/json_codec.h"

namespace cf::hub {

namespace {

constexpr qsizetype tokenLength = 32;
// An order that moves faster than it can be read is shown as it is instead.
constexpr int readsMax = 3;

Result<MissedViews> viewsAfter(EventReader &reader, const QUuid &orderId, int afterSeq)
{
    const Result<std::vector<OrderEvent>> events = reader.orderEvents(orderId, 0);
    if (!events)
        return events.error();
    if (afterSeq > static_cast<int>(events->size()))
        return MissedViews();
    std::vector<TrackerSubscriber::View> views;
    OrderState order;
    for (const OrderEvent &event : *events) {
        if (event.seq != order.seq + 1)
            return Error{ErrorCode::StorageFailed,
                         QStringLiteral("the order's events have a hole")};
        applyEvent(order, event);
        if (event.seq > afterSeq)
            views.push_back({event.seq, encodeTrackerView(order, {})});
    }
    return MissedViews(std::move(views));
}

void readMissedAgain(Services &services, const QUuid &orderId, int afterSeq, int readsLeft,
                     const std::function<void(Result<MissedViews>)> &done)
{
    readLog<MissedViews>(
        services,
        [orderId, afterSeq](EventReader &reader) { return viewsAfter(reader, orderId, afterSeq); },
        [&services, orderId, afterSeq, readsLeft, done](Result<MissedViews> missed) {
            const OrderState *order = services.backend.hub().board().find(orderId);
            if (!missed || !*missed || !order) {
                done(std::move(missed));
                return;
            }
            std::vector<TrackerSubscriber::View> &views = **missed;
            const int lastSeq = views.empty() ? afterSeq : views.back().seq;
            if (lastSeq < order->seq && readsLeft > 0) {
                readMissedAgain(services, orderId, afterSeq, readsLeft - 1, done);
                return;
            }
            if (lastSeq < order->seq)
                missed = MissedViews();
            else if (!views.empty() && lastSeq == order->seq)
                views.back() = viewNow(services.backend.hub(), *order);
            done(std::move(missed));
        });
}

} // namespace

void findTracked(Services &services, const QByteArray &token,
                 std::function<void(Result<OrderState>)> done)
{
    const bool formed = token.size() == tokenLength && isLowerHex(token);
    const QByteArray sought = formed ? token : QByteArray(tokenLength, 'g'); // never a token
    readLog<std::optional<QUuid>>(
        services, [sought](EventReader &reader) { return reader.orderForTracker(sought); },
        [&services, done = std::move(done)](const Result<std::optional<QUuid>> &orderId) {
            if (!orderId)
                done(orderId.error());
            else if (!*orderId)
                done(Error{ErrorCode::NotFound, {}});
            else
                findOrder(services, **orderId, done);
        });
}

void readMissed(Services &services, const QUuid &orderId, int afterSeq,
                const std::function<void(Result<MissedViews>)> &done)
{
    readMissedAgain(services, orderId, afterSeq, readsMax - 1, done);
}

TrackerSubscriber::View viewNow(const OrderHub &hub, const OrderState &order)
{
    return {order.seq, encodeTrackerView(order, hub.estimateReady(order))};
}

} // namespace cf::hub
