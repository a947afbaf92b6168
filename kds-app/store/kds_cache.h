// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/store/cache_files.h"
#include "kds-app/store/database.h"
#include "kds-app/store/outbox.h"
#include "kds-app/store/ticket_store.h"
#include "shared/base/ids.h"

namespace cf::kds {

// As the hub has sent them, understood or not; `id` as the hub has named them.
struct CachedSettings {
    QByteArray id;
    QByteArray json;       // empty: none
    QByteArray understood; // the last that this display could read
    bool operator==(const CachedSettings &) const = default;
};

// What a display starts from.
struct CachedKitchen {
    QString deviceId; // made on first start, for the life of the install
    Board board;
    std::optional<Cursor> cursor;
    std::vector<OutboxEntry> outbox; // by n
    qint64 outboxNext = 1;
    std::optional<Timestamp> asOf; // hub time; see LinkState
    std::chrono::milliseconds hubOffset{};
    CachedSettings settings;
};

// All that one transaction writes. `tickets` is asked for what its dirty() names.
struct CacheWrite {
    const TicketStore *tickets = nullptr;
    std::vector<OutboxEntry> outbox; // new or different
    std::vector<qint64> outboxDropped;
    qint64 outboxNext = 1;
    std::optional<Timestamp> asOf;
    std::chrono::milliseconds hubOffset{};
    std::optional<CachedSettings> settings; // when they are different
};

// The display's own SQLite file (WAL, synchronous=FULL): the folded board, the cursor it stands at
// and the outbox, always of one moment, because they are written in one transaction. One thread.
// A save that fails leaves the file as it was; the same, or more, can be saved again.
class KdsCache
{
public:
    // Opens or makes the file. One that is damaged, of a newer version, or contradicts itself is
    // set aside beside it (renamed, with the time), its outbox is carried over as far as it can be
    // read, and `report` says so. Error: the place cannot be used at all.
    static Result<std::unique_ptr<KdsCache>> open(const QString &path, Timestamp now,
                                                  Random &random,
                                                  CacheFiles &files = machineCacheFiles());

    [[nodiscard]] const QString &report() const { return m_report; } // empty: nothing to report
    // Once, after open().
    [[nodiscard]] CachedKitchen takeLoaded() { return std::move(m_loaded); }

    Status save(const CacheWrite &write);

    static constexpr int schemaVersion = 1;

private:
    struct Statements {
        Statement upsertOrder, deleteOrder, deleteOrders, upsertEntry, deleteEntry, upsertMeta;
    };

    explicit KdsCache(Database database) : m_database(std::move(database)) { }
    static Result<std::unique_ptr<KdsCache>> tryOpen(const QString &path);
    Status prepare();
    Status firstStart(CachedKitchen salvaged, Timestamp now, Random &random);
    Status load();
    Status loadOrders();
    Status saveBoard(const TicketStore &tickets);
    Status saveOrder(const OrderState &order, std::optional<qint64> closedRank);
    Status saveOutbox(const CacheWrite &write);
    Status saveMeta(const char *key, const QByteArray &value);
    Status saveMetas(const CacheWrite &write);

    Database m_database;
    std::unique_ptr<Statements> m_statements;
    CachedKitchen m_loaded;
    QString m_report;
    qint64 m_closedRank = 0; // highest given out: the order of the recent ones
};

} // namespace cf::kds
