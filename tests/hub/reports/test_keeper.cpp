// SPDX-License-Identifier: Apache-2.0
#include "hub/log/sqlite_event_reader.h"
#include "hub/reports/ledger_keeper.h"
#include "hub/reports/report_limits.h"
#include "tests/hub/log/log_fixture.h"
#include "tests/hub/reports/ledger_kit.h"

#include <QtTest>

#include <array>
#include <csignal>
#include <future>
#include <sys/wait.h>
#include <unistd.h>

using namespace cf;
using namespace cf::hub;
using namespace cf::test;
using namespace std::chrono_literals;

namespace {
constexpr int patience = 30'000; // milliseconds; a limit, not a wait
} // namespace

class TestKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_log = std::make_unique<LogFixture>();
        m_log->open();
        m_told.clear();
    }
    void cleanup()
    {
        m_keeper.reset();
        m_log.reset();
    }

    void answersWithWhatWasJustCommitted();
    void goesOnWhereItWas();
    void makesItAgainWhenTheFileIsNoLedger();
    void makesItAgainWhenAQuestionFindsDamage();
    void tellsWhenItCannotBeWritten();
    void refusesWhenTooManyWait();
    void answersEveryQuestionWhenStopping();
    void survivesBeingKilledAtAnyMoment();

private:
    [[nodiscard]] QString ledgerPath() const { return m_log->dir.filePath("ledger.db"); }
    void start()
    {
        m_keeper = std::make_unique<LedgerKeeper>(LedgerKeeperParts{
            m_log->path(), ledgerPath(), {}, [this](const char *event, const QString &why) {
                const std::lock_guard lock(m_mutex);
                m_told.append(QLatin1StringView(event) + QStringLiteral(": ") + why);
            }});
        m_keeper->start(m_log->log->head().pos, [] {});
    }
    QStringList told()
    {
        const std::lock_guard lock(m_mutex);
        return m_told;
    }
    void place(const QString &number)
    {
        m_log->maker.place(number);
        QVERIFY(m_log->commit());
        m_keeper->wake(m_log->log->head().pos);
    }
    Result<FoundOrders> find(const QString &text)
    {
        const auto answer = std::make_shared<std::promise<Result<FoundOrders>>>();
        OrderSearch search;
        search.text = text;
        search.limit = 10;
        const bool taken = m_keeper->ask([answer, search](LedgerReader &reader) {
            answer->set_value(reader.findOrders(search));
        });
        return taken ? answer->get_future().get()
                     : Error{ErrorCode::Unavailable, QStringLiteral("not taken")};
    }

    std::unique_ptr<LogFixture> m_log;
    std::unique_ptr<LedgerKeeper> m_keeper;
    std::mutex m_mutex;
    QStringList m_told;
};

void TestKeeper::answersWithWhatWasJustCommitted()
{
    start();
    for (int i = 1; i <= 30; ++i) {
        place(QString::number(i));
        const Result<FoundOrders> found = find(QString::number(i));
        QVERIFY(found);
        QCOMPARE(found->orders.front().number, QString::number(i));
        QCOMPARE(found->asOf, m_log->log->head().pos);
    }
    QCOMPARE(told(), QStringList());
}

void TestKeeper::goesOnWhereItWas()
{
    start();
    place("1");
    QVERIFY(find("1"));
    m_keeper.reset();
    m_log->maker.place("2");
    QVERIFY(m_log->commit());
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_keeper->pos(), m_log->log->head().pos, patience);
    QCOMPARE(find("2")->orders.size(), size_t(1));
    QCOMPARE(find("1")->orders.size(), size_t(1));
    QCOMPARE(told(), QStringList());
}

void TestKeeper::makesItAgainWhenTheFileIsNoLedger()
{
    QFile file(ledgerPath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("gibberish");
    file.close();
    start();
    place("1");
    QTRY_COMPARE_WITH_TIMEOUT(m_keeper->pos(), m_log->log->head().pos, patience);
    QCOMPARE(find("1")->orders.size(), size_t(1));
    QCOMPARE(QFile(ledgerPath()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestKeeper::makesItAgainWhenAQuestionFindsDamage()
{
    start();
    for (int i = 0; i < 50; ++i)
        m_log->maker.placeAndComplete(QString::number(i));
    QVERIFY(m_log->commit());
    m_keeper->wake(m_log->log->head().pos);
    QTRY_COMPARE_WITH_TIMEOUT(m_keeper->pos(), m_log->log->head().pos, patience);
    // Gone from under it, as on a disk that fails.
    QCOMPARE(rawSql(ledgerPath(), "DROP TABLE search"), QString());
    const Result<FoundOrders> found = find("order");
    QVERIFY(!found);
    QTRY_VERIFY_WITH_TIMEOUT(
        told().contains(QStringLiteral("ledger_damaged: a question could not be answered "
                                       "from it")),
        patience);
    const auto isWell = [this] {
        const Result<FoundOrders> again = find("7");
        return again && !again->orders.empty() && again->orders.front().number == u"7";
    };
    QTRY_VERIFY_WITH_TIMEOUT(isWell(), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_keeper->pos(), m_log->log->head().pos, patience);
}

void TestKeeper::tellsWhenItCannotBeWritten()
{
    QVERIFY(QDir(m_log->dir.path()).mkpath("ledger.db/in/its/place"));
    start();
    QTRY_VERIFY_WITH_TIMEOUT(!told().isEmpty(), patience);
    QVERIFY2(told().front().startsWith(u"ledger_failed: "), qPrintable(told().front()));
    const Result<FoundOrders> found = find("1");
    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Unavailable);
    place("1"); // the log goes on
    // As soon as it can, it does.
    QVERIFY(QDir(ledgerPath()).removeRecursively());
    QTRY_COMPARE_WITH_TIMEOUT(m_keeper->pos(), m_log->log->head().pos, 30'000);
    QCOMPARE(find("1")->orders.size(), size_t(1));
}

void TestKeeper::refusesWhenTooManyWait()
{
    start();
    std::promise<void> entered;
    std::promise<void> gate;
    QVERIFY(m_keeper->ask([&](LedgerReader &) {
        entered.set_value();
        gate.get_future().wait();
    }));
    entered.get_future().wait();
    int taken = 0;
    std::atomic<int> run = 0;
    while (taken < 1'000 && m_keeper->ask([&](LedgerReader &) { ++run; }))
        ++taken;
    QCOMPARE(taken, report_limits::questionsMax);
    gate.set_value();
    QTRY_COMPARE_WITH_TIMEOUT(run.load(), taken, patience);
}

void TestKeeper::answersEveryQuestionWhenStopping()
{
    start();
    std::promise<void> entered;
    std::promise<void> gate;
    QVERIFY(m_keeper->ask([&](LedgerReader &) {
        entered.set_value();
        gate.get_future().wait();
    }));
    entered.get_future().wait();
    std::atomic<int> refused = 0;
    for (int i = 0; i < 5; ++i) {
        QVERIFY(m_keeper->ask([&](LedgerReader &reader) {
            const Result<FoundOrders> found = reader.findOrders({});
            refused += !found && found.error().code == ErrorCode::Unavailable ? 1 : 0;
        }));
    }
    m_keeper->stop();
    QVERIFY(!m_keeper->ask([](LedgerReader &) {}));
    gate.set_value();
    m_keeper->join();
    QCOMPARE(refused.load(), 5);
}

// Another process follows in small batches until it is killed; what it leaves is gone on with.
void TestKeeper::survivesBeingKilledAtAnyMoment()
{
    for (int i = 0; i < 300; ++i)
        m_log->maker.placeAndComplete(QString::number(i));
    QVERIFY(m_log->commit());
    const qint64 head = m_log->log->head().pos;
    int half = 0;
    for (int round = 0; round < 40; ++round) {
        std::array<int, 2> progress{};
        QVERIFY(::pipe(progress.data()) == 0);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            const auto reader = SqliteEventReader::open(m_log->path());
            const auto ledger = Ledger::open(ledgerPath());
            while (reader && ledger && (*ledger)->follow(**reader, head, 3)
                   && ::write(progress[1], "x", 1) == 1) { }
            ::_exit(1);
        }
        ::close(progress[1]);
        // Somewhere in the batch after this one.
        std::array<char, 64> told{};
        for (int batches = 0; batches < 5;) {
            const ssize_t read = ::read(progress[0], told.data(), 1 + round % 3);
            QVERIFY2(read > 0, "the other process follows");
            batches += static_cast<int>(read);
        }
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(progress[0]);
        const std::unique_ptr<Ledger> ledger = Ledger::open(ledgerPath()).value();
        half += ledger->place().pos > 0 && ledger->place().pos < head ? 1 : 0;
    }
    const auto reader = SqliteEventReader::open(m_log->path()).value();
    const auto ledger = Ledger::open(ledgerPath()).value();
    const auto fresh = Ledger::open(QString()).value();
    for (Ledger *one : {ledger.get(), fresh.get()}) {
        while (one->follow(*reader, head).value() > 0) { }
    }
    QCOMPARE(differenceOf(dumpOf(ledger->database()), dumpOf(fresh->database())), QString());
    QVERIFY2(half > 3, "it was killed half-way often enough to prove something");
}

QTEST_GUILESS_MAIN(TestKeeper)
#include "test_keeper.moc"
