// SPDX-License-Identifier: Apache-2.0
#include "hub/log/sqlite_event_reader.h"
#include "tests/hub/log/log_fixture.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

class TestLogSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areKept();
    void eachDocumentHasItsOwnRevisions();
    void historyIsRead();
    void whatHeldThenIsRead();
    void mustFollow();
    void areNeverChanged();
    void damageIsTold();
};

namespace {

LogBatch revision(qint64 rev, const QByteArray &body, const QByteArray &name = "kitchen")
{
    LogBatch batch;
    batch.settings = {SettingsRecord{rev,
                                     body,
                                     Timestamp(std::chrono::milliseconds(7)),
                                     {ActorKind::Manager, "ana", "10.0.0.7", "Firefox"},
                                     name}};
    return batch;
}

SettingsRecord recordOf(const LogBatch &batch)
{
    return batch.settings.front();
}

} // namespace

void TestLogSettings::areKept()
{
    LogFixture f;
    f.open();
    QCOMPARE(f.log->settings().value(), Documents());
    QVERIFY(f.log->commit(revision(1, R"({"v":1})")));
    QVERIFY(f.log->commit(revision(2, R"({"v":1,"x":"ü"})")));
    f.close();
    f.open();
    QCOMPARE(f.log->settings().value(),
             (Documents{{"kitchen", recordOf(revision(2, R"({"v":1,"x":"ü"})"))}}));
    QCOMPARE(f.log->head().pos, 0);
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(report->isSound(), qPrintable(problemsOf(*report)));
}

void TestLogSettings::eachDocumentHasItsOwnRevisions()
{
    LogFixture f;
    f.open();
    QVERIFY(f.log->commit(revision(1, R"({"k":1})")));
    LogBatch both = revision(2, R"({"k":2})");
    both.settings.push_back(recordOf(revision(1, R"({"r":1})", "restaurant")));
    QVERIFY(f.log->commit(both));
    f.close();
    f.open();
    QCOMPARE(f.log->settings().value(),
             (Documents{{"kitchen", both.settings[0]}, {"restaurant", both.settings[1]}}));
    QVERIFY(!f.log->commit(revision(2, "{}")));
    QVERIFY(f.log->reopen());
    QVERIFY(f.log->commit(revision(2, "{}", "restaurant")));
}

void TestLogSettings::historyIsRead()
{
    LogFixture f;
    f.open();
    for (int rev = 1; rev <= 5; ++rev) {
        QVERIFY(f.log->commit(revision(rev, "{\"k\":" + QByteArray::number(rev) + '}')));
        QVERIFY(f.log->commit(revision(rev, "{}", "restaurant")));
    }
    const auto reader = SqliteEventReader::open(f.path());
    QVERIFY(reader);
    const auto history = (*reader)->settingsHistory("kitchen", 5, 2);
    QVERIFY(history);
    QCOMPARE(*history, (std::vector{recordOf(revision(4, R"({"k":4})")),
                                    recordOf(revision(3, R"({"k":3})"))}));
    QVERIFY((*reader)->settingsHistory("menu", 5, 2)->empty());
}

void TestLogSettings::whatHeldThenIsRead()
{
    LogFixture f;
    f.open();
    const Timestamp start(std::chrono::milliseconds(1'000));
    for (int rev = 1; rev <= 3; ++rev) {
        LogBatch batch = revision(rev, "{\"k\":" + QByteArray::number(rev) + '}');
        batch.settings.front().at = start + std::chrono::seconds(rev);
        QVERIFY(f.log->commit(batch));
    }
    const auto reader = SqliteEventReader::open(f.path());
    QVERIFY(reader);
    QCOMPARE((*reader)->settingsAt("kitchen", start)->rev, 0); // nothing was said yet
    QCOMPARE((*reader)->settingsAt("kitchen", start + std::chrono::seconds(2))->rev, 2);
    QCOMPARE((*reader)->settingsAt("kitchen", start + std::chrono::hours(1))->body,
             QByteArray(R"({"k":3})"));
    QCOMPARE((*reader)->settingsAt("menu", start + std::chrono::hours(1))->rev, 0);
}

void TestLogSettings::mustFollow()
{
    LogFixture f;
    f.open();
    QVERIFY(f.log->commit(revision(1, "{}")));
    const Status hole = f.log->commit(revision(3, "{}"));
    QVERIFY(!hole);
    QVERIFY2(hole.error().detail.contains("rev does not follow"), qPrintable(hole.error().detail));
    QVERIFY(!f.log->settings());
    QVERIFY(f.log->reopen());
    QCOMPARE(f.log->settings().value().at("kitchen").rev, 1);
}

void TestLogSettings::areNeverChanged()
{
    LogFixture f;
    f.open();
    QVERIFY(f.log->commit(revision(1, "{}")));
    QVERIFY(rawSql(f.path(), "UPDATE document SET body = '[]'").contains("never changed"));
    QVERIFY(rawSql(f.path(), "DELETE FROM document").contains("never deleted"));
}

void TestLogSettings::damageIsTold()
{
    LogFixture f;
    f.open();
    QVERIFY(f.log->commit(revision(1, "{}")));
    QCOMPARE(rawSql(f.path(), "DROP TRIGGER document_no_update; UPDATE document SET actor = 'x'"),
             QString());
    const auto settings = f.log->settings();
    QVERIFY(!settings);
    QVERIFY2(settings.error().detail.contains("revision 1 of the settings \"kitchen\""),
             qPrintable(settings.error().detail));
}

QTEST_GUILESS_MAIN(TestLogSettings)
#include "test_log_settings.moc"
