// SPDX-License-Identifier: Apache-2.0
#include "hub/log/sqlite_event_reader.h"
#include "shared/base/limits.h"
#include "tests/hub/log/log_fixture.h"

#include <QJsonArray>
#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

class TestEventLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasAppendedReadsBack();
    void survivesReopening();
    void unknownTypeReadsBack();
    void hostileTextReadsBack();
    void openOrdersInTheOrderOfTickets();
    void closedOrderIsFolded();
    void unknownOrderIsNone();
    void commandRecords();
    void deviceCommands();
    void recordsWithoutEvents();
    void dayNumber();
    void emptyBatchIsNothing();
    void epochIsRenewed();
    void restaurantMustMatch();
    void createOnlyWhenAsked();
};

void TestEventLog::whatWasAppendedReadsBack()
{
    LogFixture f;
    f.open();
    const QUuid first = f.maker.place("1");
    const QUuid second = f.maker.place("2");
    f.maker.add(first, EventType::OrderPaid, {{"method", "card"}, {"amount", 1900}});
    f.maker.add(second, EventType::OrderNoteAdded, {{"note", "quick"}});
    const Status done = f.commit();
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(f.log->head().pos, 4);
    QVERIFY(f.log->head().chain == f.maker.all().back().chain);
    QVERIFY(f.log->head().at == f.maker.all().back().event.at);
    auto reader = SqliteEventReader::open(f.path());
    QVERIFY(reader);
    const auto events = (*reader)->events(0, 100, 100, 1'000'000);
    QVERIFY(events);
    QVERIFY(*events == f.maker.all());
    const auto order = f.log->order(first);
    QVERIFY(order && *order);
    QVERIFY(**order == f.maker.order(first));
}

void TestEventLog::survivesReopening()
{
    LogFixture f;
    f.open();
    const QUuid open = f.maker.place("1");
    QVERIFY(f.commit());
    const LogHead head = f.log->head();
    f.close();
    f.open();
    QVERIFY(f.log->head() == head);
    const auto orders = f.log->openOrders();
    QVERIFY(orders);
    QCOMPARE(orders->size(), size_t(1));
    QVERIFY(orders->front() == f.maker.order(open));
    f.maker.add(open, EventType::OrderPaid);
    QVERIFY(f.commit());
    QCOMPARE(f.log->head().pos, 2);
}

void TestEventLog::unknownTypeReadsBack()
{
    LogFixture f;
    f.open();
    const QUuid order = f.maker.place("1");
    const QJsonArray paper{"red", 2, QJsonValue()};
    f.maker.addUnknown(order, "order_gift_wrapped", {{"paper", paper}});
    QVERIFY(f.commit());
    f.close();
    f.open();
    auto reader = SqliteEventReader::open(f.path());
    QVERIFY(reader);
    const auto events = (*reader)->orderEvents(order, 1);
    QVERIFY(events);
    QCOMPARE(events->size(), size_t(1));
    QVERIFY(events->front() == f.maker.all().back().event);
    QCOMPARE(events->front().typeName(), "order_gift_wrapped");
    QCOMPARE(events->front().v, 7);
}

void TestEventLog::hostileTextReadsBack()
{
    LogFixture f;
    f.open();
    const QUuid order = f.maker.place("'; DROP TABLE event; --");
    const QString odd =
        QString("quote\" back\\ nul") + QChar(0) + QChar(0x1b) + "[2J\n\u202e\U0001F525";
    f.maker.add(order, EventType::OrderNoteAdded, {{"note", odd}}).actor.id = odd;
    f.maker.add(order, EventType::OrderPrioritised).actor = {};
    LogBatch batch = f.maker.take();
    // The fold keeps who wrote a note: it was made before the name was changed.
    for (OrderNote &note : batch.orders.front().notes)
        note.by = odd;
    QVERIFY(f.log->commit(batch));
    auto reader = SqliteEventReader::open(f.path());
    QVERIFY(reader);
    const auto events = (*reader)->events(0, 100, 100, 1'000'000);
    QVERIFY(events);
    QVERIFY(*events == batch.events);
    const auto folded = f.log->order(order);
    QVERIFY(folded && *folded);
    QVERIFY(**folded == batch.orders.front());
}

void TestEventLog::openOrdersInTheOrderOfTickets()
{
    LogFixture f;
    f.open();
    std::vector<QUuid> placed;
    for (const char *number : {"1", "2", "3"})
        placed.push_back(f.maker.place(number));
    QVERIFY(f.commit());
    f.maker.add(placed[0], EventType::OrderPaid); // touched last, still first
    f.maker.add(placed[1], EventType::OrderCancelled);
    QVERIFY(f.commit());
    const auto orders = f.log->openOrders();
    QVERIFY(orders);
    QCOMPARE(orders->size(), size_t(2));
    QCOMPARE(orders->at(0).id, placed[0]);
    QCOMPARE(orders->at(1).id, placed[2]);
    const auto recent = f.log->recentlyClosed(50);
    QVERIFY(recent);
    QCOMPARE(recent->size(), size_t(1));
    QVERIFY(recent->front() == f.maker.order(placed[1]));
}

void TestEventLog::closedOrderIsFolded()
{
    LogFixture f;
    f.open();
    const QUuid old = f.maker.placeAndComplete("1");
    for (int i = 0; i < limits::recentOrdersMax; ++i)
        f.maker.placeAndComplete(QString::number(i + 2));
    QVERIFY(f.commit());
    QCOMPARE(rawValue(f.path(), "SELECT count(*) FROM order_state"), "50");
    const auto folded = f.log->order(old);
    QVERIFY(folded && *folded);
    QVERIFY(**folded == f.maker.order(old));
}

void TestEventLog::unknownOrderIsNone()
{
    LogFixture f;
    f.open();
    const auto none = f.log->order(makeUuidV7(f.clock.now(), f.random));
    QVERIFY(none);
    QVERIFY(!*none);
}

void TestEventLog::commandRecords()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    LogBatch batch = f.maker.take();
    const CommandRecord record{"idem", "key-1", QByteArray(32, '\1'), R"({"order_id":"x"})"};
    batch.commands = {record, {"source", "key-1", QByteArray(32, '\2'), "{}"}};
    QVERIFY(f.log->commit(batch));
    f.close();
    f.open();
    const auto found = f.log->command("idem", "key-1");
    QVERIFY(found && *found);
    QVERIFY(**found == record);
    const auto other = f.log->command("idem", "key-2");
    QVERIFY(other);
    QVERIFY(!*other);
}

void TestEventLog::deviceCommands()
{
    LogFixture f;
    f.open();
    LogBatch batch;
    batch.deviceCommands = {{"tablet-1", 1, "fp1", R"({"n":1})"},
                            {"tablet-1", 2, "fp2", "{}"},
                            {"tablet-2", 9, "fp3", "{}"}};
    QVERIFY(f.log->commit(batch));
    const auto found = f.log->deviceCommand("tablet-1", 1);
    QVERIFY(found && *found);
    QVERIFY(**found == batch.deviceCommands.front());
    QVERIFY(!*f.log->deviceCommand("tablet-1", 3));
    QCOMPARE(*f.log->lastDeviceCommand("tablet-1"), 2);
    QCOMPARE(*f.log->lastDeviceCommand("tablet-2"), 9);
    QCOMPARE(*f.log->lastDeviceCommand("tablet-3"), 0);
}

// A refused command is recorded too, and moves nothing.
void TestEventLog::recordsWithoutEvents()
{
    LogFixture f;
    f.open();
    f.maker.place("1");
    QVERIFY(f.commit());
    const LogHead head = f.log->head();
    LogBatch batch;
    batch.deviceCommands = {{"tablet-1", 1, "fp", R"({"status":"rejected"})"}};
    QVERIFY(f.log->commit(batch));
    QVERIFY(f.log->head() == head);
    f.close();
    f.open();
    QVERIFY(f.log->head() == head);
    QCOMPARE(*f.log->lastDeviceCommand("tablet-1"), 1);
}

void TestEventLog::dayNumber()
{
    LogFixture f;
    f.open();
    QVERIFY(!*f.log->dayNumber());
    for (const DayNumber &day : {DayNumber{"2026-11-21", 41}, DayNumber{"2026-11-22", 1}}) {
        f.maker.place("x");
        LogBatch batch = f.maker.take();
        batch.dayNumber = day;
        QVERIFY(f.log->commit(batch));
        const auto found = f.log->dayNumber();
        QVERIFY(found && *found);
        QVERIFY(**found == day);
    }
}

void TestEventLog::emptyBatchIsNothing()
{
    LogFixture f;
    f.open();
    QVERIFY(f.log->commit({}));
    QCOMPARE(f.log->head().pos, 0);
}

void TestEventLog::epochIsRenewed()
{
    LogFixture f;
    f.open();
    const QByteArray first = f.log->head().epoch;
    const QByteArray next(32, 'a');
    QVERIFY(!f.log->renewEpoch("not an epoch", "why"));
    QVERIFY(f.log->renewEpoch(next, "a display had seen more"));
    QCOMPARE(f.log->head().epoch, next);
    f.close();
    f.open();
    QCOMPARE(f.log->head().epoch, next);
    QCOMPARE(rawValue(f.path(), "SELECT group_concat(epoch || ' ' || why, ';') FROM epoch_history"),
             first + " created;" + next + " a display had seen more");
}

void TestEventLog::restaurantMustMatch()
{
    LogFixture f;
    f.open();
    f.close();
    OpenOptions other;
    other.restaurantId = "somebody else";
    const auto log = f.tryOpen(other);
    QVERIFY(!log);
    QVERIFY2(log.error().detail.contains("somebody else"), qPrintable(log.error().detail));
}

void TestEventLog::createOnlyWhenAsked()
{
    LogFixture f;
    OpenOptions options;
    options.create = false;
    const auto log = f.tryOpen(options);
    QVERIFY(!log);
    QCOMPARE(log.error().code, ErrorCode::NotFound);
    QVERIFY(!QFile::exists(f.path()));
}

QTEST_GUILESS_MAIN(TestEventLog)
#include "test_event_log.moc"
