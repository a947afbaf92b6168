// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/limits.h"
#include "shared/order/board.h"
#include "tests/shared/property/generators.h"

#include <QCryptographicHash>

#include <list>
#include <map>

namespace cf::prop {

// What a board must be, worked out another way: each order's events are kept and folded anew, the
// digest is summed byte by byte over all that are open.
class BoardModel
{
public:
    void take(const OrderEvent &event)
    {
        std::vector<OrderEvent> &events = m_events[event.orderId];
        events.push_back(event);
        const bool isNowOpen = isOpen(foldOrder(events)->status);
        m_open[event.orderId] = isNowOpen;
        m_closed.remove(event.orderId);
        if (!isNowOpen)
            m_closed.push_back(event.orderId);
        if (m_closed.size() > limits::recentOrdersMax)
            m_closed.pop_front();
    }

    [[nodiscard]] std::vector<OrderState> open() const
    {
        std::map<qint64, OrderState> byOpening;
        for (const auto &[id, isStillOpen] : m_open) {
            if (isStillOpen)
                byOpening.emplace(m_events.at(id).front().pos, *foldOrder(m_events.at(id)));
        }
        std::vector<OrderState> orders;
        for (auto &[pos, order] : byOpening)
            orders.push_back(std::move(order));
        return orders;
    }

    [[nodiscard]] std::vector<OrderState> recent() const
    {
        std::vector<OrderState> orders;
        for (const QUuid &id : m_closed)
            orders.push_back(*foldOrder(m_events.at(id)));
        return orders;
    }

    [[nodiscard]] QByteArray digest() const
    {
        std::array<unsigned, 8> sum{};
        for (const auto &[id, isStillOpen] : m_open) {
            if (!isStillOpen)
                continue;
            QCryptographicHash hash(QCryptographicHash::Sha256);
            hash.addData(id.toString(QUuid::WithoutBraces).toLower().toLatin1());
            hash.addData(QByteArray(":"));
            hash.addData(QByteArray::number(qulonglong(m_events.at(id).size())));
            const QByteArray bytes = hash.result();
            unsigned carry = 0;
            for (size_t i = 8; i-- > 0;) {
                carry += sum[i] + static_cast<uchar>(bytes[static_cast<qsizetype>(i)]);
                sum[i] = carry & 0xffU;
                carry >>= 8U;
            }
        }
        QByteArray text;
        for (const unsigned byte : sum)
            text.append(static_cast<char>(byte));
        return text.toHex();
    }

    // Empty when the board is this model's; else what is different.
    [[nodiscard]] std::string differenceTo(const Board &board) const
    {
        const auto same = [](const std::vector<OrderState> &mine,
                             const std::vector<const OrderState *> &theirs) {
            return std::equal(mine.begin(), mine.end(), theirs.begin(), theirs.end(),
                              [](const OrderState &a, const OrderState *b) { return a == *b; });
        };
        if (!same(open(), board.openOrders()))
            return "the open orders";
        if (!same(recent(), board.recentOrders()))
            return "the recent orders";
        if (digest() != digestText(board.digest()))
            return "the digest";
        return board.count() == static_cast<int>(open().size()) ? std::string() : "the count";
    }

private:
    std::map<QUuid, std::vector<OrderEvent>> m_events;
    std::map<QUuid, bool> m_open;
    std::list<QUuid> m_closed;
};

} // namespace cf::prop
