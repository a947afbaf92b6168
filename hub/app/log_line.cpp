// SPDX-License-Identifier: Apache-2.0
#include "hub/app/log_line.h"

#include "shared/base/clock.h"

#include <algorithm>
#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace cf::hub {

namespace {

// Long enough for a path or a reason; short enough that a line stays one write to a pipe.
constexpr qsizetype valueLengthMax = 400;

const char *levelName(LogLevel level)
{
    switch (level) {
    case LogLevel::Error: return "error";
    case LogLevel::Warning: return "warning";
    case LogLevel::Info: return "info";
    case LogLevel::Debug: return "debug";
    }
    return "error";
}

char priorityOf(LogLevel level)
{
    switch (level) {
    case LogLevel::Error: return '3';
    case LogLevel::Warning: return '4';
    case LogLevel::Info: return '6';
    case LogLevel::Debug: return '7';
    }
    return '3';
}

bool isPlain(QChar c)
{
    return c > QLatin1Char(' ') && c.unicode() < 127 && c != QLatin1Char('"')
           && c != QLatin1Char('=') && c != QLatin1Char('\\');
}

// Quoted where needed; a control character can neither end the line nor move a terminal.
void appendValue(QByteArray &out, const QString &value)
{
    const QString bounded = value.left(valueLengthMax);
    if (!bounded.isEmpty() && std::all_of(bounded.begin(), bounded.end(), isPlain)) {
        out += bounded.toLatin1();
        return;
    }
    out += '"';
    QString escaped;
    for (const QChar c : bounded) {
        if (c == QLatin1Char('"') || c == QLatin1Char('\\'))
            escaped += QLatin1Char('\\');
        escaped += c.isPrint() || c.isSurrogate() ? c : QChar(u'\uFFFD');
    }
    out += escaped.toUtf8() + '"';
}

} // namespace

QByteArray formatLogLine(LogLevel level, const char *event, std::initializer_list<LogField> fields,
                         bool priorities)
{
    QByteArray line;
    if (priorities)
        line = QByteArray("<") + priorityOf(level) + '>';
    line += QByteArray("level=") + levelName(level) + " event=" + event;
    for (const LogField &field : fields) {
        line += ' ';
        line += field.first;
        line += '=';
        appendValue(line, field.second);
    }
    return line + '\n';
}

bool isJournal(int fd, const char *journalStream)
{
    struct stat file = {};
    if (!journalStream || ::fstat(fd, &file) != 0)
        return false;
    const QByteArray name = QByteArray::number(static_cast<quint64>(file.st_dev)) + ':'
                            + QByteArray::number(static_cast<quint64>(file.st_ino));
    return name == journalStream;
}

LogWriter::LogWriter(std::optional<LogLevel> level, LogRing *ring)
    : m_level(level), m_priorities(isJournal(STDERR_FILENO, std::getenv("JOURNAL_STREAM"))),
      m_ring(ring)
{
}

void LogWriter::write(LogLevel level, const char *event,
                      std::initializer_list<LogField> fields) const
{
    if (!m_level || level > *m_level)
        return;
    const QByteArray line = formatLogLine(level, event, fields, m_priorities);
    // A log that cannot be written must not stop a kitchen.
    [[maybe_unused]] const auto written =
        ::write(STDERR_FILENO, line.constData(), static_cast<size_t>(line.size()));
    if (!m_ring)
        return;
    LoggedLine kept{SystemClock().now(), levelName(level), event, {}};
    for (const LogField &field : fields)
        kept.fields.emplace_back(field.first, field.second.left(valueLengthMax));
    m_ring->add(std::move(kept));
}

void LogWriter::error(const char *event, std::initializer_list<LogField> fields) const
{
    write(LogLevel::Error, event, fields);
}

void LogWriter::warning(const char *event, std::initializer_list<LogField> fields) const
{
    write(LogLevel::Warning, event, fields);
}

void LogWriter::info(const char *event, std::initializer_list<LogField> fields) const
{
    write(LogLevel::Info, event, fields);
}

void LogWriter::debug(const char *event, std::initializer_list<LogField> fields) const
{
    write(LogLevel::Debug, event, fields);
}

} // namespace cf::hub
