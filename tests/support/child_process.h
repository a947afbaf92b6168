// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>
#include <functional>

namespace cf::test {

// How long a test waits for anything before it calls it a failure. Never a pace: a condition that
// comes true ends the wait.
inline constexpr std::chrono::milliseconds patience{30'000};

// Pumps the event loop until `done` or until patience ends; the last value of `done`.
bool waitUntil(const std::function<bool()> &done, std::chrono::milliseconds limit = patience);

// A real program as a child: ended by its own pid, at the latest with this object, and by the
// kernel should the test itself be killed. Its output goes to a file, so that it never blocks on a
// test that is busy; the end of it is for failure messages.
class ChildProcess
{
public:
    ChildProcess();
    ~ChildProcess();
    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;

    bool start(const QString &program, const QStringList &arguments);
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }

    // One line to the program's standard input.
    void writeLine(const QByteArray &line);
    // SIGKILL, and the exit waited for.
    void kill();
    // SIGTERM; true when it ended by itself in time.
    bool terminate();
    bool waitForExit(std::chrono::milliseconds limit = patience);
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }

    // Everything it has written, over all starts.
    [[nodiscard]] QByteArray output() const;
    // Its last lines, for a failure message.
    [[nodiscard]] QByteArray tail() const;

private:
    QTemporaryDir m_dir;
    QProcess m_process;
};

// A program of ours: the one just built, or its namesake in $CF_TEST_PROGRAMS, so that installed
// programs can be tested too.
QString ourProgram(const QString &built);

// Runs a program to its end.
struct Finished {
    int exitCode = -1;
    QByteArray output;
};
Finished runProgram(const QString &program, const QStringList &arguments,
                    const QByteArray &input = {});

} // namespace cf::test
