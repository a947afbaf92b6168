// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/sqlite_ledger_reader.h"

#include "hub/reports/order_finder.h"
#include "hub/reports/parquet.h"
#include "hub/reports/report_limits.h"
#include "hub/reports/reporter.h"

namespace cf::hub {

namespace {

// Instructions of SQLite's machine between two looks at the clock: some milliseconds.
constexpr int stepsBetweenLooks = 100'000;

} // namespace

// Told by SQLite every so often; what it returns is whether to give up.
struct SqliteLedgerReader::Fuse {
    Fuse(const std::atomic<bool> &stopping, std::chrono::steady_clock::time_point end)
        : stop(stopping), until(end)
    {
    }

    const std::atomic<bool> &stop;
    std::chrono::steady_clock::time_point until;

    static int look(void *self)
    {
        const auto *fuse = static_cast<const Fuse *>(self);
        return fuse->stop || std::chrono::steady_clock::now() >= fuse->until ? 1 : 0;
    }
};

SqliteLedgerReader::SqliteLedgerReader(std::unique_ptr<Database> own, std::unique_ptr<Fuse> fuse)
    : m_fuse(std::move(fuse)), m_own(std::move(own)), m_db(*m_own)
{
    sqlite3_progress_handler(m_db.handle(), stepsBetweenLooks, Fuse::look, m_fuse.get());
}

SqliteLedgerReader::SqliteLedgerReader(Database &db, const QString &parquetTool)
    : m_db(db), m_parquetTool(parquetTool)
{
}

SqliteLedgerReader::~SqliteLedgerReader() = default;

Result<std::unique_ptr<SqliteLedgerReader>> SqliteLedgerReader::open(const QString &path,
                                                                     const std::atomic<bool> &stop,
                                                                     const QString &parquetTool)
{
    Result<Database> db = Database::open(path, Database::Mode::Read);
    if (!db)
        return db.error();
    const auto until = std::chrono::steady_clock::now() + report_limits::questionTimeMax;
    std::unique_ptr<SqliteLedgerReader> reader(new SqliteLedgerReader(
        std::make_unique<Database>(std::move(*db)), std::make_unique<Fuse>(stop, until)));
    reader->m_parquetTool = parquetTool;
    return reader;
}

template<typename T>
Result<T> SqliteLedgerReader::atOneMoment(const std::function<Result<T>()> &question)
{
    Transaction moment(m_db);
    Status begun = moment.begin(Transaction::Kind::Read);
    if (!begun)
        return begun.error();
    Result<T> answer = question();
    if (!answer && m_fuse && Fuse::look(m_fuse.get()) != 0)
        return Error{ErrorCode::Unavailable, QStringLiteral("that would take too long; ask for "
                                                            "less")};
    m_hasFailed = m_hasFailed || (!answer && answer.error().code == ErrorCode::StorageFailed);
    return answer;
}

Result<FoundOrders> SqliteLedgerReader::findOrders(const OrderSearch &search)
{
    return atOneMoment<FoundOrders>([&] { return OrderFinder(m_db, search).find(); });
}

Result<Report> SqliteLedgerReader::report(const ReportRequest &request)
{
    return atOneMoment<Report>([&] { return makeReport(m_db, request); });
}

Result<QByteArray> SqliteLedgerReader::parquet(const Table &table)
{
    return tableToParquet(table, m_parquetTool);
}

} // namespace cf::hub
