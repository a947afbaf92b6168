// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <optional>

namespace cf {

// A place in one incarnation of a log: `<epoch>.<pos>.<h>`. See README.md beside this file.
struct Cursor {
    QByteArray epoch; // 32 lower-case hex digits
    qint64 pos = 0;
    QByteArray h; // first 16 hex digits of the chain hash at pos
    bool operator==(const Cursor &) const = default;

    [[nodiscard]] QByteArray text() const;
};

// nullopt for anything that is not exactly a cursor; never trusts a length or a digit.
std::optional<Cursor> parseCursor(QByteArrayView text);

// A tracker's Last-Event-ID: `<epoch>.<seq>`.
struct TrackerCursor {
    QByteArray epoch;
    int seq = 0;
    bool operator==(const TrackerCursor &) const = default;

    [[nodiscard]] QByteArray text() const;
};
std::optional<TrackerCursor> parseTrackerCursor(QByteArrayView text);

} // namespace cf
