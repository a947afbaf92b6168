// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/order/order_service.h"
#include "hub/stream/order_hub.h"
#include "tests/support/fake_clock.h"
#include "tests/support/memory_event_log.h"
#include "tests/support/seeded_random.h"

#include <map>

namespace cf::test {

// What a test says of the till's order.
struct Till {
    int lines = 1;
    bool paid = true;
    QString number = {};
    QString externalId = {};
    QByteArray idempotencyKey = {};
    QString note = {};
};

// Log, service and hub, joined as the hub's threads join them: a batch is handled, then published.
class CoreKit
{
public:
    explicit CoreKit(quint64 seed = 1);

    hub::BatchResult handle(std::vector<hub::Request> requests);
    hub::Answer one(hub::Request request);
    // After a failed commit, or as a new process on the same log.
    void recover();

    // Places an order; its id.
    QUuid place(const Till &till = {});
    // Appends; false when it was refused.
    bool append(const QUuid &orderId, EventType type, const QJsonObject &payload = {});
    // Any number of events that matter to nobody, in few batches.
    void manyEvents(int count);
    // From placed to completed.
    QUuid placeAndComplete();

    static hub::Request placing(const Till &till);
    static hub::Request appending(const QUuid &orderId, EventType type,
                                  const QJsonObject &payload = {}, const QByteArray &commandId = {},
                                  std::optional<int> expectedSeq = {});
    static hub::Request bumping(const QString &device, qint64 n, const QUuid &orderId,
                                const QString &type, const QJsonObject &payload = {},
                                std::optional<int> expectedSeq = {});

    // The open orders as their events say, folded one by one: independent of Board.
    [[nodiscard]] std::map<QUuid, OrderState> folded();
    [[nodiscard]] QByteArray foldedDigest();
    [[nodiscard]] const OrderState &order(const QUuid &orderId) const;

    FakeClock clock;
    SeededRandom random;
    MemoryEventLog log;
    hub::OrderService service;
    hub::OrderHub hub;
};

QJsonObject bodyOf(const hub::Answer &answer);

} // namespace cf::test
