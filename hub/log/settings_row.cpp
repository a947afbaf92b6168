// SPDX-License-Identifier: Apache-2.0
#include "hub/log/settings_row.h"

#include "hub/log/event_row.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

namespace cf::hub {

Result<SettingsRecord> readSettings(const Query &query)
{
    SettingsRecord record;
    record.name = query.bytes(0);
    record.rev = query.integer(1);
    record.at = fromMilliseconds(query.integer(2));
    record.body = query.bytes(4);
    const Result<QJsonObject> actor = parseJsonObject(query.view(3));
    if (!actor) {
        return Error{ErrorCode::StorageFailed,
                     QStringLiteral("revision %1 of the settings \"%2\" cannot be read: %3")
                         .arg(record.rev)
                         .arg(QString::fromUtf8(record.name), actor.error().detail)};
    }
    record.actor = actorFromJson(*actor);
    return record;
}

} // namespace cf::hub
