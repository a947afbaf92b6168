// SPDX-License-Identifier: Apache-2.0
// Pins the bytes of the wire: a change here is a change of the contract, which only grows.
// CF_UPDATE_GOLDEN=1 writes the file anew.
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "tests/shared/sample_messages.h"

#include <QFile>
#include <QTest>

using namespace cf;
using namespace cf::test;

namespace {

QByteArrayList messages()
{
    const OrderState whole = folded(2);
    const OrderEvent placed = makeEvent(1, EventType::OrderPlaced, placedPayload(draft(2)));
    OrderEvent paid = makeEvent(2, EventType::OrderPaid, paidPayload({"card", "pi_123", 2200}));
    paid.actor = {ActorKind::Integration, "till", "192.0.2.7", "till/1.0"};
    const QByteArray piece = canonicalJson(orderToJson(inStatus(OrderStatus::Ready)));
    Hello withSettings = sampleHello();
    withSettings.settings = sampleSettings().id;
    Hello withAlarms = sampleHello();
    withAlarms.alarms = alarmsId(sampleAlarms());
    return {
        encode(sampleHello()),
        encode(sampleAck()),
        encode(sampleCommand()),
        encode(sampleWelcome()),
        encodeSnapPart(17, 4, 1, 1, {piece}, {}),
        encode(sampleSnapEnd()),
        encodeEventsFrame(17, 0, 2, "9f3c00112233aabb",
                          {encodeStreamEvent(placed, &whole), encodeStreamEvent(paid, nullptr)}),
        encode(sampleLive()),
        encode(sampleHeartbeat()),
        encode(sampleResult()),
        encode(Bye{CloseCode::Slow, std::chrono::milliseconds(0)}),
        canonicalJson(eventToJson(paid, EventView::Whole)),
        encodeTrackerView(inStatus(OrderStatus::Ready), {at(60), at(30), at(120)}),
        encode(withSettings),
        encode(sampleSettings()),
        encode(withAlarms),
        encodeAlarms(17, alarmsBody(sampleAlarms())),
        encodeAlarms(17, alarmsBody({}))};
}

} // namespace

class TestGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wireIsPinned()
    {
        const QByteArrayList actual = messages();
        QFile file(QStringLiteral(CF_GOLDEN));
        if (qEnvironmentVariableIsSet("CF_UPDATE_GOLDEN")) {
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(actual.join('\n') + '\n');
            file.close();
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
        const QByteArrayList expected = file.readAll().trimmed().split('\n');
        QCOMPARE(actual.size(), expected.size());
        for (qsizetype i = 0; i < actual.size(); ++i)
            QCOMPARE(actual.at(i), expected.at(i));
    }
};

QTEST_GUILESS_MAIN(TestGolden)
#include "test_golden.moc"
