// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/http_client.h"

#include <QString>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace cf::test {

// Tells threads to end, also those that hold back before they try again.
class StopSignal
{
public:
    void stop();
    [[nodiscard]] bool isStopped();
    // True when stopped, at once; else false after `limit`.
    bool isStoppedWithin(std::chrono::milliseconds limit);

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_stopped = false;
};

// A till and a kitchen in one: places paid orders and moves them along, one request after the
// other. run() asks again under the same key until it is answered. Some orders stay open in every
// status, some are completed, some cancelled.
class OrderTraffic
{
public:
    // `name` makes keys and order numbers its own.
    OrderTraffic(quint16 port, QString name) : m_http(port), m_name(std::move(name)) { }

    // Appends at least `events` events. False: the hub refused something (see refusal()).
    bool append(int events);
    // Until `stop`: an unanswered request is given up then.
    bool run(StopSignal &stop);

    // What the hub has acknowledged: the highest seq of each order. Every seq up to it is promised.
    [[nodiscard]] const std::map<QString, int> &acknowledged() const { return m_acknowledged; }
    // Safe from another thread.
    [[nodiscard]] int acknowledgedEvents() const { return m_events; }
    [[nodiscard]] QByteArray refusal() const { return m_refusal; }
    void disconnect() { m_http.disconnect(); }

private:
    bool playOrder();
    QString place();
    bool move(const QString &orderId, const QString &type, const QJsonObject &payload = {});
    HttpReply insist(const QByteArray &target, const QJsonObject &body, const HttpHeaders &headers);
    bool acknowledge(const QString &orderId, const HttpReply &reply);

    HttpClient m_http;
    QString m_name;
    int m_orders = 0;
    int m_commands = 0;
    std::atomic<int> m_events{0};
    StopSignal *m_stop = nullptr;
    int m_wanted = -1; // events, -1: no end
    std::map<QString, int> m_acknowledged;
    QByteArray m_refusal;
};

// The same from several threads at once, at full speed, until told to stop.
class TrafficThreads
{
public:
    TrafficThreads(quint16 port, int count);
    ~TrafficThreads();
    TrafficThreads(const TrafficThreads &) = delete;
    TrafficThreads &operator=(const TrafficThreads &) = delete;

    void stop();
    [[nodiscard]] int acknowledgedEvents() const;
    // After stop().
    [[nodiscard]] std::map<QString, int> acknowledged() const;
    [[nodiscard]] QByteArray refusal() const;

private:
    StopSignal m_stop;
    std::vector<std::unique_ptr<OrderTraffic>> m_traffic;
    std::vector<std::thread> m_threads;
};

} // namespace cf::test
