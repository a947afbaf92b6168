// SPDX-License-Identifier: Apache-2.0
#include "hub/net/session.h"
#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

const std::vector<AccessToken> tokens = {{Role::Kitchen, "kitchen", "k-token"},
                                         {Role::Manager, "manager", "m-token"}};

QByteArray bearer(const QByteArray &token)
{
    return "Authorization: Bearer " + token + "\r\n";
}

// What the browser would send back.
QByteArray cookieOf(const QByteArray &answer)
{
    const QByteArray set = headerOf(answer, "set-cookie");
    return set.isEmpty() ? QByteArray() : "Cookie: other=1; " + set.left(set.indexOf(';')) + "\r\n";
}

QByteArray logIn(const NetKit &kit, const QByteArray &token)
{
    return ask(kit.port(), postText("/v1/session", "", bearer(token)));
}

} // namespace

class TestNetSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSealedSessionOpensUntilItEnds();
    void nothingElseOpens_data();
    void nothingElseOpens();
    void otherTokensEndAllSessions();
    void withoutTokensNothingIsSealed();
    void aCookieStandsForItsToken();
    void itIsKeptFromScripts();
    void foreignPagesCannotUseIt();
    void loggingOutForgetsIt();
    void aWrongTokenOpensNone();
    void aDemoNeedsNone();
};

void TestNetSession::aSealedSessionOpensUntilItEnds()
{
    const SessionSeal seal(tokens);
    const Timestamp now{1'000'000ms};
    const QByteArray sealed = seal.seal({Caller{Role::Manager, "Ana ü.;"}, now + 1s});
    const auto opened = seal.open(sealed, now);
    QVERIFY(opened);
    QCOMPARE(opened->caller.role, Role::Manager);
    QCOMPARE(opened->caller.name, "Ana ü.;");
    QVERIFY(opened->caller.browser && !opened->caller.demo);
    QVERIFY(!seal.open(sealed, now + 1s));
}

void TestNetSession::nothingElseOpens_data()
{
    QTest::addColumn<QByteArray>("sealed");
    const SessionSeal seal(tokens);
    const QByteArray good = seal.seal({Caller{Role::Kitchen, "kitchen"}, Timestamp{1h}});
    const QByteArray better = seal.seal({Caller{Role::Manager, "manager"}, Timestamp{1h}});
    const qsizetype dot = good.indexOf('.');
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a dot") << QByteArray(".");
    QTest::newRow("no seal") << good.left(dot + 1);
    QTest::newRow("half a seal") << good.left(dot + 10);
    QTest::newRow("another's seal") << better.left(better.indexOf('.')) + good.mid(dot);
    QTest::newRow("changed") << "A" + good;
    QTest::newRow("too long") << good + QByteArray(10'000, 'A');
}

void TestNetSession::nothingElseOpens()
{
    QFETCH(const QByteArray, sealed);
    QVERIFY(!SessionSeal(tokens).open(sealed, Timestamp{}));
}

void TestNetSession::otherTokensEndAllSessions()
{
    std::vector<AccessToken> changed = tokens;
    changed[1].token = "another";
    const QByteArray sealed =
        SessionSeal(tokens).seal({Caller{Role::Kitchen, "kitchen"}, Timestamp{1h}});
    QVERIFY(SessionSeal(tokens).open(sealed, Timestamp{}));
    QVERIFY(!SessionSeal(changed).open(sealed, Timestamp{}));
}

void TestNetSession::withoutTokensNothingIsSealed()
{
    QCOMPARE(SessionSeal({}).seal({Caller{}, Timestamp{1h}}), QByteArray());
    QVERIFY(!SessionSeal({}).open(".", Timestamp{}));
}

void TestNetSession::aCookieStandsForItsToken()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray answer = logIn(kit, "manager-token");
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(jsonOf(answer).value("role").toString(), "manager");
    const QByteArray cookie = cookieOf(answer);
    QCOMPARE(statusOf(ask(kit.port(), getText("/metrics", cookie))), 200);
    QCOMPARE(jsonOf(ask(kit.port(), getText("/v1/session", cookie))), jsonOf(answer));
    const QByteArray kitchen = cookieOf(logIn(kit, "kitchen-token"));
    QCOMPARE(statusOf(ask(kit.port(), getText("/metrics", kitchen))), 403);
    QCOMPARE(statusOf(ask(kit.port(), getText("/v1/displays", kitchen))), 200);
    // A token that is sent is the one that counts, and a wrong one is no reason to look further.
    QCOMPARE(statusOf(ask(kit.port(), getText("/metrics", cookie + bearer("wrong")))), 401);
}

void TestNetSession::itIsKeptFromScripts()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray answer = logIn(kit, "manager-token");
    const QByteArray set = headerOf(answer, "set-cookie");
    for (const char *part : {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"})
        QVERIFY2(set.contains(part), set.constData());
    QVERIFY2(!set.contains("Secure"), "this came over plain HTTP");
    QVERIFY2(!answer.contains("manager-token"), "the token itself is not handed out again");
}

void TestNetSession::foreignPagesCannotUseIt()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray cookie = cookieOf(logIn(kit, "manager-token"));
    const QByteArray foreign = cookie + "Origin: http://evil.example\r\n";
    QCOMPARE(statusOf(ask(kit.port(), getText("/metrics", foreign))), 403);
    const QByteArray port = QByteArray::number(kit.port());
    const QByteArray own = cookie + "Origin: http://localhost:" + port + "\r\n";
    QCOMPARE(statusOf(ask(kit.port(), "GET /metrics HTTP/1.1\r\nHost: localhost:" + port + "\r\n"
                                          + own + "\r\n")),
             200);
}

void TestNetSession::loggingOutForgetsIt()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray answer = ask(kit.port(), "DELETE /v1/session HTTP/1.1\r\nHost: hub\r\n\r\n");
    QCOMPARE(statusOf(answer), 204);
    QVERIFY2(headerOf(answer, "set-cookie").contains("cf_session=; "), answer.constData());
    QVERIFY2(headerOf(answer, "set-cookie").contains("Max-Age=0"), answer.constData());
}

void TestNetSession::aWrongTokenOpensNone()
{
    const NetKit kit(NetKit::guarded());
    const QByteArray answer = logIn(kit, "wrong");
    QCOMPARE(statusOf(answer), 401);
    QVERIFY(headerOf(answer, "set-cookie").isEmpty());
    QCOMPARE(statusOf(ask(kit.port(), getText("/v1/session"))), 401);
    QCOMPARE(statusOf(ask(kit.port(), getText("/v1/session", "Cookie: cf_session=forged\r\n"))),
             401);
}

void TestNetSession::aDemoNeedsNone()
{
    const NetKit kit;
    QCOMPARE(jsonOf(ask(kit.port(), getText("/v1/session"))).value("role").toString(), "manager");
    QVERIFY(headerOf(ask(kit.port(), postText("/v1/session", "")), "set-cookie").isEmpty());
}

QTEST_GUILESS_MAIN(TestNetSession)
#include "test_net_session.moc"
