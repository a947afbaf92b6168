// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"

namespace cf::hub {

class Database;

// How many records of commands a log has, and a sum over them: a record is not in the chain, and
// one that is missing would let its command be done again. The sum does not depend on the order.
struct RecordTally {
    qint64 count = 0;
    quint64 digest = 0; // sum, modulo 2^64, of the first 8 bytes of each record's SHA-256

    // `pos`: the head after the record's transaction.
    void add(const CommandRecord &record, qint64 pos);
    void add(const DeviceCommandRecord &record, qint64 pos);
    bool operator==(const RecordTally &) const = default;
};

// Over all that the tables hold.
Result<RecordTally> tallyRecords(Database &db);

} // namespace cf::hub
