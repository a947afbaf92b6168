// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/reports/report.h"
#include "shared/base/result.h"
#include "shared/order/order_state.h"

namespace cf::hub {

// Where a page of found orders goes on: among those whose number was asked for, or among the
// others.
struct SearchPlace {
    qint64 before = 0; // opened_pos
    bool amongNumbers = false;
    bool operator==(const SearchPlace &) const = default;

    [[nodiscard]] QByteArray text() const;
    static std::optional<SearchPlace> fromText(QByteArrayView text);
};

// Which orders are wanted; every condition must hold. Bounded by whoever makes it (searchLengthMax,
// searchPageMax).
struct OrderSearch {
    QString text;                      // empty: any
    std::vector<OrderStatus> statuses; // empty: any
    QString source;                    // of the till, in any case; empty: any
    std::optional<Timestamp> from;     // placed at or after
    std::optional<Timestamp> to;       // placed before
    int limit = 0;
    std::optional<SearchPlace> after; // nullopt: from the newest on
};

struct FoundOrder {
    qint64 openedPos = 0;
    QUuid id;
    QString number;
    QString name;
    QString source;
    QString externalId;
    QString serviceType;
    QString table;
    QString status;
    QString currency;
    std::optional<qint64> total; // minor units
    qint64 items = 0;
    int recalls = 0;
    QString cancelReason;
    Timestamp placedAt{};
    std::optional<Timestamp> closedAt;
    bool operator==(const FoundOrder &) const = default;
};

struct FoundOrders {
    std::vector<FoundOrder> orders;
    // Set when there may be more: a page is full, or has looked through as many as one request may.
    std::optional<SearchPlace> next;
    qint64 asOf = 0; // position up to which the log was taken into account
};

// Answers questions from the ledger. One thread at a time.
class LedgerReader
{
public:
    virtual ~LedgerReader() = default;

    // Those whose number is what was asked for, newest first; then the others, newest first. What
    // looks like an order's id is one.
    virtual Result<FoundOrders> findOrders(const OrderSearch &search) = 0;
    virtual Result<Report> report(const ReportRequest &request) = 0;
    // See tableToParquet(). Needs no ledger, but must not hold up the net thread either.
    virtual Result<QByteArray> parquet(const Table &table) = 0;
};

} // namespace cf::hub
