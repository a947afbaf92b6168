// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/feed/menu.h"

#include <QJsonObject>

namespace cf::feed {

// One event that will be posted for an order, once the one before it was answered.
struct PlannedStep {
    std::chrono::milliseconds at{}; // after the order was acknowledged
    EventType type = EventType::Unknown;
    QJsonObject payload;
    Actor actor;
    QByteArray commandId;
    bool operator==(const PlannedStep &) const = default;
};

struct PlannedOrder {
    int index = 0;
    QByteArray idempotencyKey;
    QJsonObject body; // of POST /v1/orders
    OrderState order; // what the body says
    std::vector<PlannedStep> steps;
};

// What a whole run has in common.
struct PlanOptions {
    quint64 seed = 1;
    // Part of every key and external id: another run is other orders, the same run the same ones.
    QString run;
    bool cook = false;  // also what the kitchen does
    double speed = 1.0; // kitchen and floor are this much faster than people
};

} // namespace cf::feed
