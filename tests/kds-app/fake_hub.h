// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/ids.h"
#include "shared/order/board.h"
#include "shared/protocol/json_codec.h"

#include <map>

namespace cf::kds::test {

class FakeClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return m_now; }
    [[nodiscard]] Monotonic monotonic() const override { return m_monotonic; }
    void advance(std::chrono::milliseconds by)
    {
        m_now += by;
        m_monotonic += by;
    }

private:
    Timestamp m_now{std::chrono::milliseconds(1'795'000'000'000)};
    Monotonic m_monotonic{std::chrono::milliseconds(1'000)};
};

// The same numbers each run.
class CountingRandom final : public Random
{
public:
    void fill(std::span<quint8> bytes) override
    {
        for (quint8 &byte : bytes) {
            m_state = m_state * 1'103'515'245U + 12'345U;
            byte = static_cast<quint8>(m_state >> 16);
        }
    }

private:
    quint32 m_state = 1;
};

// A hub in memory: decides by the shared rules, remembers its log and each command's result. What
// it says is encoded by the shared codec; chain hashes are made up.
class FakeHub
{
public:
    QUuid place(const QString &number, int lines = 2); // placed and paid
    void append(const QUuid &orderId, EventType type, const QJsonObject &payload = {});
    CommandResult handle(const DeviceCommand &command);
    // Back to an earlier moment, as from a backup, in a new incarnation.
    void restore(qint64 pos, qint64 outboxLast);

    [[nodiscard]] const QByteArray &epoch() const { return m_epoch; }
    [[nodiscard]] qint64 head() const { return static_cast<qint64>(m_log.size()); }
    [[nodiscard]] QByteArray hash(qint64 pos) const;
    [[nodiscard]] const Board &board() const { return m_board; }
    [[nodiscard]] Cursor cursor() const { return {m_epoch, head(), hash(head())}; }
    [[nodiscard]] qint64 outboxLast() const
    {
        return m_results.empty() ? 0 : m_results.rbegin()->first;
    }
    // How often command n was decided, not answered again.
    [[nodiscard]] int decided(qint64 n) const
    {
        return m_decided.contains(n) ? m_decided.at(n) : 0;
    }

    [[nodiscard]] Events events(qint64 prev, qint64 to, qint64 sid = 1) const;
    [[nodiscard]] Welcome welcome(StreamMode mode, qint64 sid, Timestamp now) const;
    [[nodiscard]] QByteArray evFrame(qint64 prev, qint64 to, qint64 sid = 1) const;
    [[nodiscard]] QByteArray snapFrame(qint64 sid = 1) const;
    [[nodiscard]] QByteArray snapEndFrame(qint64 sid = 1) const;
    [[nodiscard]] QByteArray liveFrame(qint64 sid = 1) const;
    [[nodiscard]] QByteArray hbFrame(qint64 sid, Timestamp now) const;
    [[nodiscard]] QByteArray digest() const { return digestText(m_board.digest()); }

    // The polling answers' bodies.
    [[nodiscard]] QByteArray pollPage(qint64 since, int limit) const;
    [[nodiscard]] QByteArray pollSnapshot() const;

private:
    struct Logged {
        OrderEvent event;
        std::optional<OrderState> whole;
    };
    void log(OrderEvent event);

    QByteArray m_epoch = QByteArray(32, 'a');
    std::vector<Logged> m_log;
    Board m_board;
    std::map<qint64, CommandResult> m_results;
    std::map<qint64, int> m_decided;
};

} // namespace cf::kds::test
