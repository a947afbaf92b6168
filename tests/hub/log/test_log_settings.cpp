// SPDX-License-Identifier: Apache-2.0
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
    void mustFollow();
    void areNeverChanged();
    void damageIsTold();
};

namespace {

LogBatch revision(qint64 rev, const QByteArray &body)
{
    LogBatch batch;
    batch.settings = SettingsRecord{rev,
                                    body,
                                    Timestamp(std::chrono::milliseconds(7)),
                                    {ActorKind::Manager, "ana", "10.0.0.7", "Firefox"}};
    return batch;
}

} // namespace

void TestLogSettings::areKept()
{
    LogFixture f;
    f.open();
    QCOMPARE(f.log->settings().value(), SettingsRecord());
    QVERIFY(f.log->commit(revision(1, R"({"v":1})")));
    QVERIFY(f.log->commit(revision(2, R"({"v":1,"x":"ü"})")));
    f.close();
    f.open();
    QCOMPARE(f.log->settings().value(), *revision(2, R"({"v":1,"x":"ü"})").settings);
    QCOMPARE(f.log->head().pos, 0);
    const auto report = verifyLog(f.path());
    QVERIFY(report);
    QVERIFY2(report->isSound(), qPrintable(problemsOf(*report)));
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
    QCOMPARE(f.log->settings().value().rev, 1);
}

void TestLogSettings::areNeverChanged()
{
    LogFixture f;
    f.open();
    QVERIFY(f.log->commit(revision(1, "{}")));
    QVERIFY(rawSql(f.path(), "UPDATE settings SET body = '[]'").contains("never changed"));
    QVERIFY(rawSql(f.path(), "DELETE FROM settings").contains("never deleted"));
}

void TestLogSettings::damageIsTold()
{
    LogFixture f;
    f.open();
    QVERIFY(f.log->commit(revision(1, "{}")));
    QCOMPARE(rawSql(f.path(), "DROP TRIGGER settings_no_update; UPDATE settings SET actor = 'x'"),
             QString());
    const auto settings = f.log->settings();
    QVERIFY(!settings);
    QVERIFY2(settings.error().detail.contains("revision 1"), qPrintable(settings.error().detail));
}

QTEST_GUILESS_MAIN(TestLogSettings)
#include "test_log_settings.moc"
