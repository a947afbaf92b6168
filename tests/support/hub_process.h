// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/child_process.h"
#include "tests/support/http_client.h"

#include <memory>

namespace cf::test {

// Where a hub runs. On anything but a loopback address it asks for tokens.
struct HubPlace {
    QString listen = QStringLiteral("127.0.0.1");
    QString address = QStringLiteral("127.0.0.1"); // where the test reaches it
    QStringList wrap; // a command that runs it elsewhere, e.g. in a network namespace
    [[nodiscard]] bool isLoopback() const { return listen == QStringLiteral("127.0.0.1"); }
};

// A real hub, in demo mode on a loopback port unless told otherwise, with a data directory of its
// own; port and data are kept over restarts.
class HubProcess
{
public:
    explicit HubProcess(HubPlace place = {});

    // True once /readyz answers 200.
    bool start();
    bool restart() { return kill() && start(); }
    // SIGKILL: what a power cut is to a program.
    bool kill();
    bool terminate() { return m_child.terminate(); }

    // As start(), and true as soon as the program runs: it may not serve yet.
    bool launch();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString url() const;
    // The file with its tokens; empty in demo mode.
    [[nodiscard]] QString tokenFile() const;
    // Of one role, e.g. "manager"; empty in demo mode.
    [[nodiscard]] QByteArray token(const QString &role) const;
    [[nodiscard]] QString dataDir() const { return m_dir.path(); }
    [[nodiscard]] bool isRunning() const { return m_child.isRunning(); }
    [[nodiscard]] qint64 pid() const { return m_child.pid(); }
    // Resident memory, bytes.
    [[nodiscard]] qint64 residentBytes() const;
    [[nodiscard]] QByteArray tail() const { return m_child.tail(); }
    [[nodiscard]] QByteArray output() const { return m_child.output(); }

    // One request over a connection of its own kind: blocking, on the calling thread.
    [[nodiscard]] HttpClient client() const { return HttpClient(m_port, m_place.address); }
    [[nodiscard]] QJsonObject getJson(const QByteArray &target) const;
    // /v1/kds/snapshot: {cursor, orders, recent, count, digest}.
    [[nodiscard]] QJsonObject snapshot() const { return getJson("/v1/kds/snapshot"); }
    // What /v1/displays says of the display of this name; empty when it does not know it.
    [[nodiscard]] QJsonObject display(const QString &name) const;

private:
    HubPlace m_place;
    QTemporaryDir m_dir;
    QTemporaryDir m_run;
    quint16 m_port = 0;
    ChildProcess m_child;
};

// Position in a cursor `<epoch>.<pos>.<h>`; -1 for anything else.
qint64 posOf(const QString &cursor);

// The body of a plain order: `lines` lines, ids "1" to `lines`, already paid unless told not to.
QJsonObject orderBody(const QString &number, int lines = 2, bool paid = true);

// `counterfirectl` on the hub's data.
Finished runCtl(const QStringList &arguments);

} // namespace cf::test
