// SPDX-License-Identifier: Apache-2.0
#include "hub/app/caretaker.h"
#include "hub/app/machine.h"
#include "hub/log/sqlite_event_reader.h"
#include "hub/past/past_board.h"
#include "shared/order/board.h"
#include "tests/hub/log/log_fixture.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 30'000; // milliseconds; a limit, not a wait

// A log with its caretaker.
class Cared
{
public:
    Cared() { fixture.open(); }

    void addOrders(int count)
    {
        for (int i = 0; i < count; ++i)
            fixture.maker.placeAndComplete(QString::number(++m_orders));
    }
    void care(std::chrono::milliseconds again = 24h)
    {
        keeper.reset();
        keeper = std::make_unique<Caretaker>(
            CaretakerParts{fixture.path(), &clock, &writer, &ring, again});
        const Status started = keeper->start();
        QVERIFY2(started, started ? "" : qPrintable(started.error().detail));
    }
    [[nodiscard]] bool hasLine(const QByteArray &event) const
    {
        const std::vector<LoggedLine> lines = ring.lines();
        return std::any_of(lines.begin(), lines.end(),
                           [&](const LoggedLine &line) { return line.event == event; });
    }

    LogFixture fixture;
    SystemClock clock;
    LogRing ring;
    LogWriter writer{LogLevel::Info, &ring};
    std::unique_ptr<Caretaker> keeper;

private:
    int m_orders = 0;
};

} // namespace

class TestAppCaretaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void provesTheLogAndFollowsIt();
    void provesAgainWhenAskedAndInTime();
    void tellsOfDamage();
    void leavesKeyframesThatHold();
    void dropsKeyframesOfAnotherHistory();
    void seesBackupAndDisk();
    void remembersTheLastProof();
    void needsALog();
    void ringIsBounded();
};

void TestAppCaretaker::provesTheLogAndFollowsIt()
{
    Cared cared;
    cared.addOrders(300);
    QVERIFY(cared.fixture.commit());
    cared.care();
    QTRY_VERIFY_WITH_TIMEOUT(cared.keeper->facts().proof.isAtEnd, patience);
    const ProofProgress first = cared.keeper->facts().proof;
    QCOMPARE(first.pos, 1'500);
    QVERIFY(first.last && first.last->isSound);
    QCOMPARE(first.last->pos, 1'500);
    QVERIFY(cared.hasLine("log_proven"));
    cared.addOrders(1);
    QVERIFY(cared.fixture.commit());
    QTRY_COMPARE_WITH_TIMEOUT(cared.keeper->facts().proof.pos, 1'505, patience);
    QVERIFY2(cared.keeper->facts().proof.isAtEnd, "what comes is proven as it comes");
}

void TestAppCaretaker::provesAgainWhenAskedAndInTime()
{
    Cared cared;
    cared.addOrders(1);
    QVERIFY(cared.fixture.commit());
    cared.care();
    QTRY_VERIFY_WITH_TIMEOUT(cared.keeper->facts().proof.isAtEnd, patience);
    const Timestamp first = cared.keeper->facts().proof.last->at;
    const Timestamp began = *cared.keeper->facts().proof.beganAt;
    QTRY_VERIFY_WITH_TIMEOUT(cared.clock.now() > first, patience);
    cared.keeper->proveAgain();
    QTRY_VERIFY_WITH_TIMEOUT(cared.keeper->facts().proof.isAtEnd
                                 && cared.keeper->facts().proof.last->at > first,
                             patience);
    QVERIFY(*cared.keeper->facts().proof.beganAt > began);
    cared.care(1ms);
    const Timestamp second = cared.keeper->facts().proof.last->at;
    QTRY_VERIFY2_WITH_TIMEOUT(cared.keeper->facts().proof.last->at > second + 1s,
                              "again and again, without being asked", patience);
}

void TestAppCaretaker::tellsOfDamage()
{
    Cared cared;
    cared.addOrders(3);
    QVERIFY(cared.fixture.commit());
    QCOMPARE(rawSql(cared.fixture.path(), "DROP TRIGGER event_no_update;"
                                          "UPDATE event SET payload = '{\"x\":1}' WHERE pos = 7"),
             QString());
    cared.care();
    QTRY_VERIFY_WITH_TIMEOUT(cared.keeper->facts().proof.isAtEnd, patience);
    const ProofProgress proof = cared.keeper->facts().proof;
    QCOMPARE(proof.problems.front().pos, 7);
    QVERIFY(!proof.last->isSound);
    QVERIFY(cared.hasLine("log_damaged"));
    QVERIFY(cared.hasLine("log_not_proven"));
}

void TestAppCaretaker::leavesKeyframesThatHold()
{
    Cared cared;
    const QUuid open = cared.fixture.maker.place(QStringLiteral("open"));
    cared.addOrders(500);
    QVERIFY(cared.fixture.commit());
    cared.care();
    QTRY_VERIFY_WITH_TIMEOUT(cared.keeper->facts().proof.isAtEnd, patience);
    const auto keyframe = cared.keeper->keyframes().before(2'400);
    QVERIFY(keyframe && *keyframe);
    QCOMPARE((*keyframe)->pos, 2'000);
    QVERIFY((*keyframe)->open.size() >= 1U);
    auto reader = SqliteEventReader::open(cared.fixture.path());
    QVERIFY(reader);
    const Result<PastBoard> board = boardAt(**reader, cared.keeper->keyframes(), 2'500);
    QVERIFY(board);
    QCOMPARE(board->orders.front().id, open);
    // Over a restart they are there at once.
    cared.care();
    QCOMPARE((*cared.keeper->keyframes().before(2'400))->pos, 2'000);
}

// As after a restore: another log under the same name, which parts from the first at position 1.
void TestAppCaretaker::dropsKeyframesOfAnotherHistory()
{
    Cared cared;
    cared.addOrders(500);
    QVERIFY(cared.fixture.commit());
    cared.care();
    QTRY_VERIFY_WITH_TIMEOUT(cared.keeper->facts().proof.isAtEnd, patience);
    const QString past = QFileInfo(cared.fixture.path()).dir().filePath("past.db");
    cared.keeper.reset();
    Cared other;
    other.fixture.maker.place(QStringLiteral("something else"));
    other.addOrders(250);
    QVERIFY(other.fixture.commit());
    const QString moved = QFileInfo(other.fixture.path()).dir().filePath("past.db");
    QVERIFY(QFile::copy(past, moved));
    other.care();
    QTRY_VERIFY_WITH_TIMEOUT(other.keeper->facts().proof.isAtEnd, patience);
    const auto keyframe = other.keeper->keyframes().before(100'000);
    QVERIFY(keyframe && *keyframe);
    QCOMPARE((*keyframe)->pos, 1'000);
    auto reader = SqliteEventReader::open(other.fixture.path());
    QVERIFY((*reader)->chainAt(1'000).value() == (*keyframe)->chain);
}

void TestAppCaretaker::seesBackupAndDisk()
{
    Cared cared;
    cared.addOrders(1);
    QVERIFY(cared.fixture.commit());
    cared.care();
    QTRY_VERIFY_WITH_TIMEOUT(cared.keeper->facts().lookedAt.has_value(), patience);
    const HealthFacts facts = cared.keeper->facts();
    QVERIFY(!facts.backup);
    QVERIFY(facts.databaseBytes + facts.walBytes > 0);
    QVERIFY(facts.disk && facts.disk->total >= facts.disk->free && facts.disk->free > 0);
    QVERIFY(facts.process.residentBytes > 1'000'000);
    QVERIFY(facts.process.openFiles > 3);
    QVERIFY(facts.process.cpuSeconds > 0);
    QVERIFY(!diskSpaceOf(QStringLiteral("/no/such/place")));
    QVERIFY(writeBackupNote(cared.fixture.path(), {cared.clock.now(), 5, 1, {}, "b.db"}));
    cared.care();
    QTRY_VERIFY_WITH_TIMEOUT(cared.keeper->facts().backup.has_value(), patience);
    QCOMPARE(cared.keeper->facts().backup->pos, 5);
}

void TestAppCaretaker::remembersTheLastProof()
{
    Cared cared;
    cared.addOrders(1);
    QVERIFY(cared.fixture.commit());
    cared.care();
    QTRY_VERIFY_WITH_TIMEOUT(cared.keeper->facts().proof.isAtEnd, patience);
    const FinishedProof last = *cared.keeper->facts().proof.last;
    cared.keeper.reset();
    Caretaker later({cared.fixture.path(), &cared.clock, &cared.writer, &cared.ring});
    QVERIFY(later.start());
    QVERIFY(later.facts().proof.last->pos == last.pos && later.facts().proof.last->isSound);
}

void TestAppCaretaker::needsALog()
{
    const SystemClock clock;
    const LogWriter writer{std::nullopt};
    Caretaker keeper({QStringLiteral("/no/such/events.db"), &clock, &writer, nullptr});
    QCOMPARE(keeper.start().error().code, ErrorCode::NotFound);
    QVERIFY(keeper.lines().empty());
}

void TestAppCaretaker::ringIsBounded()
{
    LogRing ring;
    const LogWriter quiet(std::nullopt, &ring);
    quiet.error("never", {});
    QVERIFY(ring.lines().empty());
    const LogWriter writer(LogLevel::Warning, &ring);
    writer.info("too_small", {});
    for (int i = 0; i < limits::logLinesKept + 10; ++i)
        writer.warning("x", {{"count", QString::number(i)}, {"long", QString(10'000, u'y')}});
    const std::vector<LoggedLine> lines = ring.lines();
    QCOMPARE(std::ssize(lines), limits::logLinesKept);
    QCOMPARE(lines.front().fields.front().second, QStringLiteral("10"));
    QVERIFY(lines.front().fields.back().second.size() <= 400);
    QCOMPARE(lines.front().level, "warning");
    QCOMPARE(ring.counts().at("warning"), limits::logLinesKept + 10);
}

QTEST_GUILESS_MAIN(TestAppCaretaker)
#include "test_app_caretaker.moc"
