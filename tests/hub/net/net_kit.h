// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/server.h"
#include "tests/support/memory_event_log.h"

#include <QJsonObject>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

namespace cf::test {

// The system's time, moved on by the test.
class ShiftedClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return m_system.now() + shift(); }
    [[nodiscard]] Monotonic monotonic() const override { return m_system.monotonic() + shift(); }
    void advance(std::chrono::milliseconds by) { m_shift += by.count(); }

private:
    [[nodiscard]] std::chrono::milliseconds shift() const
    {
        return std::chrono::milliseconds(m_shift.load());
    }
    SystemClock m_system;
    std::atomic<qint64> m_shift = 0;
};

// A real server on a loopback port, on a thread of its own, over a log in memory. What the log and
// reader threads do in a hub is done here in later turns of the same loop.
class NetKit
{
public:
    explicit NetKit(hub::ServerConfig config = demo());
    ~NetKit();
    NetKit(const NetKit &) = delete;
    NetKit &operator=(const NetKit &) = delete;

    static hub::ServerConfig demo();
    // Tokens "kitchen-token", "manager-token" and "integration-token".
    static hub::ServerConfig guarded();

    // What a server with this configuration says instead of listening; empty when it listens.
    static QString whyNotListening(const hub::ServerConfig &config);

    [[nodiscard]] quint16 port() const { return m_port; }
    // Runs on the server's thread and waits for it.
    void onLoop(const std::function<void()> &job);
    template<typename T>
    T ask(const std::function<T()> &question)
    {
        T answer{};
        onLoop([&] { answer = question(); });
        return answer;
    }
    [[nodiscard]] hub::NetStats stats();
    [[nodiscard]] qint64 headPos();
    [[nodiscard]] QByteArray epoch();

    // Refuses every submit and read from now on, as a hub out of room does.
    void setFull(bool full);
    // What is submitted from now on waits for release(), as behind a slow disk.
    void hold();
    [[nodiscard]] int heldCount();
    void release();
    void setReady(bool ready);
    void failNextCommit();
    void failRenewals(); // from now on
    void advance(std::chrono::milliseconds by);
    // Asks the server to stop; the future is ready once it has.
    std::future<void> stop();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
    quint16 m_port = 0;
};

// An order's body: lines "1" ... , paid.
QJsonObject orderBody(const QString &number, int lines = 2);

} // namespace cf::test
