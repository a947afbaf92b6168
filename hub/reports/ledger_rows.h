// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "shared/base/clock.h"

#include <functional>
#include <optional>

namespace cf::hub {

// The ledger's rows as reports read them. Texts are views that hold until the next row.

using OptionalTime = std::optional<qint64>; // milliseconds since 1970

struct OrderRow {
    qint64 openedPos = 0;
    QByteArrayView source, serviceType, status, cancelReason, cancelledBy;
    qint64 items = 0;
    std::optional<qint64> total;
    qint64 placedAt = 0;
    OptionalTime paidAt, acceptedAt, startedAt, readyAt, completedAt, cancelledAt;
};

struct LineRow {
    OrderRow order; // without its times but placedAt
    QByteArrayView sku, name, category, namedStation, movedTo, status, voidReason, voidedBy;
    qint64 quantity = 0;
    std::optional<qint64> price;
    OptionalTime firedAt, readyAt;
    qint64 readyPos = 0;
    bool wasReady = false; // when it was voided
};

struct BumpRow {
    qint64 pos = 0;
    qint64 openedPos = 0;
    qint64 at = 0;
    QString by;
    qint64 lines = 0;
    qint64 age = 0;
    OptionalTime recalledAt;
};

struct RecallRow {
    qint64 pos = 0;
    qint64 openedPos = 0;
    qint64 at = 0;
    QString by;
    qint64 lines = 0;
    bool wholeOrder = false;
    bool wasCompleted = false;
    qint64 bumpedAt = 0; // the last bump that it takes back
};

// The position that opened the first order placed at or after `at`; beyond all when there is none.
Result<qint64> firstOpenedSince(Database &db, Timestamp at);
// Up to where the ledger has read the log.
Result<qint64> ledgerPos(Database &db);

// Orders placed in [from, to), and their lines, in the order of tickets.
Status forEachOrder(Database &db, Timestamp from, Timestamp to,
                    const std::function<void(const OrderRow &)> &take);
Status forEachLine(Database &db, Timestamp from, Timestamp to,
                   const std::function<void(const LineRow &)> &take);
// What happened in [from, to), in its order.
Status forEachBump(Database &db, Timestamp from, Timestamp to,
                   const std::function<void(const BumpRow &)> &take);
Status forEachRecall(Database &db, Timestamp from, Timestamp to,
                     const std::function<void(const RecallRow &)> &take);

} // namespace cf::hub
