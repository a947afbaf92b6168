// SPDX-License-Identifier: Apache-2.0
#include "hub/net/json_pieces.h"
#include "hub/net/long_poll.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/net/tracker_lookup.h"
#include "hub/net/tracker_page.h"
#include "hub/net/tracker_session.h"
#include "shared/base/mutant.h"

namespace cf::hub {

namespace {

// The present view alone: for a first visit, another epoch, or an id that is none.
TrackerStart startNow(const OrderHub &hub, const OrderState &order)
{
    return {order.id, true, {viewNow(hub, order)}, order.seq};
}

// Decides from the reader's last id what it is told: what it missed, or the present state.
void planStart(Services &services, const OrderState &order, const QByteArray &lastId,
               const std::function<void(Result<TrackerStart>)> &done)
{
    OrderHub &hub = services.backend.hub();
    const std::optional<TrackerCursor> cursor = parseTrackerCursor(lastId);
    if (!cursor || cursor->epoch != hub.head().epoch || cursor->seq > order.seq) {
        done(startNow(hub, order));
        return;
    }
    if (cursor->seq == order.seq || isPlanted(Mutant::TrackerSkips)) {
        done(TrackerStart{order.id, false, {}, order.seq});
        return;
    }
    readMissed(services, order.id, cursor->seq,
               [&services, order, seq = cursor->seq, done](Result<MissedViews> missed) {
                   if (!missed) {
                       done(missed.error());
                       return;
                   }
                   const OrderHub &now = services.backend.hub();
                   const OrderState *latest = now.board().find(order.id);
                   if (!*missed) {
                       done(startNow(now, latest ? *latest : order));
                       return;
                   }
                   std::vector<TrackerSubscriber::View> views = std::move(**missed);
                   const int last = views.empty() ? seq : views.back().seq;
                   done(TrackerStart{order.id, false, std::move(views), last});
               });
}

void whenFound(Services &services, const ExchangePtr &exchange,
               const std::function<void(const OrderState &)> &then)
{
    findTracked(services, exchange->arguments.front(),
                [exchange, then](const Result<OrderState> &order) {
                    if (order)
                        then(*order);
                    else
                        exchange->reply(problemResponse(order.error()));
                });
}

void whenPlanned(Services &services, const ExchangePtr &exchange, const QByteArray &lastId,
                 const std::function<void(const TrackerStart &)> &then)
{
    whenFound(services, exchange, [&services, exchange, lastId, then](const OrderState &order) {
        planStart(services, order, lastId, [exchange, then](const Result<TrackerStart> &start) {
            if (start)
                then(*start);
            else
                exchange->reply(problemResponse(start.error()));
        });
    });
}

void replyViews(Services &services, const ExchangePtr &exchange, const TrackerStart &start)
{
    std::vector<QByteArray> views;
    for (const TrackerSubscriber::View &view : start.views)
        views.push_back(view.json);
    const TrackerCursor cursor{services.backend.hub().head().epoch, start.seq};
    QByteArray json = "{\"cursor\":\"" + cursor.text() + "\",\"events\":";
    appendJsonArray(json, views);
    json.append('}');
    exchange->reply(jsonResponse(std::move(json)));
}

void pollTracker(Services &services, const ExchangePtr &exchange, bool mayWait)
{
    const QByteArray since = exchange->request.parameter("since").value_or(QByteArray());
    whenPlanned(
        services, exchange, since, [&services, exchange, mayWait](const TrackerStart &plan) {
            const auto wait = waitOf(exchange->request, services.config.limits);
            if (!plan.views.empty() || wait.count() == 0 || !mayWait || services.stopping) {
                replyViews(services, exchange, plan);
                return;
            }
            const auto watch = [id = plan.orderId](OrderHub &hub, std::function<void()> callback) {
                return hub.watchOrder(id, std::move(callback));
            };
            holdRequest(services, exchange, wait, watch,
                        [&services, exchange] { pollTracker(services, exchange, false); });
        });
}

QByteArray lastIdOf(const HttpRequest &request)
{
    const QByteArray header = request.header("last-event-id");
    return header.isEmpty() ? request.parameter("since").value_or(QByteArray()) : header;
}

} // namespace

void getTracker(Services &services, const ExchangePtr &exchange)
{
    whenFound(services, exchange, [&services, exchange](const OrderState &order) {
        exchange->reply(jsonResponse(viewNow(services.backend.hub(), order).json));
    });
}

void getTrackerStream(Services &services, const ExchangePtr &exchange)
{
    whenPlanned(services, exchange, lastIdOf(exchange->request),
                [&services, exchange](const TrackerStart &start) {
                    if (exchange->request.isHead()) {
                        exchange->reply(textResponse({}, "text/event-stream"));
                        return;
                    }
                    exchange->streamEvents([&services, start](Channel &channel) {
                        return std::make_shared<TrackerSession>(services, channel, start);
                    });
                });
}

void getTrackerEvents(Services &services, const ExchangePtr &exchange)
{
    pollTracker(services, exchange, true);
}

void getTrackerPage(Services &services, const ExchangePtr &exchange)
{
    findTracked(services, exchange->arguments.front(),
                [&services, exchange](const Result<OrderState> &order) {
                    const OrderHub &hub = services.backend.hub();
                    const GuestPage page =
                        GuestPage::forGuest(restaurantOf(hub), exchange->request);
                    if (order)
                        exchange->reply(trackerPage(page, viewNow(hub, *order).json,
                                                    services.backend.clock().now()));
                    else if (order.error().code == ErrorCode::NotFound)
                        exchange->reply(trackerNotFoundPage(page));
                    else
                        exchange->reply(problemResponse(order.error()));
                });
}

} // namespace cf::hub
