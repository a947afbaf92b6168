// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/kds_controller.h"
#include "tests/kds-app/model/random_orders.h"

#include <QTest>

#include <functional>

namespace cf::kds {

class ManualClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return at; }
    [[nodiscard]] Monotonic monotonic() const override { return steady; }
    Timestamp at{std::chrono::milliseconds(1'795'262'590'000)};
    Monotonic steady{};
};

// Keeps what was wished, changes nothing.
class RecordingPort final : public KitchenPort
{
public:
    Status submit(const KitchenIntent &intent) override
    {
        if (meanwhile)
            meanwhile();
        if (error)
            return *error;
        wished.push_back(intent);
        return ok();
    }
    void refusalSeen(qint64 n) override { seen.push_back(n); }
    void lookFor(const QString &text) override { lookedFor.append(text); }

    std::vector<KitchenIntent> wished;
    std::vector<qint64> seen;
    QStringList lookedFor;
    std::optional<Error> error;
    std::function<void()> meanwhile;
};

inline QString idText(const OrderState &order)
{
    return order.id.toString(QUuid::WithoutBraces);
}

// A display named Grill, whose wishes are looked at.
class ControllerTest : public QObject
{
    Q_OBJECT
protected:
    void begin()
    {
        m_controller.reset();
        m_clock = ManualClock();
        m_port = std::make_unique<RecordingPort>();
        m_controller = std::make_unique<KdsController>(QStringLiteral("Grill"), *m_port, m_clock);
    }

    OrderState add(const QString &number, int lines, OrderStatus status = OrderStatus::Paid)
    {
        OrderState order = paidOrder(number, ++m_pos, lines, m_clock.at);
        order.status = status;
        if (!isLiveTicket(status)) {
            order.readyAt = m_clock.at;
            order.completedAt = m_clock.at;
            for (OrderLine &line : order.lines)
                line.status = LineStatus::Ready;
        }
        m_controller->showOrder(order, false);
        return order;
    }

    [[nodiscard]] KitchenIntent only() const
    {
        return m_port->wished.size() == 1 ? m_port->wished[0] : KitchenIntent();
    }

    // Of the first ticket.
    [[nodiscard]] TicketLinesModel *linesModel() const
    {
        const TicketListModel &tickets = *m_controller->tickets();
        return tickets.data(tickets.index(0), TicketListModel::LinesRole)
            .value<TicketLinesModel *>();
    }

    ManualClock m_clock;
    std::unique_ptr<RecordingPort> m_port;
    std::unique_ptr<KdsController> m_controller;
    qint64 m_pos = 0;
};

} // namespace cf::kds
