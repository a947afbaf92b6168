// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"

namespace cf::hub {

// How a list names an order.
struct OrderLabel {
    QString number;
    QString id;
};

class OrderLabels
{
public:
    explicit OrderLabels(Database &db) : m_db(db) { }
    Result<OrderLabel> of(qint64 openedPos);

private:
    Database &m_db;
    Statement m_statement;
};

} // namespace cf::hub
