// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/crash/history.h"
#include "tests/crash/order_book.h"
#include "tests/support/http_client.h"
#include "tests/support/order_traffic.h"

#include <atomic>
#include <deque>
#include <memory>
#include <thread>

namespace cf::crash {

// How a till reaches the hub.
struct TillRoute {
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = 0;
    QByteArray token; // empty: the hub asks for none
};

// A till and a cook in one, over HTTP: places orders and moves those of the book along, one
// request after the other, each under a key of its own. An unanswered request is asked again under
// the same key until it is answered, and now and then an answered one too.
class Till
{
public:
    Till(QString name, TillRoute route, OrderBook &book, Operations &operations, quint64 seed);

    // Until `stop`; then the last request is insisted on until `giveUp`.
    void run(cf::test::StopSignal &stop, cf::test::StopSignal &giveUp);

private:
    struct Asked {
        QByteArray target;
        QJsonObject body;
        cf::test::HttpHeaders headers;
        size_t operation = 0;
        bool isPlacing = false;
    };

    void step(cf::test::StopSignal &giveUp);
    void place(cf::test::StopSignal &giveUp);
    void move(const QString &order, cf::test::StopSignal &giveUp);
    void insist(const Asked &asked, cf::test::StopSignal &giveUp);
    void settle(const Asked &asked, const cf::test::HttpReply &reply);

    QString m_name;
    QByteArray m_token;
    cf::test::HttpClient m_http;
    OrderBook &m_book;
    Operations &m_operations;
    cf::test::SeededRandom m_random;
    std::deque<Asked> m_answered; // some of the latest, to be asked again
    int m_count = 0;
};

// Several, each in a thread of its own.
class Tills
{
public:
    Tills(const std::vector<TillRoute> &routes, OrderBook &book, Operations &operations,
          quint64 seed);
    ~Tills();
    Tills(const Tills &) = delete;
    Tills &operator=(const Tills &) = delete;

    // No new requests.
    void calm() { m_stop.stop(); }
    // All have their last answer.
    [[nodiscard]] bool isDone() const { return m_running == 0; }

private:
    cf::test::StopSignal m_stop;
    cf::test::StopSignal m_giveUp;
    std::atomic<int> m_running{0};
    std::vector<std::thread> m_threads;
};

} // namespace cf::crash
