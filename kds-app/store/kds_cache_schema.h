// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/store/kds_cache.h"

namespace cf::kds {

// Brings the file to KdsCache::schemaVersion, in one transaction. BadRequest: it is of a newer
// version than this program knows.
Status migrate(Database &database);

// Rows shared by the cache and by what is saved of a damaged one.
Result<std::vector<OutboxEntry>> readOutbox(Database &database, bool stopAtDamage);
// nullopt when there is no such key.
Result<std::optional<QByteArray>> readMeta(Database &database, const char *key);

namespace meta {
inline constexpr auto device = "device";
inline constexpr auto cursor = "cursor";
inline constexpr auto count = "count";
inline constexpr auto digest = "digest";
inline constexpr auto outboxNext = "outbox_next";
inline constexpr auto asOf = "as_of";
inline constexpr auto hubOffset = "hub_offset_ms";
inline constexpr auto settingsId = "settings_id";
inline constexpr auto settings = "settings";
inline constexpr auto settingsUnderstood = "settings_understood";
} // namespace meta

} // namespace cf::kds
