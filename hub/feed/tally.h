// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <map>
#include <vector>

namespace cf::feed {

// What a hub acknowledged.
struct Acknowledged {
    QString orderId;
    QString type; // the event's; order_placed for the order itself
    int seq = 0;
    qint64 pos = 0;
    QString trackerToken; // of an order
    QString number;
};

// Counts a run. With `keep`, every acknowledgement is kept for the report: memory grows with it.
class Tally
{
public:
    explicit Tally(bool keep);

    void noteOrder(const Acknowledged &order, double milliseconds);
    void noteEvent(const Acknowledged &event, double milliseconds);
    void noteRefused(const QString &code);
    void noteRetry() { ++m_retries; }
    void noteUnanswered() { ++m_unanswered; }

    [[nodiscard]] qint64 orders() const { return m_orders; }
    [[nodiscard]] qint64 events() const { return m_events; }
    [[nodiscard]] qint64 retries() const { return m_retries; }
    [[nodiscard]] qint64 unanswered() const { return m_unanswered; }
    [[nodiscard]] const std::map<QString, qint64> &refused() const { return m_refused; }
    // Of the last `samplesMax` acknowledgements, milliseconds; 0 when there are none.
    [[nodiscard]] double percentile(double fraction) const;

    // One line: "orders=.. events=.. retries=.. unanswered=.. refused=.. p50_ms=.. p99_ms=..".
    [[nodiscard]] QByteArray summaryLine() const;
    // {"summary": {...}, "orders": [...], "events": [...]}.
    [[nodiscard]] QByteArray reportJson() const;

private:
    void noteTime(double milliseconds);
    [[nodiscard]] QJsonObject summaryJson() const;

    bool m_keep;
    qint64 m_orders = 0;
    qint64 m_events = 0;
    qint64 m_retries = 0;
    qint64 m_unanswered = 0;
    std::map<QString, qint64> m_refused;
    std::vector<double> m_times;
    size_t m_nextTime = 0;
    QJsonArray m_keptOrders;
    QJsonArray m_keptEvents;
};

} // namespace cf::feed
