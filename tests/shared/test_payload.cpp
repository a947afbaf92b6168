// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "shared/order/payload.h"

#include <QJsonDocument>
#include <QTest>

using namespace cf;

namespace {

QJsonObject json(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

// The body of the wire contract's own example.
QJsonObject example()
{
    return json(R"({"source":{"name":"till","external_id":"T-1042"},"number":"47",
        "service_type":"takeaway","table":null,"covers":2,"customer":{"name":"Ana","phone":null},
        "due_at":"2026-11-21T12:00:00Z","note":"no cutlery","currency":"EUR","priority":true,
        "meta":{"t":1.5},
        "items":[{"line_id":"1","sku":"BURG","name":"Cheeseburger","quantity":2,"unit_price":950,
          "category":"grill","station":null,"course":1,"seat":null,"note":"well done",
          "allergens":["milk","gluten"],
          "modifiers":[{"group":"Extras","name":"Bacon","quantity":1,"unit_price":150}]}],
        "payment":{"method":"card","reference":"pi_123","amount":2200}})");
}

QString pointersOf(const Error &error)
{
    QStringList pointers;
    for (const FieldError &field : error.fields)
        pointers.append(field.pointer);
    return pointers.join(u' ');
}

} // namespace

class TestPayload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsValidAndReadBack()
    {
        const QStringList lines = {"1", "2"};
        const QJsonObject moved = movedPayload(lines, "fry");
        QCOMPARE(*validatePayload(EventType::ItemMoved, moved), moved);
        QCOMPARE(linesOf(moved), std::optional(lines));
        QCOMPARE(stationOf(moved), QStringLiteral("fry"));
        QCOMPARE(*validatePayload(EventType::CourseFired, coursePayload(3)), coursePayload(3));
        QCOMPARE(courseOf(coursePayload(3)), 3);
        for (const bool first : {true, false}) {
            const QJsonObject payload = priorityPayload(first);
            QCOMPARE(*validatePayload(EventType::OrderPrioritised, payload), payload);
            QCOMPARE(priorityOf(payload), first);
        }
        const QJsonObject told = messagePayload("come");
        QCOMPARE(*validatePayload(EventType::FrontNotified, told), told);
        QCOMPARE(messageOf(told), QStringLiteral("come"));
    }

    void example_isRead()
    {
        const auto request = parseOrderRequest(example());
        QVERIFY2(request, request ? "" : qPrintable(request.error().detail));
        const OrderState &order = request->order;
        QCOMPARE(order.number, QStringLiteral("47"));
        QCOMPARE(order.sourceName, QStringLiteral("till"));
        QCOMPARE(order.serviceType, ServiceType::Takeaway);
        QVERIFY(order.table.isEmpty());
        QCOMPARE(order.covers, 2);
        QCOMPARE(order.customerName, QStringLiteral("Ana"));
        QVERIFY(order.dueAt && order.priority);
        const Item &item = order.lines.at(0).item;
        QCOMPARE(item.quantity, 2);
        QCOMPARE(item.unitPrice, 950);
        QCOMPARE(item.allergens, (QStringList{"milk", "gluten"}));
        QCOMPARE(item.modifiers.at(0).name, QStringLiteral("Bacon"));
        QCOMPARE(request->payment->amount, 2200);
    }

    void placedPayload_readsBack()
    {
        const OrderState order = parseOrderRequest(example())->order;
        OrderState again;
        readPlaced(placedPayload(order), again);
        QCOMPARE(again, order);
        OrderState bare;
        bare.lines.push_back({});
        readPlaced(placedPayload(bare), again);
        QCOMPARE(again, bare);
    }

    // What a till says of discounts, taxes and the rest goes to the receipt as it was said.
    void paymentsAreReadAndWritten()
    {
        const QJsonObject payment = json(R"({"method":"card","reference":"pi_1","amount":2600,
            "subtotal":2400,"discounts":[{"name":"Happy hour","amount":100}],
            "taxes":[{"name":"VAT","rate_percent":8.125,"amount":187},
                     {"name":"Food","amount":0,"included":true}],
            "tip":200,"total":2687})");
        QJsonObject body = example();
        body.insert("payment", payment);
        const auto request = parseOrderRequest(body);
        QVERIFY2(request, request ? "" : qPrintable(request.error().detail));
        QCOMPARE(request->payment->taxes.at(0).rate, 8'125);
        QVERIFY(request->payment->taxes.at(1).included && !request->payment->taxes.at(1).rate);
        QCOMPARE(request->payment->discounts.at(0), (Discount{"Happy hour", 100}));
        QCOMPARE(paidPayload(*request->payment), payment);
        QCOMPARE(paymentOf(payment), *request->payment);
        QCOMPARE(*validatePayload(EventType::OrderPaid, payment), payment);
    }

    // The caller's own word of it does not count.
    void theRestaurantsRevisionIsTheHubsToSay()
    {
        const QJsonObject said{{"amount", 5}, {"restaurant_rev", 99}};
        QCOMPARE(restaurantRevisionOf(withRestaurantRevision(said, 3)), 3);
        QVERIFY(!withRestaurantRevision(said, 0).contains("restaurant_rev"));
        QCOMPARE(restaurantRevisionOf({}), 0);
    }

    void smallestOrder()
    {
        const auto request = parseOrderRequest(json(R"({"items":[{"name":"Tea","quantity":1}]})"));
        QVERIFY(request);
        QCOMPARE(request->order.lines.at(0).item.lineId, QStringLiteral("1"));
        QVERIFY(!request->payment && request->order.number.isEmpty());
    }

    void numbersMayBeLabels()
    {
        const auto request = parseOrderRequest(json(
            R"({"number":47,"table":12,"items":[{"line_id":2,"name":"A","quantity":1},
               {"name":"B","quantity":1},{"name":"C","quantity":1}]})"));
        QVERIFY(request);
        QCOMPARE(request->order.number, QStringLiteral("47"));
        QCOMPARE(request->order.table, QStringLiteral("12"));
        QCOMPARE(request->order.lines.at(0).item.lineId, QStringLiteral("2"));
        QCOMPARE(request->order.lines.at(1).item.lineId, QStringLiteral("1"));
        QCOMPARE(request->order.lines.at(2).item.lineId, QStringLiteral("3"));
    }

    void badFieldsAreNamed_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("pointers");
        const auto row = [](const char *pointers, const char *body) {
            QTest::addRow("%s %s", pointers, body)
                << QString::fromUtf8(body) << QString::fromLatin1(pointers);
        };
        row("/items", "{}");
        row("/items", R"({"items":[]})");
        row("/items", R"({"items":{}})");
        row("/items/0", R"({"items":[7]})");
        row("/items/0/name /items/0/quantity", R"({"items":[{}]})");
        row("/items/0/name", R"({"items":[{"name":"  ","quantity":1}]})");
        row("/items/0/name", R"({"items":[{"name":7,"quantity":1}]})");
        row("/items/0/quantity", R"({"items":[{"name":"A","quantity":0}]})");
        row("/items/0/quantity", R"({"items":[{"name":"A","quantity":1000}]})");
        row("/items/0/quantity", R"({"items":[{"name":"A","quantity":1.5}]})");
        row("/items/0/quantity", R"({"items":[{"name":"A","quantity":"1"}]})");
        row("/items/0/unit_price", R"({"items":[{"name":"A","quantity":1,"unit_price":1e13}]})");
        row("/items/0/allergens", R"({"items":[{"name":"A","quantity":1,"allergens":"milk"}]})");
        row("/items/0/allergens/1",
            R"({"items":[{"name":"A","quantity":1,"allergens":["milk",""]}]})");
        row("/items/0/modifiers/0", R"({"items":[{"name":"A","quantity":1,"modifiers":[1]}]})");
        row("/items/0/modifiers/0/name",
            R"({"items":[{"name":"A","quantity":1,"modifiers":[{}]}]})");
        row("/items/1/line_id", R"({"items":[{"line_id":"1","name":"A","quantity":1},
                                             {"line_id":"1","name":"B","quantity":1}]})");
        row("/source", R"({"source":"till","items":[{"name":"A","quantity":1}]})");
        row("/source/name", R"({"source":{"name":7.5},"items":[{"name":"A","quantity":1}]})");
        row("/service_type", R"({"service_type":"drone","items":[{"name":"A","quantity":1}]})");
        row("/due_at", R"({"due_at":"noon","items":[{"name":"A","quantity":1}]})");
        row("/currency", R"({"currency":"eur","items":[{"name":"A","quantity":1}]})");
        row("/currency", R"({"currency":"EURO","items":[{"name":"A","quantity":1}]})");
        row("/priority", R"({"priority":"yes","items":[{"name":"A","quantity":1}]})");
        row("/covers", R"({"covers":-1,"items":[{"name":"A","quantity":1}]})");
        row("/payment", R"({"payment":7,"items":[{"name":"A","quantity":1}]})");
        row("/payment/amount", R"({"payment":{"amount":"1"},"items":[{"name":"A","quantity":1}]})");
        const auto paid = [&row](const char *pointers, const QByteArray &payment) {
            row(pointers, ("{\"payment\":" + payment + R"(,"items":[{"name":"A","quantity":1}]})")
                              .constData());
        };
        paid("/payment/discounts/0", R"({"discounts":["half"]})");
        paid("/payment/discounts/0/amount", R"({"discounts":[{"name":"Half"}]})");
        paid("/payment/discounts/0/amount", R"({"discounts":[{"name":"Half","amount":-1}]})");
        paid("/payment/taxes/0/name", R"({"taxes":[{"amount":1}]})");
        for (const char *rate : {"\"8\"", "-1", "1001", "8.1234"}) {
            paid("/payment/taxes/0/rate_percent",
                 QByteArray(R"({"taxes":[{"name":"VAT","amount":1,"rate_percent":)") + rate
                     + "}]}");
        }
        paid("/payment/tip", R"({"tip":-5})");
    }

    void badFieldsAreNamed()
    {
        QFETCH(QString, body);
        QFETCH(QString, pointers);
        const auto request = parseOrderRequest(json(body.toUtf8().constData()));
        QVERIFY2(!request, "expected a refusal");
        QCOMPARE(request.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(pointersOf(request.error()), pointers);
    }

    void boundsHold()
    {
        QJsonObject body = example();
        body.insert("note", QString(limits::noteLengthMax + 1, u'x'));
        body.insert("meta", QJsonObject{{"x", QString(limits::metaBytesMax, u'x')}});
        QJsonArray items;
        for (int i = 0; i <= limits::itemsPerRequestMax; ++i)
            items.append(QJsonObject{{"name", "A"}, {"quantity", 1}});
        body.insert("items", items);
        const auto request = parseOrderRequest(body);
        QVERIFY(!request);
        QCOMPARE(pointersOf(request.error()), QStringLiteral("/note /meta /items"));
        items.removeLast();
        body = {{"items", items}};
        QVERIFY(parseOrderRequest(body));
    }

    void commandPayloads_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("payload");
        QTest::addColumn<QString>("pointers"); // empty: fine
        const auto row = [](EventType type, const char *payload, const char *pointers) {
            QTest::addRow("%s %s", eventTypeName(type).data(), payload)
                << static_cast<int>(type) << QString::fromLatin1(payload)
                << QString::fromLatin1(pointers);
        };
        row(EventType::OrderReady, R"({"anything":1})", "");
        row(EventType::OrderPaid, R"({"method":"cash","amount":100})", "");
        row(EventType::OrderPaid, R"({"amount":"much"})", "/payload/amount");
        row(EventType::OrderCancelled, R"({"reason":"late"})", "");
        row(EventType::OrderCancelled, R"({"reason":7})", "/payload/reason");
        row(EventType::OrderRecalled, R"({})", "");
        row(EventType::OrderRecalled, R"({"lines":[]})", "");
        row(EventType::OrderRecalled, R"({"lines":"1"})", "/payload/lines");
        row(EventType::ItemReady, R"({"lines":["1",2]})", "");
        row(EventType::ItemReady, R"({})", "/payload/lines");
        row(EventType::ItemReady, R"({"lines":[]})", "/payload/lines");
        row(EventType::ItemReady, R"({"lines":[{}]})", "/payload/lines/0");
        row(EventType::ItemStarted, R"({})", "/payload/lines");
        row(EventType::ItemRecalled, R"({})", "/payload/lines");
        row(EventType::ItemVoided, R"({"lines":["1"],"reason":1})", "/payload/reason");
        row(EventType::ItemMoved, R"({"lines":["1"],"station":"fry"})", "");
        row(EventType::ItemMoved, R"({"lines":["1"]})", "/payload/station");
        row(EventType::ItemMoved, R"({"station":"fry"})", "/payload/lines");
        row(EventType::AllergensAcknowledged, R"({})", "/payload/lines");
        row(EventType::VoidAcknowledged, R"({"lines":["1"]})", "");
        row(EventType::CourseHeld, R"({"course":100})", "/payload/course");
        row(EventType::ItemsAdded, R"({"items":[{"name":"A","quantity":1}]})", "");
        row(EventType::ItemsAdded, R"({"items":[{"name":"A"}]})", "/payload/items/0/quantity");
        row(EventType::OrderPrioritised, R"({})", "");
        row(EventType::OrderPrioritised, R"({"priority":1})", "/payload/priority");
        row(EventType::OrderNoteAdded, R"({"note":"x"})", "");
        row(EventType::OrderNoteAdded, R"({})", "/payload/note");
        row(EventType::CourseFired, R"({"course":2})", "");
        row(EventType::CourseFired, R"({})", "/payload/course");
        row(EventType::CourseFired, R"({"course":0})", "/payload/course");
        row(EventType::KitchenNotified, R"({"message":"x"})", "");
        row(EventType::FrontNotified, R"({"message":""})", "/payload/message");
    }

    void commandPayloads()
    {
        QFETCH(int, type);
        QFETCH(QString, payload);
        QFETCH(QString, pointers);
        const auto checked =
            validatePayload(static_cast<EventType>(type), json(payload.toUtf8().constData()));
        if (pointers.isEmpty())
            QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));
        else
            QVERIFY2(!checked, "expected a refusal");
        if (!checked)
            QCOMPARE(pointersOf(checked.error()), pointers);
    }

    void unknownKeysAreKeptAndLinesNormalised()
    {
        const auto checked =
            validatePayload(EventType::ItemReady, json(R"({"lines":[1,"b"],"t":1.25})"));
        QVERIFY(checked);
        QCOMPARE(*checked, json("{\"lines\":[\"1\",\"b\"],\"t\":1.25}"));
        QCOMPARE(linesOf(*checked), (QStringList{"1", "b"}));
        QVERIFY(!linesOf({}));
    }

    void payloadSizeIsBounded()
    {
        const QJsonObject large{{"x", QString(limits::payloadBytesMax, u'x')}};
        const auto checked = validatePayload(EventType::OrderReady, large, QStringLiteral("/p"));
        QVERIFY(!checked);
        QCOMPARE(pointersOf(checked.error()), QStringLiteral("/p"));
    }

    void longLabelsAreRefused()
    {
        const auto checked = validatePayload(
            EventType::ItemReady, {{"lines", QJsonArray{QString(limits::keyLengthMax + 1, u'x')}}});
        QVERIFY(!checked);
        QCOMPARE(pointersOf(checked.error()), QStringLiteral("/payload/lines/0"));
    }
};

QTEST_GUILESS_MAIN(TestPayload)
#include "test_payload.moc"
