// SPDX-License-Identifier: Apache-2.0
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"
#include "tests/hub/app/pipeline_fixture.h"

#include <QSet>
#include <QTest>
#include <QThread>

#include <numeric>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

namespace {

constexpr int patience = 30'000;

qint64 posOf(const Answer &answer)
{
    return parseJsonObject(answer.body).value().value(u"pos").toInteger();
}

QUuid orderOf(const Answer &answer)
{
    const QString id = parseJsonObject(answer.body).value().value(u"order_id").toString();
    return parseUuid(id).value_or(QUuid());
}

} // namespace

class TestAppPipeline : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersOneCommandWithOneCommit()
    {
        PipelineFixture fixture;
        for (int i = 1; i <= 5; ++i) {
            std::optional<Answer> answer;
            QVERIFY(fixture.pipeline().submit(placeOrder(QStringLiteral("Soup")),
                                              [&](const Answer &got) { answer = got; }));
            QVERIFY2(!answer, "no caller is called back from within its own call");
            QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience);
            QCOMPARE(answer->outcome, Outcome::Applied);
            QCOMPARE(posOf(*answer), i);
            QCOMPARE(fixture.control().commits(), i);
        }
        QTRY_VERIFY_WITH_TIMEOUT(fixture.control().idles() > 0, patience);
        QCOMPARE(fixture.pipeline().pipelineStats().commits, 5);
        QVERIFY(fixture.pipeline().pipelineStats().logBytes > 0);
    }

    void whatWaitsSharesACommit()
    {
        PipelineFixture fixture;
        QSet<qint64> positions;
        QSet<QUuid> orders;
        int answered = 0;
        const auto take = [&](const Answer &answer) {
            ++answered;
            QCOMPARE(answer.outcome, Outcome::Applied);
            positions.insert(posOf(answer));
            orders.insert(orderOf(answer));
        };
        fixture.control().close();
        QVERIFY(fixture.pipeline().submit(placeOrder(QStringLiteral("First")), take));
        fixture.control().waitUntilHeld();
        for (int i = 0; i < 100; ++i)
            QVERIFY(fixture.pipeline().submit(placeOrder(QString::number(i)), take));
        QCOMPARE(fixture.pipeline().pipelineStats().writerQueued, 101);
        fixture.control().open();
        QTRY_COMPARE_WITH_TIMEOUT(answered, 101, patience);
        QCOMPARE(fixture.control().commits(), 2);
        QCOMPARE(positions.size(), 101);
        QCOMPARE(orders.size(), 101);
        QCOMPARE(fixture.pipeline().hub().board().count(), 101);
    }

    void aBatchIsBounded()
    {
        PipelineFixture fixture;
        int answered = 0;
        const auto take = [&](const Answer &) { ++answered; };
        fixture.control().close();
        QVERIFY(fixture.pipeline().submit(placeOrder(QStringLiteral("First")), take));
        fixture.control().waitUntilHeld();
        for (int i = 0; i < limits::batchCommandsMax + 1; ++i)
            QVERIFY(fixture.pipeline().submit(placeOrder(QString::number(i)), take));
        fixture.control().open();
        QTRY_COMPARE_WITH_TIMEOUT(answered, limits::batchCommandsMax + 2, patience);
        QCOMPARE(fixture.control().commits(), 3);
    }

    void aRefusedCommandLeavesItsNeighboursAlone()
    {
        PipelineFixture fixture;
        std::vector<Answer> answers;
        const auto take = [&](const Answer &answer) { answers.push_back(answer); };
        fixture.control().close();
        QVERIFY(fixture.pipeline().submit(placeOrder(QStringLiteral("First")), take));
        fixture.control().waitUntilHeld();
        QVERIFY(fixture.pipeline().submit(placeOrder(QStringLiteral("Second")), take));
        QVERIFY(
            fixture.pipeline().submit(appendTo(QUuid::createUuid(), EventType::OrderReady), take));
        QVERIFY(fixture.pipeline().submit(placeOrder(QStringLiteral("Third")), take));
        fixture.control().open();
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), size_t(4), patience);
        QCOMPARE(fixture.control().commits(), 2);
        QCOMPARE(answers.at(1).outcome, Outcome::Applied);
        QCOMPARE(answers.at(2).outcome, Outcome::Refused);
        QCOMPARE(answers.at(2).error.code, ErrorCode::UnknownOrder);
        QCOMPARE(answers.at(3).outcome, Outcome::Applied);
        QCOMPARE(posOf(answers.at(3)), posOf(answers.at(1)) + 1);
        QCOMPARE(fixture.pipeline().pipelineStats().refused, 1);
    }

    void theHubKnowsBeforeTheCaller()
    {
        PipelineFixture fixture;
        bool answered = false;
        QVERIFY(fixture.pipeline().submit(placeOrder(QStringLiteral("Soup")), [&](const Answer &a) {
            answered = true;
            QCOMPARE(fixture.pipeline().hub().head().pos, posOf(a));
            QVERIFY(fixture.pipeline().hub().board().isOpenOrder(orderOf(a)));
            QCOMPARE(fixture.control().commits(), 1);
        }));
        QTRY_VERIFY_WITH_TIMEOUT(answered, patience);
    }

    void startsFromTheLog()
    {
        PipelineFixture fixture;
        std::optional<Answer> answer;
        QVERIFY(fixture.pipeline().submit(placeOrder(QStringLiteral("Soup")),
                                          [&](const Answer &got) { answer = got; }));
        QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience);
        const quint64 digest = fixture.pipeline().hub().board().digest();
        const Cursor cursor = fixture.pipeline().hub().headCursor();
        fixture.restart();
        QCOMPARE(fixture.pipeline().hub().board().digest(), digest);
        QCOMPARE(fixture.pipeline().hub().headCursor(), cursor);
        QVERIFY(fixture.pipeline().hub().board().isOpenOrder(orderOf(*answer)));
    }

    void readsBesideTheWriter()
    {
        PipelineFixture fixture;
        fixture.control().close();
        QVERIFY(
            fixture.pipeline().submit(placeOrder(QStringLiteral("Soup")), [](const Answer &) {}));
        fixture.control().waitUntilHeld();
        QThread *const netThread = QThread::currentThread();
        std::atomic<int> elsewhere = 0;
        int done = 0;
        for (int i = 0; i < 20; ++i) {
            QVERIFY(fixture.pipeline().read(
                [&](EventReader &reader) {
                    elsewhere += QThread::currentThread() != netThread ? 1 : 0;
                    QVERIFY(reader.events(0, 10, 10, 1000));
                },
                [&] {
                    ++done;
                    QCOMPARE(QThread::currentThread(), netThread);
                }));
        }
        QTRY_COMPARE_WITH_TIMEOUT(done, 20, patience);
        QCOMPARE(elsewhere.load(), 20);
        QCOMPARE(fixture.pipeline().pipelineStats().readerQueued, 0);
    }

    void theQueueIsBounded()
    {
        PipelineFixture fixture;
        int answered = 0;
        const auto take = [&](const Answer &) { ++answered; };
        fixture.control().close();
        const Request unknown = appendTo(QUuid::createUuid(), EventType::OrderReady);
        QVERIFY(fixture.pipeline().submit(placeOrder(QStringLiteral("Soup")), take));
        for (int i = 1; i < limits::writerQueueMax; ++i)
            QVERIFY(fixture.pipeline().submit(unknown, take));
        QVERIFY2(!fixture.pipeline().submit(unknown, take), "a full queue takes nothing more");
        fixture.control().open();
        QTRY_COMPARE_WITH_TIMEOUT(answered, limits::writerQueueMax, patience);
        QVERIFY2(fixture.pipeline().submit(unknown, take), "an empty queue takes again");
        QTRY_COMPARE_WITH_TIMEOUT(answered, limits::writerQueueMax + 1, patience);
    }

    void stoppingCommitsWhatIsQueued()
    {
        PipelineFixture fixture;
        std::vector<int> calls(51);
        int reads = 0;
        fixture.control().close();
        for (size_t i = 0; i < calls.size(); ++i) {
            QVERIFY(fixture.pipeline().submit(placeOrder(QString::number(i)),
                                              [&calls, i](const Answer &answer) {
                                                  ++calls.at(i);
                                                  QCOMPARE(answer.outcome, Outcome::Applied);
                                              }));
        }
        for (int i = 0; i < 10; ++i)
            QVERIFY(fixture.pipeline().read([](EventReader &) {}, [&] { ++reads; }));
        fixture.control().waitUntilHeld();
        int drained = 0;
        fixture.beginStop([&] {
            ++drained;
            QCOMPARE(std::accumulate(calls.begin(), calls.end(), 0), 51);
            QCOMPARE(reads, 10);
        });
        QVERIFY(!fixture.pipeline().isReady());
        QVERIFY2(!fixture.pipeline().submit(placeOrder(QStringLiteral("late")), {}),
                 "a stopping hub takes nothing more");
        QVERIFY(!fixture.pipeline().read([](EventReader &) {}, [] {}));
        fixture.control().open();
        QTRY_COMPARE_WITH_TIMEOUT(drained, 1, patience);
        QCOMPARE(calls, std::vector<int>(51, 1));
        QCOMPARE(fixture.storedEvents().size(), size_t(51));
    }
};

QTEST_GUILESS_MAIN(TestAppPipeline)
#include "test_app_pipeline.moc"
