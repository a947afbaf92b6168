// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "hub/reports/ledger_reader.h"

#include <atomic>
#include <functional>

namespace cf::hub {

// Reads a ledger beside its writer: a read-only connection of its own, made for one question and
// closed after it, so that it never stands in the way of a ledger that is made again. Each question
// sees one moment, and is given up after questionTimeMax or when `stop` is set: Unavailable.
class SqliteLedgerReader final : public LedgerReader
{
public:
    // `parquetTool`: the helper's path.
    static Result<std::unique_ptr<SqliteLedgerReader>>
    open(const QString &path, const std::atomic<bool> &stop, const QString &parquetTool = {});
    // On a connection that is open, for ledgers in memory.
    explicit SqliteLedgerReader(Database &db, const QString &parquetTool = {});
    ~SqliteLedgerReader() override;

    // Something could not be read that should be there: the file may be damaged.
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

    Result<FoundOrders> findOrders(const OrderSearch &search) override;
    Result<Report> report(const ReportRequest &request) override;
    Result<QByteArray> parquet(const Table &table) override;

private:
    struct Fuse;
    SqliteLedgerReader(std::unique_ptr<Database> own, std::unique_ptr<Fuse> fuse);
    template<typename T>
    Result<T> atOneMoment(const std::function<Result<T>()> &question);

    std::unique_ptr<Fuse> m_fuse; // outlives the connection that looks at it
    std::unique_ptr<Database> m_own;
    Database &m_db;
    QString m_parquetTool;
    bool m_hasFailed = false;
};

} // namespace cf::hub
