// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <mutex>
#include <optional>
#include <vector>

// What happened, as seen from outside: what was asked of the hub and what came back, what its
// streams said, what displays kept, and what is in the log. Plain facts; nothing here judges.
namespace cf::crash {

// One row of the log.
struct LogEvent {
    qint64 pos = 0;
    QByteArray id;    // 32 hex digits
    QByteArray order; // 32 hex digits
    int seq = 0;
    QByteArray type;
    QByteArray chain; // first 16 hex digits of the chain hash
    // What the client wrote into it to know it again: the number of a placed order, the text of a
    // note; else empty.
    QByteArray mark;
    [[nodiscard]] QString text() const;
};

enum class Outcome : quint8 {
    Unknown, // no answer yet: it may have happened or not
    Ok,
    Failed, // refused: it must not have happened
};

// Events first to last of the log, of one order; `seq` is the last one's.
struct Effect {
    QByteArray order;
    qint64 first = 0;
    qint64 last = 0;
    int seq = 0;
    bool operator==(const Effect &) const = default;
    [[nodiscard]] QString text() const;
};

// A request over HTTP, asked again under its key until it is answered.
struct Operation {
    QString who;
    QByteArray key; // Idempotency-Key or command_id
    QByteArray type;
    QByteArray order; // empty for order_placed, until it is answered
    QByteArray mark;
    Outcome outcome = Outcome::Unknown;
    int attempts = 0;
    int answers = 0;
    std::optional<Effect> effect;          // of the first answer
    std::optional<Effect> differentAnswer; // a later one that was not the first one again
    QByteArray refusal;                    // status and body
    [[nodiscard]] QString text() const;
};

// A command of a display or of a recorder, by its own account.
struct DeviceCommand {
    QString device;
    qint64 n = 0;
    QByteArray order;
    QByteArray type;
    QByteArray mark;
    bool isAnswered = false;
    QByteArray status; // applied, noop, rejected; of a duplicate, what it repeats is not known
    qint64 pos = 0;    // 0: none
    int seq = 0;
    QString differentAnswer; // a later one that was not the first one again
    [[nodiscard]] QString text() const;
};

// What the hub has recorded of one.
struct HandledCommand {
    QString device;
    qint64 n = 0;
    QByteArray status;
    qint64 pos = 0;
    int seq = 0;
};

// Someone stood at `pos` of the log and held this board; fields that were not told are empty.
struct Sighting {
    QString who;
    QByteArray epoch;
    qint64 pos = 0;
    QByteArray chain;
    QByteArray digest;
    std::optional<int> count;
};

// An event as a stream told it.
struct ToldEvent {
    QString who;
    qint64 pos = 0;
    QByteArray id;
    QByteArray order;
    int seq = 0;
    QByteArray type;
};

// Something that must not be.
struct Finding {
    QString rule;
    QString what; // names the operation, the device or the position
};

// "0192aaaa-…" as 32 hex digits.
QByteArray plainId(const QString &uuid);

// The operations of all clients. Thread-safe.
class Operations
{
public:
    // Invoked; its index.
    size_t invoke(Operation operation);
    void attempt(size_t index);
    void succeed(size_t index, const Effect &effect);
    void fail(size_t index, const QByteArray &refusal);

    [[nodiscard]] std::vector<Operation> all() const;
    // Those answered since the last call.
    std::vector<Operation> takeAnswered();
    [[nodiscard]] size_t size() const;
    [[nodiscard]] size_t answered() const;

private:
    mutable std::mutex m_mutex;
    std::vector<Operation> m_operations;
    std::vector<size_t> m_fresh; // answered and not taken yet
    size_t m_answered = 0;
};

} // namespace cf::crash
