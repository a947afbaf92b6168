// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/order_labels.h"

#include "hub/log/event_row.h"
#include "shared/base/ids.h"

namespace cf::hub {

Result<OrderLabel> OrderLabels::of(qint64 openedPos)
{
    if (!m_statement.handle()) {
        Result<Statement> made = m_db.prepare(
            QByteArrayLiteral("SELECT number, order_id FROM orders WHERE opened_pos = ?1"));
        if (!made)
            return made.error();
        m_statement = std::move(*made);
    }
    Query query(m_statement);
    query.bind(1, openedPos);
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row
               ? OrderLabel{query.text(0), QString::fromLatin1(uuidText(idFromBlob(query.view(1))))}
               : OrderLabel();
}

} // namespace cf::hub
