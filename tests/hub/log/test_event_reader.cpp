// SPDX-License-Identifier: Apache-2.0
#include "hub/log/event_row.h"
#include "hub/log/sqlite_event_reader.h"
#include "shared/order/board.h"
#include "tests/hub/log/log_fixture.h"

#include <QTest>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;

class TestEventReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup()
    {
        m_reader.reset();
        m_f.reset();
    }

    void rangesAndLimits();
    void bytesBoundTheAnswer();
    void seesWhatIsCommittedLater();
    void chainAtAnyPosition();
    void gapIsTheSumOfItsEvents();
    void eventsOfOneOrder();
    void trackersByToken();
    void countsByTypeSince();
    void epochsNewestFirst();
    void ordersByNumberNewestFirst();
    void digestOfTheTable();
    void needsALog();
    void readsALogThatIsNotOpen();

private:
    std::unique_ptr<LogFixture> m_f;
    std::unique_ptr<SqliteEventReader> m_reader;
    QUuid m_first;
};

// Twelve events in three batches: orders 1 and 2 completed, order 3 open.
void TestEventReader::init()
{
    m_f = std::make_unique<LogFixture>();
    m_f->open();
    m_first = m_f->maker.placeAndComplete("1");
    QVERIFY(m_f->commit());
    m_f->maker.placeAndComplete("2");
    QVERIFY(m_f->commit());
    m_f->maker.add(m_f->maker.place("3", true), EventType::OrderPaid);
    QVERIFY(m_f->commit());
    auto reader = SqliteEventReader::open(m_f->path());
    QVERIFY(reader);
    m_reader = std::move(*reader);
}

void TestEventReader::rangesAndLimits()
{
    const std::vector<LoggedEvent> &all = m_f->maker.all();
    const auto slice = [&](qint64 after, qint64 upTo) {
        return std::vector<LoggedEvent>(all.begin() + after, all.begin() + upTo);
    };
    QVERIFY(*m_reader->events(0, 12, 100, 1'000'000) == all);
    QVERIFY(*m_reader->events(0, 99, 100, 1'000'000) == all);
    QVERIFY(*m_reader->events(3, 7, 100, 1'000'000) == slice(3, 7));
    QVERIFY(*m_reader->events(3, 12, 2, 1'000'000) == slice(3, 5));
    QVERIFY(m_reader->events(12, 12, 100, 1'000'000)->empty());
    QVERIFY(m_reader->events(50, 99, 100, 1'000'000)->empty());
}

void TestEventReader::bytesBoundTheAnswer()
{
    const qint64 two = *m_reader->gapBytes(0, 2);
    QCOMPARE(m_reader->events(0, 12, 100, two)->size(), size_t(2));
    QCOMPARE(m_reader->events(0, 12, 100, two - 1)->size(), size_t(1));
    QCOMPARE(m_reader->events(0, 12, 100, 0)->size(), size_t(1)); // always one
}

void TestEventReader::seesWhatIsCommittedLater()
{
    QCOMPARE(m_reader->head()->pos, 12);
    m_f->maker.place("4");
    QVERIFY(m_f->commit());
    QVERIFY(*m_reader->head() == m_f->log->head());
    QCOMPARE(m_reader->events(12, 13, 100, 1'000'000)->size(), size_t(1));
    QCOMPARE(*m_reader->restaurantId(), "bistro");
}

void TestEventReader::chainAtAnyPosition()
{
    QVERIFY(**m_reader->chainAt(0) == ChainHash{});
    QVERIFY(**m_reader->chainAt(5) == m_f->maker.all()[4].chain);
    QVERIFY(**m_reader->chainAt(12) == m_f->log->head().chain);
    QVERIFY(!*m_reader->chainAt(13));
    QVERIFY(!*m_reader->chainAt(-1));
}

void TestEventReader::gapIsTheSumOfItsEvents()
{
    qint64 sum = 0;
    for (size_t i = 4; i < 9; ++i)
        sum += eventTexts(m_f->maker.all()[i].event).storedBytes();
    QCOMPARE(*m_reader->gapBytes(4, 9), sum);
    QCOMPARE(*m_reader->gapBytes(9, 9), 0);
    QCOMPARE(*m_reader->gapBytes(9, 4), 0);
    QCOMPARE(*m_reader->gapBytes(0, 12), *m_reader->gapBytes(0, 4) + *m_reader->gapBytes(4, 12));
    QVERIFY(!m_reader->gapBytes(4, 13)); // there is no 13
}

void TestEventReader::eventsOfOneOrder()
{
    const auto events = m_reader->orderEvents(m_first, 0);
    QVERIFY(events);
    QCOMPARE(events->size(), size_t(5));
    for (size_t i = 0; i < 5; ++i)
        QVERIFY((*events)[i] == m_f->maker.all()[i].event);
    QCOMPARE(m_reader->orderEvents(m_first, 3)->size(), size_t(2));
    QVERIFY(m_reader->orderEvents(m_first, 5)->empty());
    QVERIFY(m_reader->orderEvents(makeUuidV7(m_f->clock.now(), m_f->random), 0)->empty());
}

void TestEventReader::trackersByToken()
{
    const QUuid order = m_f->maker.all()[10].event.orderId;
    const auto token = m_reader->trackerForOrder(order);
    QVERIFY(token && *token);
    QCOMPARE((*token)->size(), 32);
    QCOMPARE(**m_reader->orderForTracker(**token), order);
    QVERIFY(!*m_reader->orderForTracker(QByteArray(32, '0')));
    QVERIFY(!*m_reader->orderForTracker({}));
    QVERIFY(!*m_reader->orderForTracker(QByteArray(100'000, 'f')));
    QVERIFY(!*m_reader->trackerForOrder(m_first));
    QCOMPARE(*m_reader->lastDeviceCommand("nobody"), 0);
}

void TestEventReader::countsByTypeSince()
{
    using Counts = std::vector<std::pair<QString, qint64>>;
    const Counts all = {{"order_accepted", 2},
                        {"order_completed", 2},
                        {"order_paid", 3},
                        {"order_placed", 3},
                        {"order_ready", 2}};
    QVERIFY(*m_reader->countsSince(Timestamp{}) == all);
    QVERIFY(*m_reader->countsSince(m_f->maker.all().front().event.at) == all);
    const Timestamp eleventh = m_f->maker.all()[10].event.at;
    const Counts lastTwo = {{"order_paid", 1}, {"order_placed", 1}};
    QVERIFY(*m_reader->countsSince(eleventh) == lastTwo);
    const Counts last = {{"order_paid", 1}};
    QVERIFY(*m_reader->countsSince(eleventh + std::chrono::milliseconds{1}) == last);
    QVERIFY(m_reader->countsSince(m_f->clock.now() + std::chrono::hours{1})->empty());
}

void TestEventReader::epochsNewestFirst()
{
    const QByteArray first = m_f->log->head().epoch;
    QVERIFY(m_f->log->renewEpoch(QByteArray(32, 'b'), QStringLiteral("a test wants it")));
    const auto epochs = m_reader->epochs(10);
    QVERIFY(epochs);
    QCOMPARE(epochs->size(), size_t(2));
    QCOMPARE(epochs->front().epoch, QByteArray(32, 'b'));
    QVERIFY2(epochs->front().why.contains("a test wants it"), qPrintable(epochs->front().why));
    QCOMPARE(epochs->back().epoch, first);
    QCOMPARE(m_reader->epochs(1)->size(), size_t(1));
}

void TestEventReader::ordersByNumberNewestFirst()
{
    const QUuid again = m_f->maker.place("1");
    const QUuid other = m_f->maker.place("11");
    m_f->maker.place("say \"1\"");
    QVERIFY(m_f->commit());
    const std::vector<QUuid> both = {again, m_first};
    QVERIFY(*m_reader->ordersByNumber("1", 10) == both);
    QVERIFY(*m_reader->ordersByNumber("1", 1) == std::vector<QUuid>{again});
    QVERIFY(*m_reader->ordersByNumber("11", 10) == std::vector<QUuid>{other});
    QCOMPARE(m_reader->ordersByNumber("say \"1\"", 10)->size(), size_t(1));
    QVERIFY(m_reader->ordersByNumber("card", 10)->empty());
}

void TestEventReader::digestOfTheTable()
{
    const auto table = m_reader->tableDigest();
    QVERIFY(table);
    const OrderEvent &last = m_f->maker.all().back().event;
    const TableDigest expected{12, 1, digestText(digestTerm(last.orderId, last.seq))};
    QVERIFY(*table == expected);
}

void TestEventReader::needsALog()
{
    const auto reader = SqliteEventReader::open(m_f->dir.filePath("nothing.db"));
    QVERIFY(!reader);
    QCOMPARE(reader.error().code, ErrorCode::NotFound);
    QVERIFY(!QFile::exists(m_f->dir.filePath("nothing.db")));
}

void TestEventReader::readsALogThatIsNotOpen()
{
    m_reader.reset();
    m_f->close();
    auto reader = SqliteEventReader::open(m_f->path());
    QVERIFY(reader);
    QVERIFY(*(*reader)->events(0, 12, 100, 1'000'000) == m_f->maker.all());
    m_f->open(); // and the hub starts beside it
    m_f->maker.place("4");
    QVERIFY(m_f->commit());
    QCOMPARE((*reader)->head()->pos, 13);
}

QTEST_GUILESS_MAIN(TestEventReader)
#include "test_event_reader.moc"
