// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/board.h"
#include "shared/protocol/json_codec.h"

#include <QStringList>

namespace cf::test {

// A display that is strict with the hub: whatever breaks a rule of the kitchen stream is a fault.
// Board and cursor outlive connections, as on a tablet.
class DisplayModel
{
public:
    void connected(); // a new stream begins
    void take(const FromHub &message);

    std::optional<Cursor> cursor;
    Board board;
    bool isLive = false;
    qint64 sid = 0;
    qint64 applied = 0;   // events
    qint64 snapshots = 0; // completed
    QStringList faults;

private:
    void expect(bool holds, const QString &rule);
    void on(const Welcome &message);
    void on(const SnapPart &message);
    void on(const SnapEnd &message);
    void on(const Events &message);
    void on(const Live &message);
    void on(const Heartbeat &message);
    void on(const CommandResult &) { }
    void on(const SettingsMessage &message);
    void on(const AlarmsMessage &message);
    void on(const Bye &) { m_open = false; }
    void on(const UnknownMessage &) { expect(false, QStringLiteral("a known message")); }
    [[nodiscard]] bool matches(int count, const QByteArray &digest) const;

    bool m_open = false;
    bool m_welcomed = false;
    bool m_snapshot = false; // parts are coming
    Welcome m_welcome;
    std::vector<OrderState> m_orders;
    std::vector<OrderState> m_recent;
    int m_parts = 0;
};

} // namespace cf::test
