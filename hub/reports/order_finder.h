// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"
#include "hub/reports/ledger_reader.h"

namespace cf::hub {

// One search. Walks orders from the newest on and looks at each: matching is our own folding, which
// no index of SQLite's knows, and bounded by the number of orders looked at, not by what is asked.
class OrderFinder
{
public:
    OrderFinder(Database &db, const OrderSearch &search);
    Result<FoundOrders> find();

private:
    Status prepare();
    Status findPlaces();
    Status findById();
    Status findByNumber();
    Status findByText();
    Status findAny();
    Status lookAt(qint64 openedPos);
    // False: the page is full, or enough was looked at.
    bool keepIfWanted(const Query &row);
    [[nodiscard]] bool isWanted(const Query &row) const;
    [[nodiscard]] bool isOnlyOpen() const;

    Database &m_db;
    const OrderSearch &m_search;
    std::vector<QByteArray> m_words;
    QByteArray m_numberKey;
    QByteArray m_source;
    qint64 m_first = 0;  // opened_pos of the first that may be wanted
    qint64 m_before = 0; // and one past the last
    int m_seen = 0;
    bool m_amongNumbers = false;
    FoundOrders m_found;
    struct {
        Statement byId, byNumber, texts, one, any;
    } m_sql;
};

} // namespace cf::hub
