// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"
#include "shared/base/ids.h"
#include "shared/kitchen/kitchen_settings.h"
#include "shared/order/payload.h"
#include "shared/order/transition.h"
#include "shared/protocol/messages.h"

#include <QHash>

#include <variant>

namespace cf::hub {

// POST /v1/orders, already parsed and validated.
struct PlaceOrder {
    OrderRequest request;
    QByteArray idempotencyKey; // empty: none given
    QByteArray fingerprint;    // SHA-256 of the canonical body
};

// POST /v1/orders/{id}/events, already parsed; the payload already validated.
struct AppendEvent {
    Command command;
    QByteArray commandId; // empty: none given
    QByteArray fingerprint;
};

// `cmd` from a display. Validated here, because a refusal must be recorded too.
struct DisplayCommand {
    QString device;
    DeviceCommand command;
    // The device has had its command `after` answered. A log without it has lost events, and takes
    // nothing new before the device has offered again what is missing. 0: nothing is claimed.
    qint64 after = 0;
};

// PUT /v1/settings or /v1/settings/{name}, already parsed and validated.
struct ChangeSettings {
    QByteArray name;    // of the document
    QByteArray body;    // canonical JSON
    qint64 basedOn = 0; // the revision that whoever changes it has seen
};
ChangeSettings changeKitchen(const KitchenSettings &settings, qint64 basedOn);

// Found behind what a display has already seen: the log lost events.
struct RenewEpoch {
    QString why;
};

struct Request {
    std::variant<PlaceOrder, AppendEvent, DisplayCommand, ChangeSettings, RenewEpoch> what;
    Actor actor;
};

enum class Outcome : quint8 {
    Applied,  // 201
    Replayed, // 200, Idempotency-Replayed
    Refused,  // `error`, with `current` where there is an order
};

// One request's own answer; given out only after its batch is on disk.
struct Answer {
    Outcome outcome = Outcome::Refused;
    Error error;
    std::optional<CurrentState> current;
    // The answer's JSON body: for PlaceOrder {order_id, number, tracker_token, tracker_url, status,
    // seq, pos}, for AppendEvent {event, status, seq, pos}, for ChangeSettings see settingsBody().
    // Empty when refused.
    QByteArray body;
    // For DisplayCommand: the final result, applied or not. Empty when the log could not be read or
    // written (error says StorageFailed): nothing was decided, and the display must ask again.
    std::optional<CommandResult> result;
};

// An event on disk, encoded once for everyone.
struct CommittedEvent {
    OrderEvent event;
    ChainHash chain{};
    QByteArray encoded;              // encodeStreamEvent(...)
    std::optional<OrderState> whole; // set when the event (re)opens the order
};

struct CommittedBatch {
    std::vector<CommittedEvent> events;
    LogHead head;
    bool epochRenewed = false;
    std::vector<SettingsRecord> settings; // the documents that have changed

    // Nothing to tell.
    [[nodiscard]] bool isEmpty() const
    {
        return events.empty() && !epochRenewed && settings.empty();
    }
};

struct BatchResult {
    std::vector<Answer> answers; // as many as requests, in their order
    CommittedBatch committed;    // empty when nothing was appended
    bool storageFailed = false;  // nothing of the batch was kept: call recover()
};

// What a hub starts from.
struct HubImage {
    LogHead head;
    QString restaurantId;
    std::vector<OrderState> open;
    std::vector<OrderState> recent;
    Documents settings;
};

// Decides commands, in turn, against the folded orders, and appends what they decided in one
// transaction. Sans-IO but for the EventLog it is given; one thread (the log thread).
// One refused command does not fail its neighbours; one failed commit fails all of its batch.
class OrderService
{
public:
    OrderService(EventLog &log, const Clock &clock, Random &random);

    // Reads the folded orders; also after a failed commit (after the log's reopen()).
    Result<HubImage> load();
    BatchResult handle(std::vector<Request> requests);

private:
    class Batch;

    Answer answer(Batch &batch, Request request);
    Answer place(Batch &batch, PlaceOrder request, const Actor &actor);
    Answer append(Batch &batch, const AppendEvent &request, const Actor &actor);
    Answer display(Batch &batch, const DisplayCommand &request, const Actor &actor);
    Answer changeSettings(Batch &batch, const ChangeSettings &request, const Actor &actor);
    Answer renew(Batch &batch, const RenewEpoch &request);
    CommandResult decideDisplay(Batch &batch, const DeviceCommand &command, const Actor &actor,
                                Answer &answer);
    QString nextNumber(Batch &batch);
    void commit(Batch &batch, BatchResult &result);
    void keep(const Batch &batch);
    void setOpen(const OrderState &order);

    EventLog &m_log;
    const Clock &m_clock;
    Random &m_random;
    QHash<QUuid, OrderState> m_open;
    QHash<QString, int> m_openNumbers; // how many open orders bear a number
    std::optional<DayNumber> m_dayNumber;
    Documents m_settings;
    bool m_lost = true; // memory is not what is on disk: load() first
};

} // namespace cf::hub
