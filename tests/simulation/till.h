// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/auditor.h"
#include "tests/simulation/dialer.h"

#include <QJsonObject>

namespace cf::sim {

// An order as its till knows it.
struct TillOrder {
    QString externalId;
    QUuid orderId; // null until answered
    QByteArray trackerToken;
    QString number;
    int seq = 0;
};

// An ordering system: places orders and changes some of them, and asks again under the same key
// until it is answered. What it was told must be so.
class Till
{
public:
    Till(Agenda &agenda, Auditor &auditor, Dialer &dialer, const QString &name, Dice dice);

    // Starts an order every `mean` on average, until there were `orders`.
    void open(milliseconds mean, int orders);
    // One more, now.
    void placeOne() { place(); }
    [[nodiscard]] const LinkPtr &link() const { return m_link; }
    [[nodiscard]] const std::vector<TillOrder> &orders() const { return m_orders; }
    [[nodiscard]] bool isIdle() const { return m_left == 0 && m_unanswered == 0; }
    std::function<void(const TillOrder &)> onPlaced;
    void checkFinal() const;

private:
    struct Request {
        QByteArray path;
        QByteArray body;
        QByteArray key; // Idempotency-Key; empty for an event, whose key is in its body
        size_t order = 0;
        bool places = false;
        int attempts = 0;
    };
    using Calls = std::map<quint64, std::unique_ptr<HttpCall>>;

    void nextOrder();
    void place();
    void change(size_t order);
    void start(Request request);
    void ask(Request request);
    void answered(Request request, const hub::HttpResponse *response);
    void onOrder(const Request &request, const QJsonObject &body);
    void onEvent(const Request &request, const QJsonObject &body);
    QJsonObject drawOrder(const QString &externalId, bool isPaid);
    QJsonObject drawItem();
    std::pair<QString, QJsonObject> drawChange(const TillOrder &order);

    Agenda &m_agenda;
    Auditor &m_auditor;
    Dialer &m_dialer;
    QString m_name;
    Dice m_dice;
    LinkPtr m_link = std::make_shared<Link>();
    Turns m_turns;
    milliseconds m_mean{};
    int m_left = 0;       // orders still to be placed
    int m_unanswered = 0; // requests
    int m_commands = 0;
    quint64 m_lastCall = 0;
    Calls m_calls;
    std::vector<TillOrder> m_orders;
};

} // namespace cf::sim
