// SPDX-License-Identifier: Apache-2.0
#include "hub/ctl/commands.h"
#include "hub/ctl/event_text.h"
#include "hub/ctl/output.h"
#include "hub/log/sqlite_event_reader.h"
#include "shared/base/limits.h"
#include "shared/protocol/json_codec.h"

#include <QFile>

#include <algorithm>
#include <chrono>
#include <sys/stat.h>
#include <thread>

namespace cf::hub {

namespace {

using namespace std::chrono_literals;

// How often a follower looks: soon enough for eyes, and one cheap look-up each time.
constexpr auto followInterval = 200ms;

// Which file it is: a restored log is another one under the same name.
quint64 fileIdentity(const QString &path)
{
    struct stat facts = {};
    if (::stat(QFile::encodeName(path).constData(), &facts) != 0)
        return 0;
    return facts.st_ino;
}

class Tail
{
public:
    Tail(SqliteEventReader &reader, const CommandLine &line)
        : m_reader(reader), m_line(line), m_identity(fileIdentity(line.logPath))
    {
    }

    int run()
    {
        const Result<LogHead> head = m_reader.head();
        if (!head)
            return failed(head.error().detail);
        m_pos = std::max<qint64>(0, head->pos - m_line.lines);
        int code = printUpTo(head->pos);
        while (m_line.follow && code == exitFine) {
            std::this_thread::sleep_for(followInterval);
            if (fileIdentity(m_line.logPath) != m_identity)
                return failed(QStringLiteral("another log was put in its place: start again"));
            const Result<LogHead> now = m_reader.head();
            code = now ? printUpTo(now->pos) : failed(now.error().detail);
        }
        return code;
    }

private:
    static int failed(const QString &why)
    {
        complain(why);
        return exitFailed;
    }

    int printUpTo(qint64 upTo)
    {
        while (m_pos < upTo) {
            const Result<std::vector<LoggedEvent>> events =
                m_reader.events(m_pos, upTo, limits::logScanEvents, limits::gapBytesMax);
            if (!events)
                return failed(events.error().detail);
            if (events->empty())
                return failed(
                    QStringLiteral("events after position %1 are missing: run verify").arg(m_pos));
            for (const LoggedEvent &logged : *events) {
                const bool printed = m_line.json
                                         ? printJson(eventToJson(logged.event, EventView::Whole))
                                         : printLine(eventLine(logged.event, nullptr));
                if (!printed)
                    return exitFailed;
                m_pos = logged.event.pos;
            }
        }
        return exitFine;
    }

    SqliteEventReader &m_reader;
    const CommandLine &m_line;
    quint64 m_identity;
    qint64 m_pos = 0;
};

} // namespace

int runTail(const CommandLine &line)
{
    const Result<std::unique_ptr<SqliteEventReader>> reader = SqliteEventReader::open(line.logPath);
    if (!reader) {
        complain(reader.error().detail);
        return exitFailed;
    }
    return Tail(**reader, line).run();
}

} // namespace cf::hub
