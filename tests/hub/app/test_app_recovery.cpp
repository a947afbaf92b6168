// SPDX-License-Identifier: Apache-2.0
#include "hub/app/storage.h"
#include "hub/log/database.h"
#include "hub/log/log_file.h"
#include "hub/log/schema.h"
#include "tests/hub/app/pipeline_fixture.h"
#include "tests/support/fake_clock.h"
#include "tests/support/seeded_random.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

namespace {

constexpr int patience = 30'000;

} // namespace

class TestAppRecovery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // The power went during the very first start: after the file was made, or after its tables.
    void aLogThatWasNeverFinishedIsMadeAnew()
    {
        for (const bool hasTables : {false, true}) {
            const QTemporaryDir dir;
            const QString path = dir.filePath(logFileName);
            QVERIFY(createPrivateFile(path));
            if (hasTables) {
                Result<Database> database = Database::open(path, Database::Mode::Write);
                QVERIFY(database);
                QVERIFY(migrate(*database));
            }
            const FakeClock clock;
            SeededRandom random(1);
            const Result<Storage> storage = openStorage(dir.path(), QString(), 1, clock, random);
            QVERIFY2(storage, qUtf8Printable(storage ? QString() : storage.error().detail));
            QCOMPARE(storage->log->head().pos, 0);
        }
    }

    void aFailedCommitIsToldAndForgotten()
    {
        PipelineFixture fixture;
        QCOMPARE(place(fixture), ErrorCode::Internal); // applied: no error
        const quint64 digest = fixture.pipeline().hub().board().digest();
        fixture.control().failCommits(1);
        QCOMPARE(place(fixture), ErrorCode::StorageFailed);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.control().reopens() == 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.pipeline().isReady(), patience);
        QCOMPARE(fixture.pipeline().hub().board().digest(), digest);
        QCOMPARE(fixture.pipeline().pipelineStats().storageFailures, 1);
        QCOMPARE(place(fixture), ErrorCode::Internal);
        QCOMPARE(fixture.pipeline().hub().head().pos, 2);
        fixture.stop();
        QCOMPARE(fixture.storedEvents().size(), size_t(2));
    }

    void whatWaitedBehindAFailureIsStillDone()
    {
        PipelineFixture fixture;
        std::vector<Outcome> outcomes;
        const auto take = [&](const Answer &answer) { outcomes.push_back(answer.outcome); };
        fixture.control().close();
        fixture.control().failCommits(1);
        QVERIFY(fixture.pipeline().submit(placeOrder(QStringLiteral("First")), take));
        fixture.control().waitUntilHeld();
        for (int i = 0; i < 10; ++i)
            QVERIFY(fixture.pipeline().submit(placeOrder(QString::number(i)), take));
        fixture.control().open();
        QTRY_COMPARE_WITH_TIMEOUT(outcomes.size(), size_t(11), patience);
        QCOMPARE(outcomes.front(), Outcome::Refused);
        QCOMPARE(std::count(outcomes.begin(), outcomes.end(), Outcome::Applied), 10);
        QCOMPARE(fixture.pipeline().hub().board().count(), 10);
    }

    void aLogThatStaysAwayIsUnavailable()
    {
        PipelineFixture fixture;
        fixture.control().failCommits(1);
        fixture.control().failReopens(1'000'000);
        QCOMPARE(place(fixture), ErrorCode::StorageFailed);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.pipeline().isReady(), patience);
        QCOMPARE(place(fixture), ErrorCode::Unavailable);
        fixture.control().failReopens(0);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.pipeline().isReady(), patience);
        QVERIFY(fixture.pipeline().pipelineStats().storageFailures >= 2);
        QCOMPARE(place(fixture), ErrorCode::Internal);
    }

    void stoppingDoesNotWaitForALostLog()
    {
        PipelineFixture fixture;
        std::vector<int> calls(20);
        fixture.control().close();
        fixture.control().failCommits(1);
        fixture.control().failReopens(1'000'000);
        for (size_t i = 0; i < calls.size(); ++i) {
            QVERIFY(fixture.pipeline().submit(placeOrder(QString::number(i)),
                                              [&calls, i](const Answer &answer) {
                                                  ++calls.at(i);
                                                  QCOMPARE(answer.outcome, Outcome::Refused);
                                              }));
        }
        fixture.control().waitUntilHeld();
        fixture.beginStop([] {});
        fixture.control().open();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.isDrained(), patience);
        QCOMPARE(calls, std::vector<int>(20, 1));
    }

    void displaysAheadGetOneNewEpoch()
    {
        PipelineFixture fixture;
        QCOMPARE(place(fixture), ErrorCode::Internal);
        const Cursor before = fixture.pipeline().hub().headCursor();
        fixture.control().close();
        for (int i = 0; i < 5; ++i)
            fixture.pipeline().onDisplayAhead();
        QCOMPARE(fixture.pipeline().pipelineStats().writerQueued, 1);
        fixture.control().open();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.pipeline().hub().headCursor().epoch != before.epoch,
                                 patience);
        QCOMPARE(fixture.pipeline().hub().headCursor().pos, before.pos);
        QCOMPARE(fixture.pipeline().hub().board().count(), 1);
    }

private:
    // The error of an order placed now; Internal (an Error's default) when it was taken.
    static ErrorCode place(PipelineFixture &fixture)
    {
        std::optional<Answer> answer;
        const bool taken = fixture.pipeline().submit(placeOrder(QStringLiteral("Soup")),
                                                     [&](const Answer &got) { answer = got; });
        if (!taken || !QTest::qWaitFor([&] { return answer.has_value(); }, patience))
            qFatal("the order was not answered");
        return answer->outcome == Outcome::Applied ? ErrorCode::Internal : answer->error.code;
    }
};

QTEST_GUILESS_MAIN(TestAppRecovery)
#include "test_app_recovery.moc"
