// SPDX-License-Identifier: Apache-2.0
// Every message between hub and display, stream and polling, both ways: what is read can be
// written, and reads back the same.
#include "kds-app/sync/poll_codec.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "tests/fuzz/fuzz.h"

namespace cf::fuzz {

namespace {

std::vector<QByteArray> encoded(const std::vector<OrderState> &orders)
{
    std::vector<QByteArray> pieces;
    for (const OrderState &order : orders)
        pieces.push_back(canonicalJson(orderToJson(order)));
    return pieces;
}

template<typename Message>
QByteArray written(const Message &message)
{
    return encode(message);
}

template<>
QByteArray written(const SnapPart &m)
{
    return encodeSnapPart(m.sid, m.at, m.part, m.parts, encoded(m.orders), encoded(m.recent));
}

template<>
QByteArray written(const Events &m)
{
    std::vector<QByteArray> events;
    for (const StreamEvent &one : m.events)
        events.push_back(encodeStreamEvent(one.event, one.order ? &*one.order : nullptr));
    return encodeEventsFrame(m.sid, m.prev, m.to, m.h, events);
}

template<>
QByteArray written(const SettingsMessage &m)
{
    return encodeSettings(m.sid, canonicalJson({{QStringLiteral("id"), QString::fromLatin1(m.id)},
                                                {QStringLiteral("rev"), m.rev},
                                                {QStringLiteral("settings"), m.settings}}));
}

template<>
QByteArray written(const AlarmsMessage &m)
{
    return encodeAlarms(m.sid, alarmsBody(m.stations));
}

template<>
QByteArray written(const UnknownMessage &m)
{
    return canonicalJson(QJsonObject{{QStringLiteral("t"), m.t}});
}

// By their bytes: QJsonObject is not equal to itself for every key there is.
template<typename Decode>
void readsBack(QByteArrayView input, Decode decode)
{
    const auto write = [](const auto &message) { return written(message); };
    const auto message = decode(input);
    if (!message)
        return;
    const QByteArray bytes = std::visit(write, *message);
    const auto again = decode(bytes);
    CF_DEMAND(again.has_value());
    CF_DEMAND(again->index() == message->index());
    CF_DEMAND(std::visit(write, *again) == bytes);
}

} // namespace

void run(QByteArrayView input)
{
    readsBack(input, decodeFromDisplay);
    readsBack(input, decodeFromHub);
    if (const Result<PollPage> page = decodePollPage(input)) {
        CF_DEMAND(page->count >= 0 && parseCursor(page->cursor.text()) == page->cursor);
        CF_DEMAND(!page->outboxLast || *page->outboxLast >= 0);
    }
    if (const Result<PollSnapshot> snapshot = decodePollSnapshot(input)) {
        for (const QByteArray &order : encoded(snapshot->orders))
            CF_DEMAND(orderFromJson(*parseJsonObject(order)).has_value());
    }
    if (const auto result = decodeEventResult(1, input))
        CF_DEMAND(result->n == 1 && resultFromJson(resultToJson(*result))->n == 1);
    (void)decodeEventAnswer(1, true, input);
    const CommandResult refused = decodeEventAnswer(1, false, input);
    CF_DEMAND(refused.status == CommandStatus::Rejected && !refused.code.isEmpty());
    if (const Result<QJsonObject> json = parseJsonObject(input)) {
        if (const Result<OrderEvent> event = eventFromJson(*json)) {
            const QByteArray whole = canonicalJson(eventToJson(*event, EventView::Whole));
            const Result<OrderEvent> again = eventFromJson(*parseJsonObject(whole));
            CF_DEMAND(again && canonicalJson(eventToJson(*again, EventView::Whole)) == whole);
        }
    }
}

} // namespace cf::fuzz
