// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "hub/log/event_log.h"
#include "hub/reports/ledger_fold.h"
#include "hub/reports/report_limits.h"

#include <QHash>
#include <QSet>

namespace cf::hub {

// Up to where the ledger has read the log. The chain hash is of everything before, so that one that
// fits the log proves that all the ledger says is of this very log, whatever its epoch.
struct LedgerPlace {
    qint64 pos = 0;
    ChainHash chain{};
    bool operator==(const LedgerPlace &) const = default;
};

// The writing side of the ledger: what the log's events add up to, kept in tables that questions
// can be asked of, in a file of its own. It holds nothing that is not in the log, so it is thrown
// away and made again whenever there is doubt: damaged, of another version, or of another log.
//
// One thread. Events and the place they lead to are one transaction: killed at any moment, it goes
// on where it was. Not synced with each: after a power cut it may be some events behind, no more.
class Ledger
{
public:
    // Whether the file's pages are looked through, which takes a second for some hundred MiB.
    enum class Check : quint8 {
        WhenSmall, // up to ledgerCheckedBytes: nothing was wrong
        Always,    // it has failed
    };
    // Makes a new file where there is none that can be used. `path` empty: in memory, for tests.
    static Result<std::unique_ptr<Ledger>> open(const QString &path,
                                                Check check = Check::WhenSmall);

    [[nodiscard]] const LedgerPlace &place() const { return m_place; }
    // Takes the next events of the log, at most a batch; how many. 0: it has all up to `head`.
    // After an error nothing of the batch is kept.
    Result<int> follow(EventReader &log, qint64 head,
                       int eventsMax = report_limits::ledgerBatchEvents);
    // Was thrown away since it was opened, because it was not this log's.
    [[nodiscard]] int restarts() const { return m_restarts; }

    [[nodiscard]] Database &database() { return m_db; }

private:
    explicit Ledger(Database db) : m_db(std::move(db)) { }

    static Result<std::unique_ptr<Ledger>> tryOpen(const QString &path, Check check);
    Status prepare();
    Status readPlace();
    Status startAgain();
    Result<bool> isOfThis(EventReader &log);
    Status takeAll(EventReader &log, const std::vector<LoggedEvent> &events);
    Status take(EventReader &log, const OrderEvent &event);
    Result<LedgerOrder *> orderBefore(EventReader &log, const OrderEvent &event);
    Status write(const Bump &bump, qint64 openedPos);
    Status write(const Recall &recall, qint64 openedPos);
    Status write(const LedgerOrder &order);
    Status writeLine(const LedgerOrder &order, size_t index);
    Status writeSearch(const OrderState &order);
    Status writePlace(const LedgerPlace &place);
    void forgetClosed();
    Status keepWalSmall();

    Database m_db;
    struct {
        Statement place, setPlace, order, search, line, bump, recall, recalled;
    } m_sql;
    LedgerPlace m_place;
    QHash<QUuid, LedgerOrder> m_orders; // those that more is likely to happen to
    QSet<QUuid> m_touched;              // in this batch
    int m_restarts = 0;
};

// The ledger's name in the data directory.
inline constexpr QLatin1StringView ledgerFileName("ledger.db");

} // namespace cf::hub
