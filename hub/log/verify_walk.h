// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "hub/log/recent_orders.h"
#include "hub/log/verifier.h"

#include <QHash>
#include <QSet>

#include <limits>

namespace cf::hub {

// What a verification found, up to limits::verifyProblemsMax.
class ProblemList
{
public:
    void add(qint64 pos, const QString &what);
    [[nodiscard]] bool isFull() const;
    [[nodiscard]] const std::vector<VerifyProblem> &list() const { return m_list; }

private:
    std::vector<VerifyProblem> m_list;
};

// Reads the event table from its first row on, in order, and checks each event against the one
// before, against its own stored bytes and against its order's fold. After a wrong event it goes on
// from what is stored there, so that one wrong byte is told once.
class EventWalk
{
public:
    EventWalk(Database &db, ProblemList &problems) : m_db(db), m_problems(problems) { }
    Status prepare();

    // The next limits::logScanEvents events. False: that was the last of them, for now.
    Result<bool> readMore();

    [[nodiscard]] const LogHead &head() const { return m_head; }
    [[nodiscard]] qint64 events() const { return m_events; }
    [[nodiscard]] qint64 ordersPlaced() const { return m_ordersPlaced; }
    // The open orders and the last closed ones, folded.
    [[nodiscard]] const QHash<QUuid, OrderState> &orders() const { return m_orders; }
    // Orders with an event that could not be folded: nothing can be said of their state.
    [[nodiscard]] bool isBroken(const QUuid &orderId) const { return m_broken.contains(orderId); }

private:
    void check(const Query &query);
    [[nodiscard]] QString wrongWith(const Query &query, const LoggedEvent &logged,
                                    bool afterHole) const;
    void fold(const OrderEvent &event);
    // The order as it was before `event`; an error says why that cannot be told.
    Result<OrderState> stateBefore(const OrderEvent &event);
    Result<OrderState> refold(const OrderEvent &event);
    void forget();

    Database &m_db;
    ProblemList &m_problems;
    Statement m_rows;
    Statement m_orderRows;
    qint64 m_cursor = std::numeric_limits<qint64>::min();
    LogHead m_head;
    qint64 m_bytesTo = 0;
    qint64 m_events = 0;
    qint64 m_ordersPlaced = 0;
    QHash<QUuid, OrderState> m_orders;
    QSet<QUuid> m_broken;
    RecentOrders m_recent;
};

} // namespace cf::hub
