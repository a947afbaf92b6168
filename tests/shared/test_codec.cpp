// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "tests/shared/sample_messages.h"
#include "tests/shared/sample_orders.h"

#include <QJsonDocument>
#include <QTest>

using namespace cf;
using namespace cf::test;

class TestCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromDisplayRoundTrip()
    {
        QCOMPARE(std::get<Hello>(*decodeFromDisplay(encode(sampleHello()))), sampleHello());
        Hello first = sampleHello();
        first.cursor.reset();
        QCOMPARE(std::get<Hello>(*decodeFromDisplay(encode(first))), first);
        first.seen = sampleHello().cursor;
        QCOMPARE(std::get<Hello>(*decodeFromDisplay(encode(first))), first);
        for (const QByteArray &id : {QByteArray(), QByteArray("44136fa355b3678a")}) {
            first.settings = id;
            first.alarms = id;
            QCOMPARE(std::get<Hello>(*decodeFromDisplay(encode(first))), first);
        }
        QCOMPARE(std::get<Ack>(*decodeFromDisplay(encode(sampleAck()))), sampleAck());
        QCOMPARE(std::get<DeviceCommand>(*decodeFromDisplay(encode(sampleCommand()))),
                 sampleCommand());
        DeviceCommand plain = sampleCommand();
        plain.expectedSeq.reset();
        plain.madeAt.reset();
        QCOMPARE(std::get<DeviceCommand>(*decodeFromDisplay(encode(plain))), plain);
    }

    // An answer over plain HTTP carries the stream's `res` as an object.
    void resultFromAnObject()
    {
        CommandResult result;
        result.n = 7;
        result.status = CommandStatus::Applied;
        result.pos = 12;
        result.seq = 3;
        result.current = CurrentState{OrderStatus::Ready, 3};
        const QJsonObject json = QJsonDocument::fromJson(encode(result)).object();
        const Result<CommandResult> read = resultFromJson(json);
        QVERIFY2(read && *read == result, "what was encoded");
        QJsonObject broken = json;
        broken.remove(QStringLiteral("n"));
        QVERIFY2(!resultFromJson(broken), "an answer without its number");
    }

    void settingsFromAnObject()
    {
        SettingsMessage settings = sampleSettings();
        QJsonObject json = *parseJsonObject(encode(settings));
        json.remove(QStringLiteral("sid"));
        settings.sid = 0;
        QCOMPARE(*settingsMessageFromJson(json), settings);
        json.insert(QStringLiteral("id"), QString()); // said, but without a name
        const Result<SettingsMessage> nameless = settingsMessageFromJson(json);
        QVERIFY(!nameless);
        QVERIFY2(nameless.error().detail.contains("\"id\""), qPrintable(nameless.error().detail));
    }

    void alarmsFromAnObject()
    {
        const AlarmsMessage alarms{0, alarmsId(sampleAlarms()), sampleAlarms()};
        QJsonObject json = *parseJsonObject(alarmsBody(sampleAlarms()));
        QCOMPARE(*alarmsMessageFromJson(json), alarms);
        QJsonArray stations = json.value("stations").toArray();
        QJsonObject first = stations.at(0).toObject();
        first.insert("reason", "on fire"); // a newer hub's
        stations.replace(0, first);
        json.insert("stations", stations);
        QCOMPARE(alarmsMessageFromJson(json)->stations.at(0).reason, AlarmReason::Behind);
        for (const char *key : {"since", "tickets"}) {
            QJsonObject without = first;
            without.remove(QLatin1StringView(key));
            json.insert("stations", QJsonArray{without});
            QVERIFY2(!alarmsMessageFromJson(json), key);
        }
        for (int i = 0; i < limits::stationsMax; ++i)
            stations.append(first);
        json.insert("stations", stations);
        QVERIFY2(!alarmsMessageFromJson(json), "more than there can be stations");
    }

    void fromHubRoundTrip()
    {
        const auto check = [](const auto &message) {
            const auto decoded = decodeFromHub(encode(message));
            if (!decoded)
                return QTest::qFail(qPrintable(decoded.error().detail), __FILE__, __LINE__);
            QCOMPARE(std::get<std::decay_t<decltype(message)>>(*decoded), message);
        };
        check(sampleWelcome());
        Welcome resumed = sampleWelcome();
        resumed.mode = StreamMode::Resume;
        resumed.reason = SnapshotReason::None;
        resumed.restaurantId.clear();
        check(resumed);
        check(sampleSnapEnd());
        check(sampleLive());
        check(sampleHeartbeat());
        check(sampleResult());
        CommandResult applied{41, CommandStatus::Applied, 18241, 6, {}, {}, std::nullopt};
        check(applied);
        check(sampleSettings());
        check(SettingsMessage{17, {}, 0, {}});
        check(AlarmsMessage{17, alarmsId(sampleAlarms()), sampleAlarms()});
        check(AlarmsMessage{17, {}, {}});
        check(Bye{CloseCode::Slow, std::chrono::milliseconds(250)});
    }

    void eventsFrame()
    {
        const OrderState whole = folded(2);
        const OrderEvent placed = makeEvent(1, EventType::OrderPlaced, placedPayload(draft(2)));
        OrderEvent paid = makeEvent(2, EventType::OrderPaid);
        const QByteArray frame = encodeEventsFrame(
            17, 0, 2, "00112233445566aa",
            {encodeStreamEvent(placed, &whole), encodeStreamEvent(paid, nullptr)});
        const auto decoded = decodeFromHub(frame);
        QVERIFY(decoded);
        const Events &events = std::get<Events>(*decoded);
        QCOMPARE(events.prev, 0);
        QCOMPARE(events.to, 2);
        QCOMPARE(events.h, QByteArray("00112233445566aa"));
        QCOMPARE(events.events.at(0), (StreamEvent{placed, whole}));
        QCOMPARE(events.events.at(1), (StreamEvent{paid, std::nullopt}));
    }

    void snapFrame()
    {
        const OrderState a = inStatus(OrderStatus::Ready);
        const OrderState b = inStatus(OrderStatus::Completed);
        const auto piece = [](const OrderState &o) { return canonicalJson(orderToJson(o)); };
        const auto decoded =
            decodeFromHub(encodeSnapPart(17, 9, 1, 2, {piece(a), piece(a)}, {piece(b)}));
        QVERIFY(decoded);
        QCOMPARE(std::get<SnapPart>(*decoded), (SnapPart{17, 9, 1, 2, {a, a}, {b}}));
    }

    void orderRoundTrip()
    {
        OrderState order = folded(3, {{EventType::OrderPaid, paidPayload({"card", "pi", 12})},
                                      {EventType::ItemStarted, linesPayload({"1"})},
                                      {EventType::OrderNoteAdded, {{"note", "n"}}},
                                      {EventType::KitchenNotified, {{"message", "k"}}},
                                      {EventType::FrontNotified, {{"message", "f"}}},
                                      {EventType::CourseFired, {{"course", 2}}},
                                      {EventType::OrderCancelled, {{"reason", "r"}}}});
        order.dueAt = at(99);
        order.lines.front().movedTo = QStringLiteral("fry");
        order.lines.front().allergensAcknowledged = true;
        order.lines.back().voidAcknowledged = true;
        order.covers = 3;
        order.meta = {{"k", QJsonArray{1, 2}}};
        const auto again = orderFromJson(orderToJson(order));
        QVERIFY(again);
        QCOMPARE(*again, order);
        for (const char *key : {"order_id", "status", "seq"}) {
            QJsonObject json = orderToJson(order);
            json.remove(QLatin1StringView(key));
            const auto bad = orderFromJson(json);
            QVERIFY(!bad);
            QVERIFY2(bad.error().detail.contains(QLatin1StringView(key)),
                     qPrintable(bad.error().detail));
        }
    }

    void eventViews()
    {
        OrderEvent e = makeEvent(1, EventType::OrderPaid);
        e.actor.address = QStringLiteral("192.0.2.7");
        e.actor.userAgent = QStringLiteral("till/1");
        QCOMPARE(*eventFromJson(eventToJson(e, EventView::Whole)), e);
        const QByteArray streamed = encodeStreamEvent(e, nullptr);
        QVERIFY(!streamed.contains("192.0.2.7") && !streamed.contains("till/1"));
        OrderEvent odd = makeEvent(2, EventType::Unknown);
        odd.unknownType = QStringLiteral("order_teleported");
        QCOMPARE(*eventFromJson(eventToJson(odd, EventView::Whole)), odd);
        for (const char *key : {"pos", "id", "order_id", "seq", "type", "at"}) {
            QJsonObject json = eventToJson(e, EventView::Whole);
            json.remove(QLatin1StringView(key));
            QVERIFY2(!eventFromJson(json), key);
        }
    }

    void unknownMessagesAreNamed()
    {
        QCOMPARE(std::get<UnknownMessage>(*decodeFromDisplay("{\"t\":\"dance\"}")).t,
                 QStringLiteral("dance"));
        QCOMPARE(std::get<UnknownMessage>(*decodeFromHub("{\"t\":\"dance\"}")).t,
                 QStringLiteral("dance"));
        QVERIFY(!decodeFromDisplay("no"));
        QVERIFY(!decodeFromHub("no"));
    }

    void unknownFieldsAreIgnored()
    {
        QByteArray bytes = encode(sampleHeartbeat());
        bytes.replace("{", R"({"zzz":[1,{}],)");
        QCOMPARE(std::get<Heartbeat>(*decodeFromHub(bytes)), sampleHeartbeat());
        QCOMPARE(std::get<Bye>(*decodeFromHub("{\"t\":\"bye\",\"code\":\"tea\"}")), Bye{});
    }

    void badMessagesNameTheField_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *field, QByteArray bytes) {
            QTest::addRow("%s %s", field, bytes.constData()) << bytes << QString::fromLatin1(field);
        };
        row("device", R"({"t":"hello"})");
        row("pos", R"({"t":"ack"})");
        row("n", R"({"t":"cmd","n":0})");
        row("order_id", R"({"t":"cmd","n":1,"order_id":"x"})");
        const QByteArray id = R"("order_id":"0192b3c4-0000-7000-8000-000000000001")";
        row("type", R"({"t":"cmd","n":1,)" + id + "}");
        row("payload", R"({"t":"cmd","n":1,"type":"x","payload":[],)" + id + "}");
        row("expected_seq", R"({"t":"cmd","n":1,"type":"x","expected_seq":"5",)" + id + "}");
    }

    void badMessagesNameTheField()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, field);
        const auto decoded = decodeFromDisplay(bytes);
        QVERIFY(!decoded);
        QVERIFY2(decoded.error().detail.contains(u'"' + field + u'"'),
                 qPrintable(decoded.error().detail));
    }

    // Each required member of each message from the hub, taken away or spoilt, is refused.
    void badHubMessages()
    {
        const QByteArray whole = canonicalJson(orderToJson(folded(1)));
        const QByteArray placed = encodeStreamEvent(makeEvent(1, EventType::OrderPlaced), nullptr);
        const QByteArray good[] = {encode(sampleWelcome()),
                                   encode(sampleSnapEnd()),
                                   encode(sampleLive()),
                                   encode(sampleHeartbeat()),
                                   encode(sampleResult()),
                                   encode(sampleSettings()),
                                   encodeAlarms(17, alarmsBody(sampleAlarms())),
                                   encodeEventsFrame(1, 0, 1, "00112233445566aa", {placed}),
                                   encodeSnapPart(1, 1, 1, 1, {whole}, {})};
        const QStringList optional = {"t",      "reason",  "restaurant_id", "code",
                                      "detail", "current", "pos",           "seq"};
        for (const QByteArray &bytes : good) {
            const QJsonObject json = *parseJsonObject(bytes);
            QVERIFY2(decodeFromHub(bytes), bytes.constData());
            for (const QString &key : json.keys()) {
                if (optional.contains(key))
                    continue;
                QJsonObject spoilt = json;
                spoilt.insert(key, QJsonArray{QJsonObject{}});
                const auto decoded = decodeFromHub(canonicalJson(spoilt));
                QVERIFY2(!decoded, qPrintable(key + " in " + bytes));
            }
        }
        for (const char *key : {"orders", "recent", "events"}) { // not even an array
            for (const QByteArray &bytes : good) {
                QJsonObject spoilt = *parseJsonObject(bytes);
                if (spoilt.contains(QLatin1StringView(key))) {
                    spoilt.insert(QLatin1StringView(key), 7);
                    QVERIFY2(!decodeFromHub(canonicalJson(spoilt)), key);
                }
            }
        }
        QByteArray badOrder = encodeEventsFrame(1, 0, 1, "00112233445566aa", {placed});
        badOrder.replace(R"("payload":{})", R"("payload":{},"order":{})");
        QVERIFY(!decodeFromHub(badOrder));
    }

    void fingerprintIsOfTheWish()
    {
        DeviceCommand a = sampleCommand();
        DeviceCommand b = a;
        b.n = 77;
        b.madeAt = at(5);
        QCOMPARE(commandFingerprint(a), commandFingerprint(b));
        b.type = QStringLiteral("order_started");
        QVERIFY(commandFingerprint(a) != commandFingerprint(b));
    }

    void trackerSteps_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("step");
        const char *steps[] = {"created", "received", "received", "in_kitchen",
                               "ready",   "closed",   "cancelled"};
        for (int i = 0; i < 7; ++i)
            QTest::newRow(orderStatusName(static_cast<OrderStatus>(i)).data())
                << i << QString::fromLatin1(steps[i]);
    }

    void trackerSteps()
    {
        QFETCH(int, status);
        QFETCH(QString, step);
        const auto view =
            parseJsonObject(encodeTrackerView(inStatus(static_cast<OrderStatus>(status)), {}));
        QVERIFY(view);
        QCOMPARE(view->value(QStringLiteral("step")).toString(), step);
    }

    void trackerItemsSayWhatBecameOfThem()
    {
        OrderState order = folded(1, {});
        OrderLine late = order.lines.front();
        late.addedSeq = 4;
        late.item.modifiers = {{QStringLiteral("Extras"), QStringLiteral("Bacon"), 2, 150}};
        order.lines.push_back(late);
        const auto view = parseJsonObject(encodeTrackerView(order, {}));
        QVERIFY(view);
        const QJsonArray items = view->value(QStringLiteral("items")).toArray();
        QVERIFY(!items.first().toObject().contains(QStringLiteral("added")));
        const QJsonObject added = items.last().toObject();
        QVERIFY(added.value(QStringLiteral("added")).toBool());
        const QJsonObject bacon{{"name", "Bacon"}, {"quantity", 2}}; // what it costs is not said
        QCOMPARE(added.value(QStringLiteral("modifiers")).toArray(), QJsonArray{bacon});
    }

    // A guest sees the food and the steps; not who cooked, who else ordered, nor how it was paid.
    void trackerKeepsSecrets()
    {
        OrderState order =
            folded(2, {{EventType::OrderPaid, paidPayload({"card", "pi_secret", 4711})},
                       {EventType::ItemVoided, linesPayload({"2"})},
                       {EventType::KitchenNotified, {{"message", "rude table"}}}});
        order.customerPhone = QStringLiteral("555-1234");
        const QByteArray view = encodeTrackerView(order, {at(60), at(30), at(120)});
        for (const char *secret : {"pi_secret", "4711", "rude", "555-1234", "grill-1"})
            QVERIFY2(!view.contains(secret), secret);
        QVERIFY(view.contains("\"voided\":true"));
        QVERIFY(view.contains("\"eta\":\"2026-"));
        QVERIFY(view.contains("\"eta_from\":\"2026-") && view.contains("\"eta_to\":\"2026-"));
    }
};

QTEST_GUILESS_MAIN(TestCodec)
#include "test_codec.moc"
