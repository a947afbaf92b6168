// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/seeded_random.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <mutex>
#include <vector>

namespace cf::crash {

// Something that may be wished of an order.
struct Wish {
    QByteArray type;
    QJsonObject payload;
};

// The orders that are believed to be open, shared by everyone who moves them. Thread-safe.
class OrderBook
{
public:
    void add(const QString &orderId);
    void remove(const QString &orderId);
    [[nodiscard]] size_t size() const;
    // Empty when there is none.
    QString any(cf::test::SeededRandom &random) const;
    QString oldest() const;

    // A move of the kitchen's; whether the order can make it is for the hub to say.
    static Wish anyMove(cf::test::SeededRandom &random);

private:
    mutable std::mutex m_mutex;
    std::vector<QString> m_orders; // oldest first
};

} // namespace cf::crash
