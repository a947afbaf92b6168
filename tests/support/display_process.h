// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/child_process.h"

#include <QJsonObject>

namespace cf::test {

// A real kitchen display without a window, told what to do on its standard input and asked what it
// shows through its status file. Its data directory is kept over restarts.
class DisplayProcess
{
public:
    // `wrap`: a command that runs it elsewhere, e.g. in a network namespace.
    explicit DisplayProcess(QString name, QStringList wrap = {})
        : m_name(std::move(name)), m_wrap(std::move(wrap))
    {
    }

    // True once it has written its status.
    bool start(quint16 hubPort);
    // True as soon as the program runs.
    bool launch(const QString &hubUrl, const QString &tokenFile = {});
    // SIGKILL.
    void kill() { m_child.kill(); }
    bool terminate() { return m_child.terminate(); }
    [[nodiscard]] bool isRunning() const { return m_child.isRunning(); }

    // The newest status it has written since it was started; empty while there is none.
    [[nodiscard]] QJsonObject status() const;
    [[nodiscard]] QString text(const char *key) const { return status().value(key).toString(); }
    [[nodiscard]] qint64 number(const char *key) const { return status().value(key).toInteger(-1); }
    [[nodiscard]] bool isLive() const { return text("link") == "live"; }
    // Live at `pos`, with this digest.
    [[nodiscard]] bool shows(qint64 pos, const QString &digest) const;

    // One line of its control language, e.g. "bump <order_id>".
    void control(const QByteArray &line) { m_child.writeLine(line); }

    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] QString dataDir() const { return m_dir.path(); }
    [[nodiscard]] QByteArray tail() const { return m_child.tail(); }
    // Status and the end of its output, for failure messages.
    [[nodiscard]] QByteArray brief() const;

private:
    QString m_name;
    QStringList m_wrap;
    QTemporaryDir m_dir;
    QTemporaryDir m_run;
    ChildProcess m_child;
};

} // namespace cf::test
