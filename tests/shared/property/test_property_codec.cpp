// SPDX-License-Identifier: Apache-2.0
#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/order/payload.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "tests/shared/property/generators.h"
#include "tests/shared/property/property_test.h"

#include <QJsonArray>

using namespace cf;
using namespace cf::prop;
using L1 = QLatin1StringView;

namespace {

constexpr qint64 exactMax = Q_INT64_C(1) << 53;

rc::Gen<qint64> position(qint64 min = 0)
{
    return exactInteger(min, exactMax);
}

rc::Gen<int> small(int min)
{
    return rc::gen::cast<int>(exactInteger(min, INT_MAX));
}

template<typename Enum>
rc::Gen<Enum> anyOf(Enum last)
{
    return rc::gen::map(within(0, static_cast<int>(last) + 1),
                        [](int n) { return static_cast<Enum>(n); });
}

OrderEvent anyEvent()
{
    const OrderState order = *reachableOrder();
    OrderEvent event;
    event.pos = *position(1);
    event.id = *uuid();
    event.orderId = *uuid();
    event.seq = *small(1);
    event.type = *anyOf(EventType::FrontNotified);
    if (event.type == EventType::Unknown)
        event.unknownType = *rc::gen::suchThat(name(), [](const QString &type) {
            return eventTypeFromName(type) == EventType::Unknown;
        });
    event.v = *small(1);
    event.at = *moment();
    event.actor = *actor();
    event.payload = event.type == EventType::OrderPlaced ? placedPayload(order)
                                                         : *payloadFor(event.type, order);
    return event;
}

Welcome anyWelcome()
{
    Welcome m;
    m.v = *small(1);
    m.sid = *position();
    m.mode = *anyOf(StreamMode::Snapshot);
    m.reason = *anyOf(SnapshotReason::GapTooLarge);
    m.epoch = *hex(32);
    m.head = *position();
    m.floor = *position();
    m.heartbeat = std::chrono::milliseconds(*position(1));
    m.dead = std::chrono::milliseconds(*position(1));
    m.now = *moment();
    m.outboxLast = *position();
    m.restaurantId = *text();
    return m;
}

CommandResult anyResult()
{
    CommandResult m;
    m.n = *position(1);
    m.status = *anyOf(CommandStatus::Rejected);
    m.pos = *position();
    m.seq = *small(0);
    m.code = *text();
    m.detail = *text();
    if (*rc::gen::arbitrary<bool>())
        m.current = CurrentState{*anyOf(OrderStatus::Cancelled), *small(1)};
    return m;
}

struct Sample {
    FromHub message;
    QByteArray bytes;
};

template<typename Message>
Sample encoded(const Message &message)
{
    return {message, encode(message)};
}

Sample encodedEvents()
{
    Events m{*position(), *position(), *position(), *hex(16), {}};
    std::vector<QByteArray> pieces;
    const int count = *within(0, 3);
    for (int i = 0; i < count; ++i) {
        StreamEvent one{anyEvent(), *maybe(reachableOrder())};
        pieces.push_back(encodeStreamEvent(one.event, one.order ? &*one.order : nullptr));
        one.event.actor.address.clear(); // the kitchen is not told
        one.event.actor.userAgent.clear();
        m.events.push_back(std::move(one));
    }
    return {m, encodeEventsFrame(m.sid, m.prev, m.to, m.h, pieces)};
}

Sample encodedSnapPart()
{
    SnapPart m{*position(), *position(), *small(1), *small(1), {}, {}};
    std::vector<QByteArray> orders;
    std::vector<QByteArray> recent;
    for (int i = *within(0, 3); i > 0; --i) {
        const bool isRecent = *rc::gen::arbitrary<bool>();
        (isRecent ? m.recent : m.orders).push_back(*reachableOrder());
        const OrderState &order = (isRecent ? m.recent : m.orders).back();
        (isRecent ? recent : orders).push_back(canonicalJson(orderToJson(order)));
    }
    return {m, encodeSnapPart(m.sid, m.at, m.part, m.parts, orders, recent)};
}

Sample anyFromHub()
{
    switch (*within(0, 8)) {
    case 0: return encoded(anyWelcome());
    case 1: return encodedSnapPart();
    case 2: return encoded(SnapEnd{*position(), *position(), *hex(16), *small(0), *hex(16)});
    case 3: return encodedEvents();
    case 4: return encoded(Live{*position(), *position(), *small(0), *hex(16)});
    case 5:
        return encoded(
            Heartbeat{*position(), *position(), *hex(16), *small(0), *hex(16), *moment()});
    case 6: return encoded(anyResult());
    default:
        return encoded(
            Bye{*anyOf(CloseCode::Unauthorised), std::chrono::milliseconds(*position())});
    }
}

DeviceCommand anyCommand()
{
    const OrderState order = *reachableOrder();
    const auto type = *anyOf(EventType::FrontNotified);
    return {*position(1),     *uuid(),         eventTypeName(type), *payloadFor(type, order),
            *maybe(small(1)), *maybe(moment())};
}

std::pair<FromDisplay, QByteArray> anyFromDisplay()
{
    switch (*within(0, 3)) {
    case 0: {
        const auto cursor = maybe(rc::gen::exec([] {
            return Cursor{*hex(32), *position(), *hex(16)};
        }));
        const Hello m{*small(1), *name(limits::deviceIdLengthMax), *text(), *cursor, *position(1),
                      *cursor};
        return {m, encode(m)};
    }
    case 1: {
        const Ack m{*position(), *position(), *rc::gen::arbitrary<bool>()};
        return {m, encode(m)};
    }
    default: {
        const DeviceCommand m = anyCommand();
        return {m, encode(m)};
    }
    }
}

// The same, with members that nobody knows in every object that is not the caller's own.
QJsonValue withStrangers(const QJsonValue &value, const QJsonValue &stranger)
{
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue &entry : value.toArray())
            array.append(withStrangers(entry, stranger));
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject object;
    const QJsonObject before = value.toObject();
    for (auto it = before.begin(); it != before.end(); ++it) {
        const bool isCallers = it.key() == L1("payload") || it.key() == L1("meta");
        object.insert(it.key(), isCallers ? it.value() : withStrangers(it.value(), stranger));
    }
    object.insert(QStringLiteral("from_the_future"), stranger);
    return object;
}

} // namespace

class TestPropertyCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheHubSaysReadsBack()
    {
        CF_HOLDS("decode(encode(x)) is x, hub to display", [] {
            const Sample sample = anyFromHub();
            const Result<FromHub> read = decodeFromHub(sample.bytes);
            RC_ASSERT(read.has_value());
            RC_ASSERT(*read == sample.message);
        });
    }

    void whatADisplaySaysReadsBack()
    {
        CF_HOLDS("decode(encode(x)) is x, display to hub", [] {
            const auto [message, bytes] = anyFromDisplay();
            const Result<FromDisplay> read = decodeFromDisplay(bytes);
            RC_ASSERT(read.has_value());
            RC_ASSERT(*read == message);
        });
    }

    void unknownMembersAreIgnored()
    {
        CF_HOLDS("members from the future change nothing", [] {
            const Sample sample = anyFromHub();
            const QJsonValue stranger = *json(2);
            const QJsonValue grown = withStrangers(*parseJsonObject(sample.bytes), stranger);
            const Result<FromHub> read = decodeFromHub(canonicalJson(grown));
            RC_ASSERT(read.has_value());
            RC_ASSERT(*read == sample.message);
            const auto [message, bytes] = anyFromDisplay();
            const QJsonValue more = withStrangers(*parseJsonObject(bytes), stranger);
            const Result<FromDisplay> heard = decodeFromDisplay(canonicalJson(more));
            RC_ASSERT(heard.has_value());
            RC_ASSERT(*heard == message);
        });
    }

    void unknownMessagesAreNamed()
    {
        CF_HOLDS("a message of an unknown t is told apart, whatever it holds", [] {
            QJsonObject message = *jsonObject(2);
            const QString t = QStringLiteral("new_") + *text();
            message.insert(L1("t"), t);
            const QByteArray bytes = canonicalJson(message);
            RC_ASSERT(*decodeFromHub(bytes) == FromHub(UnknownMessage{t}));
            RC_ASSERT(*decodeFromDisplay(bytes) == FromDisplay(UnknownMessage{t}));
        });
    }

    void eventsReadBackWhole()
    {
        CF_HOLDS("an event is kept whole, of whatever type and version", [] {
            const OrderEvent event = anyEvent();
            const QJsonObject whole = eventToJson(event, EventView::Whole);
            const Result<OrderEvent> read = eventFromJson(*parseJsonObject(canonicalJson(whole)));
            RC_ASSERT(read.has_value());
            RC_ASSERT(*read == event);
        });
    }

    void ordersReadBackWhole()
    {
        CF_HOLDS("a folded order is kept whole", [] {
            const OrderState order = *reachableOrder();
            const QByteArray bytes = canonicalJson(orderToJson(order));
            const Result<OrderState> read = orderFromJson(*parseJsonObject(bytes));
            RC_ASSERT(read.has_value());
            RC_ASSERT(*read == order);
        });
    }

    void whatWasOrderedIsWhatIsFolded()
    {
        CF_HOLDS("an order's payload has all of the order", [] {
            OrderState expected = *orderDraft();
            OrderEvent event;
            event.pos = *position(1);
            event.orderId = *uuid();
            event.seq = 1;
            event.type = EventType::OrderPlaced;
            event.at = *moment();
            event.payload = *parseJsonObject(canonicalJson(placedPayload(expected)));
            OrderState order;
            applyEvent(order, event);
            expected.id = event.orderId;
            expected.seq = 1;
            expected.pos = expected.openedPos = event.pos;
            expected.placedAt = event.at;
            RC_ASSERT(order == expected);
        });
    }

    void callersMembersAreKept()
    {
        CF_HOLDS("a payload's own members come back unchanged", [] {
            const OrderState order = *reachableOrder();
            const auto type = *rc::gen::suchThat(anyOf(EventType::FrontNotified), [](EventType t) {
                return t != EventType::OrderPlaced && t != EventType::Unknown;
            });
            QJsonObject payload = *payloadFor(type, order);
            const QJsonObject own = *jsonObject(2);
            for (auto it = own.begin(); it != own.end(); ++it)
                payload.insert(QStringLiteral("x_") + it.key(), it.value());
            const Result<QJsonObject> checked = validatePayload(type, payload);
            RC_ASSERT(checked.has_value());
            for (auto it = own.begin(); it != own.end(); ++it)
                RC_ASSERT(checked->value(QStringLiteral("x_") + it.key()) == it.value());
            RC_ASSERT(*validatePayload(type, *checked) == *checked);
        });
    }

    void newerPayloadsFoldAsOlderOnes()
    {
        CF_HOLDS("a later version of a payload only adds: what is known of it folds the same", [] {
            OrderState older = *reachableOrder();
            OrderState newer = older;
            OrderEvent event = anyEvent();
            event.seq = older.seq + 1;
            event.v = 1;
            applyEvent(older, event);
            event.v = *small(2);
            const QJsonObject more = *jsonObject(2);
            for (auto it = more.begin(); it != more.end(); ++it)
                event.payload.insert(QStringLiteral("v2_") + it.key(), it.value());
            applyEvent(newer, event);
            RC_ASSERT(newer == older);
        });
    }

    void anyPayloadFolds()
    {
        CF_HOLDS("no payload stops a fold, and what it gives can be stored", [] {
            OrderState order = *reachableOrder();
            OrderEvent event = anyEvent();
            event.pos = order.pos + 1;
            event.seq = order.seq + 1;
            QJsonObject payload = *jsonObject(2);
            const auto key = *oneOf<L1>({L1("items"), L1("lines"), L1("note"), L1("course"),
                                         L1("amount"), L1("priority"), L1("covers"), L1("due_at")});
            payload.insert(key, *json(2));
            event.payload = payload;
            applyEvent(order, event);
            RC_ASSERT(order.seq == event.seq);
            const Result<OrderState> read = orderFromJson(orderToJson(order));
            RC_ASSERT(read.has_value());
            RC_ASSERT(*read == order);
        });
    }

    void fingerprintsTellCommandsApart()
    {
        CF_HOLDS("n and made_at are not part of a command's fingerprint, all else is", [] {
            DeviceCommand one = anyCommand();
            DeviceCommand two = one;
            two.n = *position(1);
            two.madeAt = *maybe(moment());
            RC_ASSERT(commandFingerprint(one) == commandFingerprint(two));
            two.payload.insert(QStringLiteral("more"), 1);
            RC_ASSERT(commandFingerprint(one) != commandFingerprint(two));
            two = one;
            two.expectedSeq = one.expectedSeq.value_or(0) ^ 1;
            RC_ASSERT(commandFingerprint(one) != commandFingerprint(two));
        });
    }
};

QTEST_GUILESS_MAIN(TestPropertyCodec)
#include "test_property_codec.moc"
