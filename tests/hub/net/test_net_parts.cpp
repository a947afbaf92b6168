// SPDX-License-Identifier: Apache-2.0
#include "hub/net/access_log.h"
#include "hub/net/event_text.h"
#include "hub/net/metrics.h"
#include "hub/net/problem.h"
#include "hub/net/request_reader.h"
#include "hub/net/tracker_page.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;

class TestNetParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRequestsHoweverTheyAreCut();
    void refusesWhatTwoReadersCouldDisagreeOn_data();
    void refusesWhatTwoReadersCouldDisagreeOn();
    void boundsHeaderAndBody();
    void keepsTrailersOutOfTheHeader();
    void asksForTheBodyOnce();
    void decodesParameters();
    void everyErrorHasAStatus();
    void logsNoToken();
    void fillsTemplatesOnce();
    void countsIntoBuckets();
    void framesEvents();
};

namespace {

constexpr qint64 headerMax = 1024;
constexpr qint64 bodyMax = 64;

RequestReader::State feedAll(RequestReader &reader, QByteArray input)
{
    return reader.feed(input);
}

} // namespace

void TestNetParts::readsRequestsHoweverTheyAreCut()
{
    const QByteArray bytes =
        "POST /a?b=c HTTP/1.1\r\nHost: h\r\nX-Y: 1\r\nContent-Length: 5\r\n\r\nhello"
        "POST /z HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        "GET http://h/q HTTP/1.0\r\n\r\n";
    for (qsizetype piece = 1; piece <= bytes.size(); piece += 7) {
        RequestReader reader(headerMax, bodyMax);
        std::vector<HttpRequest> requests;
        QByteArray input;
        for (qsizetype at = 0; at < bytes.size(); at += piece) {
            input += bytes.mid(at, piece);
            while (!input.isEmpty()) {
                const auto state = reader.feed(input);
                if (state != RequestReader::State::Done)
                    break;
                requests.push_back(reader.take());
            }
        }
        QCOMPARE(requests.size(), size_t(3));
        QCOMPARE(requests.at(0).path, "/a");
        QCOMPARE(requests.at(0).query, "b=c");
        QCOMPARE(requests.at(0).header("x-y"), "1");
        QCOMPARE(requests.at(0).body, "hello");
        QCOMPARE(requests.at(1).body, "abcde");
        QCOMPARE(requests.at(2).path, "/q");
        QVERIFY(reader.isHttp10());
        QVERIFY(!reader.keepAlive());
    }
}

void TestNetParts::refusesWhatTwoReadersCouldDisagreeOn_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("no host") << QByteArray("Content-Length: 0\r\n");
    QTest::newRow("two hosts") << QByteArray("Host: a\r\nHost: b\r\n");
    QTest::newRow("two lengths") << QByteArray(
        "Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n");
    QTest::newRow("a list of lengths") << QByteArray("Host: a\r\nContent-Length: 1, 1\r\n");
    QTest::newRow("a signed length") << QByteArray("Host: a\r\nContent-Length: +1\r\n");
    QTest::newRow("length, then encoding")
        << QByteArray("Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n");
    QTest::newRow("encoding, then length")
        << QByteArray("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n");
    QTest::newRow("other encoding") << QByteArray("Host: a\r\nTransfer-Encoding: gzip\r\n");
    QTest::newRow("chunked, but not last")
        << QByteArray("Host: a\r\nTransfer-Encoding: chunked, gzip\r\n");
    QTest::newRow("encoded twice") << QByteArray("Host: a\r\nTransfer-Encoding: gzip, chunked\r\n");
    QTest::newRow("two encodings")
        << QByteArray("Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
    QTest::newRow("space before the colon") << QByteArray("Host: a\r\nContent-Length : 1\r\n");
    QTest::newRow("expects the unexpected") << QByteArray("Host: a\r\nExpect: 200-ok\r\n");
}

void TestNetParts::refusesWhatTwoReadersCouldDisagreeOn()
{
    QFETCH(QByteArray, header);
    RequestReader reader(headerMax, bodyMax);
    const auto state = feedAll(reader, "POST / HTTP/1.1\r\n" + header + "\r\nx");
    QVERIFY2(state == RequestReader::State::Failed, "the request should be refused");
    QCOMPARE(reader.error().code, ErrorCode::BadRequest);
    QVERIFY(!reader.keepAlive());
}

void TestNetParts::boundsHeaderAndBody()
{
    RequestReader longHeader(headerMax, bodyMax);
    QCOMPARE(feedAll(longHeader, "GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(2000, 'x')),
             RequestReader::State::Failed);
    QCOMPARE(longHeader.error().code, ErrorCode::HeaderTooLarge);

    RequestReader declared(headerMax, bodyMax);
    QCOMPARE(feedAll(declared, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65\r\n\r\n"),
             RequestReader::State::Failed);
    QCOMPARE(declared.error().code, ErrorCode::BodyTooLarge);

    RequestReader chunked(headerMax, bodyMax);
    QCOMPARE(feedAll(chunked, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "30\r\n"
                                  + QByteArray(48, 'x') + "\r\n30\r\n" + QByteArray(48, 'x')
                                  + "\r\n0\r\n\r\n"),
             RequestReader::State::Failed);
    QCOMPARE(chunked.error().code, ErrorCode::BodyTooLarge);

    RequestReader chunkHead(headerMax, bodyMax);
    QCOMPARE(feedAll(chunkHead, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "1;" + QByteArray(20'000, 'x')),
             RequestReader::State::Failed);
}

void TestNetParts::keepsTrailersOutOfTheHeader()
{
    RequestReader reader(headerMax, bodyMax);
    QCOMPARE(feedAll(reader, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "1\r\nx\r\n0\r\nAuthorization: Bearer t\r\n\r\n"),
             RequestReader::State::Done);
    QCOMPARE(reader.take().header("authorization"), QByteArray());
}

void TestNetParts::asksForTheBodyOnce()
{
    RequestReader reader(headerMax, bodyMax);
    QByteArray input =
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    QCOMPARE(reader.feed(input), RequestReader::State::ExpectsContinue);
    QCOMPARE(reader.feed(input), RequestReader::State::NeedMore);
    input = "hi";
    QCOMPARE(reader.feed(input), RequestReader::State::Done);
    QCOMPARE(reader.take().body, "hi");
}

void TestNetParts::decodesParameters()
{
    HttpRequest request;
    request.query = "a=1%2C2&b=x+y&c&a=2&%64=4";
    QCOMPARE(request.parameter("a"), QByteArray("1,2"));
    QCOMPARE(request.parameter("b"), QByteArray("x y"));
    QCOMPARE(request.parameter("c"), QByteArray(""));
    QCOMPARE(request.parameter("d"), QByteArray("4"));
    QVERIFY(!request.parameter("e"));
    request.headers = {{"accept", "text/html, text/event-stream;q=0.9"}};
    QVERIFY(request.accepts("text/event-stream"));
    QVERIFY(!request.accepts("text/plain"));
}

void TestNetParts::everyErrorHasAStatus()
{
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        const HttpResponse response = problemResponse(code, {});
        QVERIFY2(response.status >= 400 && response.status < 600, qPrintable(QString::number(i)));
        QVERIFY(response.body.contains('"' + QByteArray(errorCodeName(code).data()) + '"'));
        QVERIFY(reasonPhrase(response.status) != "Error");
        QCOMPARE(response.contentType, "application/problem+json");
    }
}

void TestNetParts::logsNoToken()
{
    QCOMPARE(loggablePath("/t/0123"), "/t/***");
    QCOMPARE(loggablePath("/v1/track/0123/stream"), "/v1/track/***/stream");
    QCOMPARE(loggablePath("/v1/orders/0123"), "/v1/orders/0123");
    QVERIFY(loggablePath(QByteArray(10'000, 'x')).size() < 1000);
}

void TestNetParts::fillsTemplatesOnce()
{
    QCOMPARE(fillTemplate("a{{x}}b{{y}}c{{", {{"x", "{{y}}"}, {"y", "2"}}), "a{{y}}b2c{{");
    QCOMPARE(fillTemplate("{{none}}", {}), "");
    QCOMPARE(escapeHtml(QStringLiteral("<a href=\"x\">'&")),
             "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
}

void TestNetParts::countsIntoBuckets()
{
    Histogram histogram;
    histogram.add(0.002);
    histogram.add(3);
    histogram.add(100);
    QCOMPARE(histogram.upTo(0), 0);
    QCOMPARE(histogram.upTo(1), 1);
    QCOMPARE(histogram.upTo(Histogram::bounds.size() - 1), 2);
    QCOMPARE(histogram.count(), 3);
    QCOMPARE(quantile({}, 0.5), 0.0);
    QCOMPARE(quantile({3, 1, 2}, 0.5), 2.0);
    QCOMPARE(quantile({3, 1, 2}, 0.99), 3.0);
}

void TestNetParts::framesEvents()
{
    QCOMPARE(eventText(QLatin1StringView("ev"), "{}", "e.1"), "id: e.1\nevent: ev\ndata: {}\n\n");
    QCOMPARE(eventText(QLatin1StringView("hb"), "{}", {}), "event: hb\ndata: {}\n\n");
}

QTEST_GUILESS_MAIN(TestNetParts)
#include "test_net_parts.moc"
