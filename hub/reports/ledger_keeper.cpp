// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/ledger_keeper.h"

#include "hub/log/sqlite_event_reader.h"
#include "hub/reports/ledger.h"
#include "hub/reports/report_limits.h"
#include "hub/reports/sqlite_ledger_reader.h"

#include <algorithm>
#include <utility>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cf::hub {

namespace {

// Half-way down: whoever writes the log or draws a board goes first, and on an idle machine nothing
// is lost. Linux gives each thread a priority of its own.
constexpr int niceness = 10;

void giveWay()
{
    // What it returns does not matter: then it does not give way.
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), niceness);
}

// For questions when there is no ledger to be read.
class NoLedger final : public LedgerReader
{
public:
    explicit NoLedger(Error why) : m_why(std::move(why)) { }
    Result<FoundOrders> findOrders(const OrderSearch & /*search*/) override { return m_why; }
    Result<Report> report(const ReportRequest & /*request*/) override { return m_why; }
    Result<QByteArray> parquet(const Table & /*table*/) override { return m_why; }

private:
    Error m_why;
};

Error unavailable()
{
    return {ErrorCode::Unavailable, QStringLiteral("the ledger cannot be read now; try again")};
}

} // namespace

LedgerKeeper::LedgerKeeper(LedgerKeeperParts parts) : m_parts(std::move(parts)) { }

LedgerKeeper::~LedgerKeeper()
{
    stop();
    join();
}

void LedgerKeeper::start(qint64 head, std::function<void()> onStopped)
{
    m_head = head;
    m_onStopped = std::move(onStopped);
    m_running = 2;
    m_follower = std::thread([this] { follow(); });
    m_answerer = std::thread([this] { answer(); });
}

void LedgerKeeper::wake(qint64 head)
{
    {
        const std::lock_guard lock(m_mutex);
        m_head = head;
        m_woken = true;
    }
    m_wake.notify_one();
}

bool LedgerKeeper::ask(Question question)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_running < 2 || std::ssize(m_questions) >= report_limits::questionsMax)
            return false;
        m_questions.push_back(std::move(question));
    }
    m_moved.notify_one();
    return true;
}

void LedgerKeeper::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_moved.notify_all();
}

void LedgerKeeper::join()
{
    for (std::thread *thread : {&m_follower, &m_answerer}) {
        if (thread->joinable())
            thread->join();
    }
}

void LedgerKeeper::ended()
{
    std::unique_lock lock(m_mutex);
    const bool last = --m_running == 0;
    lock.unlock();
    if (last && m_onStopped)
        m_onStopped();
}

void LedgerKeeper::follow()
{
    giveWay();
    {
        std::unique_ptr<SqliteEventReader> log;
        std::unique_ptr<Ledger> ledger;
        std::chrono::milliseconds retry = report_limits::ledgerRetryMin;
        bool hasFailed = false;
        while (!m_stopping) {
            const Status done = catchUp(log, ledger, hasFailed);
            hasFailed = !done;
            std::unique_lock lock(m_mutex);
            if (done) {
                retry = report_limits::ledgerRetryMin;
                m_wake.wait(lock, [this] { return m_stopping || m_woken; });
                continue;
            }
            ledger.reset();
            log.reset();
            m_parts.tell("ledger_failed", done.error().detail);
            m_wake.wait_for(lock, retry, [this] { return m_stopping.load(); });
            retry = std::min<std::chrono::milliseconds>(2 * retry, report_limits::ledgerRetryMax);
        }
    }
    ended();
}

Status LedgerKeeper::openBoth(std::unique_ptr<SqliteEventReader> &log,
                              std::unique_ptr<Ledger> &ledger, bool hasFailed)
{
    if (!log) {
        Result<std::unique_ptr<SqliteEventReader>> opened =
            SqliteEventReader::open(m_parts.logPath);
        if (!opened)
            return opened.error();
        log = std::move(*opened);
    }
    if (!ledger) {
        const std::lock_guard nobodyReads(m_file);
        const Ledger::Check check = hasFailed ? Ledger::Check::Always : Ledger::Check::WhenSmall;
        Result<std::unique_ptr<Ledger>> opened = Ledger::open(m_parts.ledgerPath, check);
        if (!opened)
            return opened.error();
        ledger = std::move(*opened);
    }
    return ok();
}

Result<int> LedgerKeeper::takeBatch(SqliteEventReader &log, Ledger &ledger)
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = false; // before the head is read: what comes later wakes again
        if (std::exchange(m_isSuspect, false))
            return Error{ErrorCode::StorageFailed, QStringLiteral("a question could not be read")};
    }
    const Result<LogHead> head = log.head();
    if (!head)
        return head.error();
    const int restarts = ledger.restarts();
    Result<int> taken = ledger.follow(log, head->pos);
    if (taken && ledger.restarts() > restarts)
        m_parts.tell("ledger_made_again", QStringLiteral("it was not of this log"));
    return taken;
}

// Until there is nothing more to take. A pause follows each batch, as long as the batch took: a
// ledger that is made again takes half of one core at most.
Status LedgerKeeper::catchUp(std::unique_ptr<SqliteEventReader> &log,
                             std::unique_ptr<Ledger> &ledger, bool hasFailed)
{
    if (Status opened = openBoth(log, ledger, hasFailed); !opened)
        return opened;
    while (!m_stopping) {
        const auto began = std::chrono::steady_clock::now();
        const Result<int> taken = takeBatch(*log, *ledger);
        if (!taken)
            return taken.error();
        const auto took = std::chrono::steady_clock::now() - began;
        std::unique_lock lock(m_mutex);
        m_pos = ledger->place().pos;
        m_moved.notify_all();
        if (*taken == 0)
            return ok();
        m_wake.wait_for(lock, std::max<std::chrono::nanoseconds>(took, report_limits::ledgerPause),
                        [this] { return m_stopping.load(); });
    }
    return ok();
}

// What was committed before the question is in the answer, if the ledger is nearly there.
void LedgerKeeper::waitUntilFresh(std::unique_lock<std::mutex> &lock)
{
    const qint64 wanted = m_head;
    if (m_pos >= 0 && wanted - m_pos > report_limits::freshWaitEvents)
        return;
    m_moved.wait_for(lock, report_limits::freshWaitMax,
                     [&] { return m_stopping || m_pos >= wanted || m_head < wanted; });
}

void LedgerKeeper::answer()
{
    giveWay();
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_moved.wait(lock, [this] { return m_stopping || !m_questions.empty(); });
        if (m_questions.empty())
            break;
        Question question = std::move(m_questions.front());
        m_questions.pop_front();
        if (!m_stopping)
            waitUntilFresh(lock);
        lock.unlock();
        run(question);
        question = nullptr; // what it holds goes without the lock
        lock.lock();
    }
    lock.unlock();
    ended();
}

void LedgerKeeper::suspect(const char *event, const QString &why)
{
    m_parts.tell(event, why);
    {
        const std::lock_guard lock(m_mutex);
        m_isSuspect = true;
        m_woken = true;
    }
    m_wake.notify_one();
}

void LedgerKeeper::run(const Question &question)
{
    NoLedger none(unavailable());
    if (m_stopping) {
        question(none);
        return;
    }
    std::unique_lock nobodyTakesItAway(m_file);
    Result<std::unique_ptr<SqliteLedgerReader>> reader =
        SqliteLedgerReader::open(m_parts.ledgerPath, m_stopping, m_parts.parquetTool);
    if (reader)
        question(**reader);
    else
        question(none);
    const bool isBad = reader && (*reader)->hasFailed();
    if (reader)
        reader->reset();
    nobodyTakesItAway.unlock();
    if (isBad)
        suspect("ledger_damaged", QStringLiteral("a question could not be answered from it"));
}

} // namespace cf::hub
