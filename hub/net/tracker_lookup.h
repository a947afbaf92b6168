// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/services.h"
#include "hub/stream/subscriber.h"

namespace cf::hub {

// The order behind a tracker's token; NotFound when there is none. Whatever was sent as a token,
// the same look into the log is taken, so that the time of a "no" says nothing.
void findTracked(Services &services, const QByteArray &token,
                 std::function<void(Result<OrderState>)> done);

// The views a tracker has missed, one per event after `afterSeq`, up to the order's present state;
// nullopt when it has seen more than there is: it needs the present state instead.
using MissedViews = std::optional<std::vector<TrackerSubscriber::View>>;
void readMissed(Services &services, const QUuid &orderId, int afterSeq,
                const std::function<void(Result<MissedViews>)> &done);

// The order's present view, with the hub's estimate.
TrackerSubscriber::View viewNow(const OrderHub &hub, const OrderState &order);

} // namespace cf::hub
