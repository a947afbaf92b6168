// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/order_book.h"

#include <QJsonArray>

#include <algorithm>

namespace cf::crash {

namespace {
QJsonObject lines(const char *line)
{
    return {{"lines", QJsonArray{QString::fromLatin1(line)}}};
}

const std::vector<Wish> moves{
    {"order_accepted", {}},      {"order_started", {}},
    {"order_started", {}},       {"item_started", lines("1")},
    {"item_ready", lines("1")},  {"item_ready", lines("2")},
    {"item_ready", lines("2")},  {"item_recalled", lines("1")},
    {"item_voided", lines("2")}, {"order_ready", {}},
    {"order_ready", {}},         {"order_completed", {}},
    {"order_completed", {}},     {"order_recalled", {}},
    {"order_cancelled", {}},     {"order_prioritised", {{"priority", true}}},
};
} // namespace

void OrderBook::add(const QString &orderId)
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    if (std::find(m_orders.begin(), m_orders.end(), orderId) == m_orders.end())
        m_orders.push_back(orderId);
}

void OrderBook::remove(const QString &orderId)
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    m_orders.erase(std::remove(m_orders.begin(), m_orders.end(), orderId), m_orders.end());
}

size_t OrderBook::size() const
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    return m_orders.size();
}

QString OrderBook::any(cf::test::SeededRandom &random) const
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    if (m_orders.empty())
        return {};
    return m_orders.at(static_cast<size_t>(random.below(static_cast<int>(m_orders.size()))));
}

QString OrderBook::oldest() const
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    return m_orders.empty() ? QString() : m_orders.front();
}

Wish OrderBook::anyMove(cf::test::SeededRandom &random)
{
    return moves.at(static_cast<size_t>(random.below(static_cast<int>(moves.size()))));
}

} // namespace cf::crash
