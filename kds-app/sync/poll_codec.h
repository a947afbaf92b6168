// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"
#include "shared/protocol/messages.h"

namespace cf {

// The kitchen stream as plain HTTP, from the display's side: what a poller reads and asks.

// GET /v1/kds/events. `count` and `digest` are the hub's board at `cursor` when there is no more.
struct PollPage {
    Cursor cursor;
    std::vector<StreamEvent> events;
    bool more = false;
    int count = 0;
    QByteArray digest;
    std::optional<qint64> outboxLast;        // see Welcome; only where it was asked for
    std::optional<SettingsMessage> settings; // when they are others than those it was asked with
    std::optional<AlarmsMessage> alarms;     // likewise
    bool operator==(const PollPage &) const = default;
};
Result<PollPage> decodePollPage(QByteArrayView bytes);

// GET /v1/kds/snapshot.
struct PollSnapshot {
    Cursor cursor;
    std::vector<OrderState> orders;
    std::vector<OrderState> recent;
    int count = 0;
    QByteArray digest;
    std::optional<qint64> outboxLast;
    bool operator==(const PollSnapshot &) const = default;
};
Result<PollSnapshot> decodePollSnapshot(QByteArrayView bytes);

// The body of POST /v1/orders/{order_id}/events. By device and n the hub knows the command again
// whichever way it comes; a hub that is older than that knows it by its command_id. `after`: the
// last command before it that was answered and not refused, 0 for none.
QByteArray encodeEventRequest(const DeviceCommand &command, const QString &device,
                              const QString &name, qint64 after);
// The hub's log has lost commands that were answered; this one was not decided.
bool saysCommandsMissing(int httpStatus, QByteArrayView bytes);
// The hub's own result for command n; nullopt when the answer, of whatever HTTP status, has none.
std::optional<CommandResult> decodeEventResult(qint64 n, QByteArrayView bytes);
// An older hub's answer as the stream would have given it: `isAccepted` tells a 2xx body from a
// problem document. A body that says nothing still answers the command: it has been decided.
CommandResult decodeEventAnswer(qint64 n, bool isAccepted, QByteArrayView bytes);

} // namespace cf
