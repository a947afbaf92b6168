// SPDX-License-Identifier: Apache-2.0
#include "hub/log/event_row.h"
#include "hub/log/settings_row.h"
#include "hub/log/sqlite_event_reader.h"

// What the log tells of itself beside its events: the documents of a day gone by, its own epochs.
namespace cf::hub {

Result<SettingsRecord> SqliteEventReader::settingsAt(const QByteArray &name, Timestamp at)
{
    Query query(m_sql.settingsAt);
    query.bindText(1, name).bind(2, toMilliseconds(at));
    const Result<bool> row = query.step();
    if (!row)
        return row.error();
    return *row ? readSettings(query) : SettingsRecord();
}

Result<std::vector<EpochRecord>> SqliteEventReader::epochs(int limit)
{
    std::vector<EpochRecord> epochs;
    Query query(m_sql.epochs);
    query.bind(1, limit);
    for (;;) {
        const Result<bool> row = query.step();
        if (!row)
            return row.error();
        if (!*row)
            return epochs;
        epochs.push_back(
            {query.bytes(0), query.integer(1), fromMilliseconds(query.integer(2)), query.text(3)});
    }
}

} // namespace cf::hub
