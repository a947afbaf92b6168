// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/hub_process.h"
#include "tests/support/kitchen_client.h"

#include <QJsonArray>

using namespace cf::test;

namespace {
constexpr int orders = 250;
constexpr int linesEach = 100;
// An order of this size is sent twice over, so some 12 MB: far beyond what sockets buffer, and far
// beyond what one display may cost.
constexpr qint64 growthMax = 48 * 1024 * 1024;
constexpr int smallBuffer = 4096;

const QByteArray handshake = "GET /v1/kds/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                             "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                             "Sec-WebSocket-Version: 13\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

// A masked text frame with an all-zero mask.
QByteArray frame(const QByteArray &text)
{
    QByteArray bytes;
    bytes += char(0x81);
    bytes += char(0x80 | text.size());
    return bytes + QByteArray(4, '\0') + text;
}
} // namespace

// One display stops reading: it is let go, and nobody else notices.
class TestE2eSlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void displayThatStopsReadingIsLetGo();
};

void TestE2eSlow::displayThatStopsReadingIsLetGo()
{
    HubProcess hub;
    QVERIFY2(hub.start(), hub.tail().constData());
    KitchenClient healthy("healthy");
    healthy.open(hub.port());
    CF_WAIT_FOR(healthy.has("live"), hub.tail());

    QTcpSocket stuck;
    stuck.setReadBufferSize(smallBuffer);
    stuck.connectToHost("127.0.0.1", hub.port());
    QVERIFY(stuck.waitForConnected());
    stuck.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, smallBuffer);
    stuck.write(handshake);
    CF_WAIT_FOR(stuck.peek(12) == "HTTP/1.1 101", stuck.peek(smallBuffer));
    stuck.write(frame(R"({"t":"hello","v":1,"device":"stuck","name":"stuck","cursor":null})"));
    CF_WAIT_FOR(hub.display("stuck").value("connected").toBool(), hub.tail());

    const qint64 before = hub.residentBytes();
    HttpClient http(hub.port());
    for (int i = 1; i <= orders; ++i) {
        const HttpReply placed = http.post("/v1/orders", orderBody(QString::number(i), linesEach));
        QVERIFY2(placed.status == 201, placed.brief().constData());
        const QByteArray id = placed.json().value("order_id").toString().toUtf8();
        // Closed at once, so that what grows is not the board.
        QCOMPARE(http.post("/v1/orders/" + id + "/events", QJsonObject{{"type", "order_cancelled"}})
                     .status,
                 201);
        QCoreApplication::processEvents();
    }
    const qint64 head = posOf(hub.snapshot().value("cursor").toString());
    QCOMPARE(head, 3 * orders);
    CF_WAIT_FOR(posOf(healthy.cursor()) == head, hub.tail());
    QVERIFY2(healthy.isGapless(), "the healthy display missed something");
    QCOMPARE(static_cast<int>(healthy.events().size()), 3 * orders);
    QVERIFY(!healthy.has("bye"));

    const qint64 growth = hub.residentBytes() - before;
    QVERIFY2(growth < growthMax, ("grew by " + QByteArray::number(growth)).constData());
    CF_WAIT_FOR(!hub.display("stuck").value("connected").toBool(true), hub.tail());
    QVERIFY(hub.display("healthy").value("connected").toBool());
    QVERIFY(!healthy.has("bye"));
    qInfo("resident memory grew by %lld KiB over %d orders", growth / 1024, orders);
}

QTEST_GUILESS_MAIN(TestE2eSlow)
#include "test_e2e_slow.moc"
