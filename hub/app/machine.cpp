// SPDX-License-Identifier: Apache-2.0
#include "hub/app/machine.h"

#include <QDir>
#include <QFile>

#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cf::hub {

namespace {

constexpr int lowestPriority = 19;
// <linux/ioprio.h>, which older C libraries' headers lack: IOPRIO_WHO_PROCESS, and class idle.
constexpr int ioprioWhoProcess = 1;
constexpr int ioprioIdle = 3 << 13;

double secondsOf(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

} // namespace

std::optional<DiskSpace> diskSpaceOf(const QString &path)
{
    struct statvfs space = {};
    if (::statvfs(QFile::encodeName(path).constData(), &space) != 0)
        return std::nullopt;
    const auto block = static_cast<qint64>(space.f_frsize);
    return DiskSpace{static_cast<qint64>(space.f_blocks) * block,
                     static_cast<qint64>(space.f_bavail) * block};
}

ProcessFacts processFacts()
{
    ProcessFacts facts;
    rusage usage = {};
    if (::getrusage(RUSAGE_SELF, &usage) == 0)
        facts.cpuSeconds = secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (statm.open(QIODevice::ReadOnly)) {
        const QByteArray pages = statm.readAll().split(' ').value(1);
        facts.residentBytes = pages.toLongLong() * ::sysconf(_SC_PAGESIZE);
    }
    facts.openFiles =
        static_cast<qint64>(QDir(QStringLiteral("/proc/self/fd"))
                                .entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot)
                                .size());
    return facts;
}

void yieldToOthers()
{
    ::setpriority(PRIO_PROCESS, 0, lowestPriority); // Linux: of this thread
    ::syscall(SYS_ioprio_set, ioprioWhoProcess, 0, ioprioIdle);
}

} // namespace cf::hub
