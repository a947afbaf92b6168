// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/verify_walk.h"

namespace cf::hub {

// The tables beside the events, against a walk that has just reached the end, in one snapshot:
// state table = fold, head, epoch, trackers, records of commands. Fills the report's table figures
// and the epoch.
Status checkTables(Database &db, const EventWalk &walk, ProblemList &problems,
                   VerifyReport &report);
// The tables and triggers themselves: a missing trigger means that events could be changed.
Status checkSchemaObjects(Database &db, ProblemList &problems);
// SQLite's own check of pages and indexes.
Status checkFile(Database &db, ProblemList &problems);

} // namespace cf::hub
