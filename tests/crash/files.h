// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/crash/ledger.h"

// Reading what programs left on disk, with SQLite and nothing of the product.
namespace cf::crash {

// The rows of the hub's log that the ledger does not hold yet. False: it could not be read.
bool readLog(const QString &path, Ledger &ledger, std::vector<Finding> &findings);
// The commands of displays that the log says were handled.
std::vector<HandledCommand> readHandled(const QString &path, std::vector<Finding> &findings);

// A display's own file.
struct KeptBoard {
    QString device; // empty: the file was never finished
    std::optional<Sighting> board;
    std::vector<DeviceCommand> outbox;
};
KeptBoard readDisplay(const QString &path, const QString &who, std::vector<Finding> &findings);

// `<epoch>.<pos>.<h>`; the sighting's board is empty.
std::optional<Sighting> sightingAt(const QString &who, const QByteArray &cursor);

} // namespace cf::crash
