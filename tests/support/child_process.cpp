// SPDX-License-Identifier: Apache-2.0
#include "tests/support/child_process.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <sys/prctl.h>

#include <csignal>

namespace cf::test {

namespace {
constexpr int tailBytes = 3'000;
}

bool waitUntil(const std::function<bool()> &done, std::chrono::milliseconds limit)
{
    return QTest::qWaitFor(done, static_cast<int>(limit.count()));
}

ChildProcess::ChildProcess()
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_dir.filePath("output"), QIODevice::Append);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

ChildProcess::~ChildProcess()
{
    kill();
}

bool ChildProcess::start(const QString &program, const QStringList &arguments)
{
    m_process.start(program, arguments);
    return m_process.waitForStarted();
}

void ChildProcess::writeLine(const QByteArray &line)
{
    m_process.write(line + '\n');
    m_process.waitForBytesWritten();
}

void ChildProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

bool ChildProcess::terminate()
{
    if (m_process.state() == QProcess::NotRunning)
        return true;
    m_process.terminate();
    return m_process.waitForFinished(static_cast<int>(patience.count()));
}

bool ChildProcess::waitForExit(std::chrono::milliseconds limit)
{
    return m_process.state() == QProcess::NotRunning
           || m_process.waitForFinished(static_cast<int>(limit.count()));
}

QByteArray ChildProcess::output() const
{
    QFile file(m_dir.filePath("output"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray ChildProcess::tail() const
{
    return output().right(tailBytes);
}

QString ourProgram(const QString &built)
{
    const QString dir = qEnvironmentVariable("CF_TEST_PROGRAMS");
    return dir.isEmpty() ? built : QDir(dir).filePath(QFileInfo(built).fileName());
}

Finished runProgram(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    ChildProcess child;
    if (!child.start(program, arguments))
        return {-1, "could not start " + program.toUtf8()};
    if (!input.isEmpty())
        child.writeLine(input);
    if (!child.waitForExit())
        return {-1, "did not end: " + child.tail()};
    return {child.exitCode(), child.output()};
}

} // namespace cf::test
