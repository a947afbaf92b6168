// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace cf::hub {

// Marks the file as ours (PRAGMA application_id): "CFLR".
inline constexpr qint64 ledgerApplicationId = 0x43464c52;
// PRAGMA user_version. To be raised with any change of the tables, and of what the fold writes into
// them: a ledger of another version is thrown away and made again from the log.
inline constexpr qint64 ledgerVersion = 1;

// Times are milliseconds since 1970, of the first time where something can happen twice; money is
// minor units. An order is keyed by the position that opened it, which is the order of time as
// well.
inline constexpr const char *ledgerSchema = R"sql(
CREATE TABLE place (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  pos INTEGER NOT NULL,
  chain BLOB NOT NULL
) STRICT;

CREATE TABLE orders (
  opened_pos INTEGER PRIMARY KEY,
  order_id BLOB NOT NULL UNIQUE,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  service_type TEXT NOT NULL,
  table_name TEXT NOT NULL,
  currency TEXT NOT NULL,
  status TEXT NOT NULL,
  priority INTEGER NOT NULL,
  items INTEGER NOT NULL,
  total INTEGER,
  placed_at INTEGER NOT NULL,
  paid_at INTEGER,
  accepted_at INTEGER,
  started_at INTEGER,
  ready_at INTEGER,
  completed_at INTEGER,
  cancelled_at INTEGER,
  closed_at INTEGER,
  recalls INTEGER NOT NULL,
  cancel_reason TEXT NOT NULL,
  cancelled_by TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
CREATE INDEX orders_by_number ON orders (number_key);
CREATE INDEX orders_by_time ON orders (placed_at);
CREATE INDEX orders_open ON orders (opened_pos) WHERE closed_at IS NULL;
CREATE INDEX orders_cancelled ON orders (opened_pos) WHERE status = 'cancelled';

CREATE TABLE search (
  opened_pos INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE lines (
  opened_pos INTEGER NOT NULL,
  n INTEGER NOT NULL,
  line_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  named_station TEXT NOT NULL,
  moved_to TEXT NOT NULL,
  course INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  price INTEGER,
  status TEXT NOT NULL,
  added_seq INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  fired_at INTEGER,
  started_at INTEGER,
  ready_at INTEGER,
  ready_pos INTEGER NOT NULL,
  voided_at INTEGER,
  void_reason TEXT NOT NULL,
  voided_by TEXT NOT NULL,
  was_ready INTEGER NOT NULL,
  recalls INTEGER NOT NULL,
  PRIMARY KEY (opened_pos, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE bumps (
  pos INTEGER PRIMARY KEY,
  opened_pos INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  by TEXT NOT NULL,
  lines INTEGER NOT NULL,
  age INTEGER NOT NULL,
  recalled_at INTEGER
) STRICT;
CREATE INDEX bumps_by_time ON bumps (at);

CREATE TABLE recalls (
  pos INTEGER PRIMARY KEY,
  opened_pos INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  by TEXT NOT NULL,
  lines INTEGER NOT NULL,
  whole_order INTEGER NOT NULL,
  was_completed INTEGER NOT NULL,
  bumped_at INTEGER NOT NULL
) STRICT;
CREATE INDEX recalls_by_time ON recalls (at);
)sql";

} // namespace cf::hub
