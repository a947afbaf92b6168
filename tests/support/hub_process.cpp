// SPDX-License-Identifier: Apache-2.0
#include "tests/support/hub_process.h"

#include <QFile>
#include <QJsonArray>

namespace cf::test {

HubProcess::HubProcess() = default;

bool HubProcess::start()
{
    const QString portFile = m_run.filePath("port");
    QFile::remove(portFile);
    const QStringList arguments{
        "--data",      m_dir.path(), "--listen", QStringLiteral("127.0.0.1:%1").arg(m_port),
        "--port-file", portFile,     "--demo"};
    if (!m_child.start(QStringLiteral(CF_HUB_BIN), arguments))
        return false;
    const bool listening = waitUntil([&] {
        QFile file(portFile);
        if (file.open(QIODevice::ReadOnly))
            m_port = file.readAll().trimmed().toUShort();
        return (file.isOpen() && m_port != 0) || !m_child.isRunning();
    });
    if (!listening || !m_child.isRunning())
        return false;
    return waitUntil([&] { return client().get("/readyz").status == 200 || !isRunning(); })
           && isRunning();
}

bool HubProcess::kill()
{
    m_child.kill();
    return true;
}

qint64 HubProcess::residentBytes() const
{
    QFile file(QStringLiteral("/proc/%1/status").arg(m_child.pid()));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).simplified().split(' ').value(0).toLongLong() * 1024;
    }
    return -1;
}

QJsonObject HubProcess::getJson(const QByteArray &target) const
{
    return client().get(target).json();
}

QJsonObject HubProcess::display(const QString &name) const
{
    const QJsonArray displays = getJson("/v1/displays").value("displays").toArray();
    for (const QJsonValue &value : displays) {
        if (value.toObject().value("name").toString() == name)
            return value.toObject();
    }
    return {};
}

qint64 posOf(const QString &cursor)
{
    bool ok = false;
    const qint64 pos = cursor.section('.', 1, 1).toLongLong(&ok);
    return ok ? pos : -1;
}

QJsonObject orderBody(const QString &number, int lines, bool paid)
{
    QJsonArray items;
    for (int i = 1; i <= lines; ++i)
        items.append(QJsonObject{{"line_id", QString::number(i)},
                                 {"name", QStringLiteral("Dish %1").arg(i)},
                                 {"quantity", 1},
                                 {"unit_price", 950},
                                 {"category", "grill"}});
    QJsonObject body{{"number", number}, {"currency", "EUR"}, {"items", items}};
    if (paid)
        body.insert("payment", QJsonObject{{"method", "card"}, {"amount", 950 * lines}});
    return body;
}

Finished runCtl(const QStringList &arguments)
{
    return runProgram(QStringLiteral(CF_CTL_BIN), arguments);
}

} // namespace cf::test
