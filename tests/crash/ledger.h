// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/crash/history.h"

#include <QHash>

#include <vector>

namespace cf::crash {

// The log as it was read, event by event, with what every board must be at every position. Its own
// fold, a few lines: which orders are open, and the digest over them.
class Ledger
{
public:
    struct Board {
        quint64 digest = 0;
        int count = 0;
    };

    // The next row. Anything that does not follow what is there becomes a finding.
    void append(const LogEvent &event);
    // The epoch the log says it is of.
    void sawEpoch(const QByteArray &epoch);
    // The position and the chain hash the log says it ends at.
    void sawHead(qint64 pos, const QByteArray &chain);

    [[nodiscard]] qint64 head() const { return static_cast<qint64>(m_events.size()); }
    [[nodiscard]] const QByteArray &epoch() const { return m_epoch; }
    // 1 to head().
    [[nodiscard]] const LogEvent &at(qint64 pos) const;
    // 0 to head().
    [[nodiscard]] Board boardAt(qint64 pos) const;
    [[nodiscard]] QByteArray chainAt(qint64 pos) const;
    [[nodiscard]] bool holds(qint64 pos) const { return pos >= 1 && pos <= head(); }
    [[nodiscard]] qint64 orders() const { return m_orders.size(); }
    // Open orders now.
    [[nodiscard]] std::vector<QByteArray> open() const;

    // What was wrong with the log itself; taking empties the list.
    std::vector<Finding> takeFindings() { return std::exchange(m_findings, {}); }

private:
    struct Order {
        int seq = 0;
        bool isOpen = false;
    };

    std::vector<LogEvent> m_events;
    std::vector<Board> m_boards; // after each event
    QHash<QByteArray, Order> m_orders;
    QByteArray m_epoch;
    std::vector<Finding> m_findings;
};

// 16 hex digits.
QByteArray digestText(quint64 digest);
// What one open order adds to the digest.
quint64 digestPart(const QByteArray &order, int seq);

} // namespace cf::crash
