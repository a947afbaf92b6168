// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "hub/log/event_log.h"

#include <memory>

namespace cf::hub {

struct TableDigest {
    qint64 pos = 0;
    qint64 count = 0;
    QByteArray digest;
    bool operator==(const TableDigest &) const = default;
};

// Reads a log beside its writer, which it never blocks: own read-only connection, no checkpoints,
// no read transaction that lasts longer than a call. One thread at a time.
class SqliteEventReader final : public EventReader
{
public:
    // Errors: NotFound; StorageFailed when the file is not a log of this version's schema.
    static Result<std::unique_ptr<SqliteEventReader>> open(const QString &path);

    Result<std::vector<LoggedEvent>> events(qint64 after, qint64 upTo, int limit,
                                            qint64 bytesMax) override;
    Result<std::optional<ChainHash>> chainAt(qint64 pos) override;
    Result<qint64> gapBytes(qint64 after, qint64 upTo) override;
    Result<std::vector<OrderEvent>> orderEvents(const QUuid &orderId, int afterSeq) override;
    Result<std::optional<QUuid>> orderForTracker(const QByteArray &token) override;
    Result<std::optional<QByteArray>> trackerForOrder(const QUuid &orderId) override;
    Result<qint64> lastDeviceCommand(const QString &device) override;
    // Costs the events since then, however long the log: positions are in the order of time, so
    // where to begin is found by halving.
    Result<std::vector<std::pair<QString, qint64>>> countsSince(Timestamp since) override;
    Result<std::vector<SettingsRecord>> settingsHistory(const QByteArray &name, qint64 before,
                                                        int limit) override;
    Result<qint64> firstSince(Timestamp since) override;
    Result<SettingsRecord> settingsAt(const QByteArray &name, Timestamp at) override;
    Result<std::vector<EpochRecord>> epochs(int limit) override;

    // --- for people, beyond the interface -------------------------------------------------------
    Result<LogHead> head();
    Result<QString> restaurantId();
    // Of the open orders, by the state table.
    Result<TableDigest> tableDigest();
    // Newest first, at most `limit`: order numbers start again each day. Walks the whole log.
    Result<std::vector<QUuid>> ordersByNumber(const QString &number, int limit);

private:
    explicit SqliteEventReader(Database db) : m_db(std::move(db)) { }
    Status prepare();
    Result<qint64> bytesTo(qint64 pos);

    Database m_db;
    struct {
        Statement events, chainAt, bytesTo, orderEvents, orderForToken, tokenForOrder;
        Statement lastDeviceCommand, timeAt, lastPos, counts, head, restaurant, placed, openPlaces;
        Statement settings, settingsAt, epochs;
    } m_sql;
};

} // namespace cf::hub
