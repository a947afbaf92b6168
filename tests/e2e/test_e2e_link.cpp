// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/wait_for.h"
#include "tests/support/display_process.h"
#include "tests/support/fault_proxy.h"
#include "tests/support/hub_process.h"
#include "tests/support/kitchen_client.h"
#include "tests/support/order_traffic.h"

using namespace cf::test;

namespace {
constexpr int eventsBefore = 30;
constexpr int eventsInTheGap = 200;
constexpr int bytesUntilCut = 700; // in the middle of the first ev frame or two
} // namespace

// A display's way to the hub breaks and comes back: what it shows, and what it was sent.
class TestE2eLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void displayCatchesUpAfterABrokenLink_data();
    void displayCatchesUpAfterABrokenLink();
    void displayResumesAfterTheHubRestarts();

private:
    [[nodiscard]] bool showsTheHub() const
    {
        const QJsonObject hub = m_hub->snapshot();
        return m_display->shows(posOf(hub.value("cursor").toString()),
                                hub.value("digest").toString());
    }
    void breakLink(const QString &how);
    void checkOnlyTheGapWasApplied(const QJsonObject &before);
    void checkOnlyTheGapIsSent(const QString &cursor);

    std::unique_ptr<HubProcess> m_hub;
    std::unique_ptr<FaultProxy> m_proxy;
    std::unique_ptr<DisplayProcess> m_display;
    std::unique_ptr<OrderTraffic> m_traffic;
};

void TestE2eLink::init()
{
    m_hub = std::make_unique<HubProcess>();
    QVERIFY2(m_hub->start(), m_hub->tail().constData());
    m_traffic = std::make_unique<OrderTraffic>(m_hub->port(), "A");
    QVERIFY2(m_traffic->append(eventsBefore), m_traffic->refusal().constData());
    m_proxy = std::make_unique<FaultProxy>(m_hub->port());
    m_display = std::make_unique<DisplayProcess>("grill-1");
    QVERIFY2(m_display->start(m_proxy->port()), m_display->brief().constData());
    CF_WAIT_FOR(showsTheHub(), m_display->brief());
}

void TestE2eLink::cleanup()
{
    m_display.reset();
    m_proxy.reset();
    m_traffic.reset();
    m_hub.reset();
}

void TestE2eLink::displayCatchesUpAfterABrokenLink_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("cut in the middle of a frame") << "cut";
    QTest::newRow("half open and silent") << "silent";
    QTest::newRow("refused") << "refuse";
}

void TestE2eLink::breakLink(const QString &how)
{
    if (how == "cut")
        m_proxy->cutAfter(bytesUntilCut);
    else
        m_proxy->setLink(how == "silent" ? Link::Silent : Link::Refuse);
}

// The display went on from where it was: no snapshot, each event once. Polling may be what it comes
// back by; the stream is what it ends with.
void TestE2eLink::checkOnlyTheGapWasApplied(const QJsonObject &before)
{
    const qint64 resumes = before.value("resumes").toInteger();
    CF_WAIT_FOR(m_display->number("resumes") > resumes && m_display->isLive()
                    && !m_display->status().value("polling").toBool(),
                m_display->brief());
    const QJsonObject after = m_display->status();
    const auto grown = [&](const char *key) {
        return after.value(key).toInteger() - before.value(key).toInteger();
    };
    QCOMPARE(grown("snapshots"), 0);
    QCOMPARE(grown("applied_events"), grown("pos"));
    QCOMPARE(after.value("duplicates_ignored").toInteger(), 0);
    QCOMPARE(after.value("digest_mismatches").toInteger(), 0);
}

// A client with the same cursor is sent the events after it, each once, in order, and no snapshot.
void TestE2eLink::checkOnlyTheGapIsSent(const QString &cursor)
{
    KitchenClient recorder("recorder");
    recorder.open(m_hub->port(), cursor);
    CF_WAIT_FOR(recorder.has("live"), m_hub->tail());
    QCOMPARE(recorder.last("welcome").value("mode").toString(), "resume");
    QVERIFY(!recorder.has("snap"));
    QVERIFY2(recorder.isGapless(), "an ev did not start where the one before it ended");
    const std::vector<QJsonObject> events = recorder.events();
    QCOMPARE(static_cast<qint64>(events.size()),
             posOf(m_hub->snapshot().value("cursor").toString()) - posOf(cursor));
    std::map<QString, qint64> seqs;
    qint64 pos = posOf(cursor);
    for (const QJsonObject &event : events) {
        QCOMPARE(event.value("pos").toInteger(), ++pos);
        qint64 &seq = seqs[event.value("order_id").toString()];
        const qint64 next = event.value("seq").toInteger();
        QVERIFY2(seq == 0 || next == seq + 1, "an order's seq was skipped or sent twice");
        seq = next;
    }
}

void TestE2eLink::displayCatchesUpAfterABrokenLink()
{
    QFETCH(QString, how);
    const QString cursor = m_hub->snapshot().value("cursor").toString();
    const QJsonObject before = m_display->status();

    breakLink(how);
    QVERIFY2(m_traffic->append(eventsInTheGap), m_traffic->refusal().constData());
    if (how == "cut")
        CF_WAIT_FOR(m_proxy->wasCut(), m_display->brief());
    // Never healthy in looks only: while the hub is away it says so, and keeps its board.
    CF_WAIT_FOR(!m_display->isLive(), m_display->brief());
    QVERIFY(m_display->number("count") > 0);
    const qint64 away = m_display->number("pos");
    QVERIFY2(away < posOf(m_hub->snapshot().value("cursor").toString()),
             "the display got everything: the link was not broken");

    m_proxy->setLink(Link::Pass);
    CF_WAIT_FOR(showsTheHub(), m_display->brief());

    QVERIFY(m_traffic->acknowledgedEvents() >= eventsBefore + eventsInTheGap);
    QCOMPARE(m_hub->display("grill-1").value("snapshots").toInteger(-1), 1); // the very first
    checkOnlyTheGapWasApplied(before);
    checkOnlyTheGapIsSent(cursor);
}

void TestE2eLink::displayResumesAfterTheHubRestarts()
{
    const QJsonObject before = m_display->status();
    const QString cursor = m_hub->snapshot().value("cursor").toString();
    QVERIFY2(m_hub->terminate(), "the hub did not end when asked to");
    CF_WAIT_FOR(!m_display->isLive(), m_display->brief());
    QVERIFY2(m_hub->start(), m_hub->tail().constData());
    QCOMPARE(m_hub->snapshot().value("cursor").toString(), cursor);
    QVERIFY2(m_traffic->append(10), m_traffic->refusal().constData());
    CF_WAIT_FOR(showsTheHub(), m_display->brief());
    checkOnlyTheGapWasApplied(before);
    checkOnlyTheGapIsSent(cursor);
}

QTEST_GUILESS_MAIN(TestE2eLink)
#include "test_e2e_link.moc"
