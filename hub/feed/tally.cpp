// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/tally.h"

#include "shared/protocol/canonical_json.h"

#include <algorithm>
#include <cmath>

namespace cf::feed {

namespace {

using L1 = QLatin1StringView;

// A day of a busy kitchen; half a megabyte.
constexpr size_t samplesMax = 65'536;

} // namespace

Tally::Tally(bool keep) : m_keep(keep) { }

void Tally::noteOrder(const Acknowledged &order, double milliseconds)
{
    ++m_orders;
    noteTime(milliseconds);
    if (!m_keep)
        return;
    m_keptOrders.append(QJsonObject{{L1("order_id"), order.orderId},
                                    {L1("number"), order.number},
                                    {L1("seq"), order.seq},
                                    {L1("pos"), order.pos},
                                    {L1("tracker_token"), order.trackerToken}});
}

void Tally::noteEvent(const Acknowledged &event, double milliseconds)
{
    ++m_events;
    noteTime(milliseconds);
    if (!m_keep)
        return;
    m_keptEvents.append(QJsonObject{{L1("order_id"), event.orderId},
                                    {L1("type"), event.type},
                                    {L1("seq"), event.seq},
                                    {L1("pos"), event.pos}});
}

void Tally::noteRefused(const QString &code)
{
    ++m_refused[code];
}

void Tally::noteTime(double milliseconds)
{
    if (m_times.size() < samplesMax)
        m_times.push_back(milliseconds);
    else
        m_times.at(m_nextTime++ % samplesMax) = milliseconds;
}

double Tally::percentile(double fraction) const
{
    if (m_times.empty())
        return 0;
    std::vector<double> times = m_times;
    const double rank = std::ceil(fraction * static_cast<double>(times.size()));
    const auto place = times.begin() + std::max<qint64>(static_cast<qint64>(rank) - 1, 0);
    std::nth_element(times.begin(), place, times.end());
    return *place;
}

QByteArray Tally::summaryLine() const
{
    QByteArray refused;
    for (const auto &code : m_refused) {
        refused += refused.isEmpty() ? "" : ",";
        refused += code.first.toUtf8() + ':' + QByteArray::number(code.second);
    }
    return "orders=" + QByteArray::number(m_orders) + " events=" + QByteArray::number(m_events)
           + " retries=" + QByteArray::number(m_retries)
           + " unanswered=" + QByteArray::number(m_unanswered)
           + " refused=" + (refused.isEmpty() ? QByteArray("none") : refused)
           + " p50_ms=" + QByteArray::number(percentile(0.5), 'f', 2)
           + " p99_ms=" + QByteArray::number(percentile(0.99), 'f', 2);
}

QJsonObject Tally::summaryJson() const
{
    QJsonObject refused;
    for (const auto &code : m_refused)
        refused.insert(code.first, code.second);
    return {{L1("orders"), m_orders},        {L1("events"), m_events},
            {L1("retries"), m_retries},      {L1("unanswered"), m_unanswered},
            {L1("refused"), refused},        {L1("p50_ms"), percentile(0.5)},
            {L1("p99_ms"), percentile(0.99)}};
}

QByteArray Tally::reportJson() const
{
    return canonicalJson(QJsonObject{{L1("summary"), summaryJson()},
                                     {L1("orders"), m_keptOrders},
                                     {L1("events"), m_keptEvents}})
           + '\n';
}

} // namespace cf::feed
