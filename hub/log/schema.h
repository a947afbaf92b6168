// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/database.h"

#include <span>

namespace cf::hub {

// Marks the file as ours (PRAGMA application_id): "CFLG".
inline constexpr qint64 logApplicationId = 0x43464c47;

// One step of the schema; its number is its place in the list, from 1 (PRAGMA user_version).
// A released step is never edited: a change is a new step.
struct Migration {
    const char *sql = nullptr;
    Status (*fill)(Database &db) =
        nullptr; // what SQL alone cannot compute; in the same transaction
};
std::span<const Migration> logMigrations();
int logSchemaVersion(); // the newest this program knows

// May a writer go on with this file: empty or ours, and not newer than `steps`? Changes nothing.
Status checkUpgradable(Database &db, std::span<const Migration> steps = logMigrations());

// Brings an empty or older file up to the newest step, each step in a transaction of its own.
// Errors: not ours, written by a newer version, or SQLite's. Then nothing has changed beyond the
// steps that were completed.
Status migrate(Database &db, std::span<const Migration> steps = logMigrations());

// For readers: ours, and exactly this version's schema.
Status checkSchema(Database &db);

} // namespace cf::hub
