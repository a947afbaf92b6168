// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/app/config.h"
#include "hub/app/log_ring.h"

#include <QByteArray>
#include <QString>

#include <initializer_list>
#include <optional>
#include <utility>

namespace cf::hub {

// One field of a log line. Values are people's and programs' text: never a token, never a URL with
// its query.
using LogField = std::pair<const char *, QString>;

// `level=info event=listening url=http://127.0.0.1:7300`: one line whatever the values hold, each
// value bounded. With `priorities`, sd-daemon's "<6>" goes before it, which journald takes off.
QByteArray formatLogLine(LogLevel level, const char *event, std::initializer_list<LogField> fields,
                         bool priorities);

// Is stderr the journal itself? Its stream is named by device and inode in $JOURNAL_STREAM, which
// children inherit also where their stderr goes elsewhere.
bool isJournal(int fd, const char *journalStream);

// Structured lines on stderr; journald adds the time. Any thread; a line is written whole.
class LogWriter
{
public:
    // nullopt: writes nothing. The ring, if there is one, is given each line that is written, and
    // outlives it.
    explicit LogWriter(std::optional<LogLevel> level, LogRing *ring = nullptr);

    void error(const char *event, std::initializer_list<LogField> fields) const;
    void warning(const char *event, std::initializer_list<LogField> fields) const;
    void info(const char *event, std::initializer_list<LogField> fields) const;
    void debug(const char *event, std::initializer_list<LogField> fields) const;

private:
    void write(LogLevel level, const char *event, std::initializer_list<LogField> fields) const;

    std::optional<LogLevel> m_level;
    bool m_priorities;
    LogRing *m_ring;
};

} // namespace cf::hub
