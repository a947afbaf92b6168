// SPDX-License-Identifier: Apache-2.0
#include "tests/support/hub_process.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace cf::test {

HubProcess::HubProcess(HubPlace place) : m_place(std::move(place)) { }

bool HubProcess::launch()
{
    QFile::remove(m_run.filePath("port"));
    QStringList command = m_place.wrap;
    command << ourProgram(QStringLiteral(CF_HUB_BIN)) << "--data" << m_dir.path() << "--listen"
            << QStringLiteral("%1:%2").arg(m_place.listen).arg(m_port) << "--port-file"
            << m_run.filePath("port");
    if (m_place.isLoopback())
        command << "--demo";
    const QString program = command.takeFirst();
    return m_child.start(program, command);
}

bool HubProcess::start()
{
    const QString portFile = m_run.filePath("port");
    if (!launch())
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

QString HubProcess::url() const
{
    return QStringLiteral("http://%1:%2").arg(m_place.address).arg(m_port);
}

QString HubProcess::tokenFile() const
{
    return m_place.isLoopback() ? QString() : m_dir.filePath("tokens.json");
}

QByteArray HubProcess::token(const QString &role) const
{
    QFile file(tokenFile());
    if (m_place.isLoopback() || !file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    return json.value(role).toString().toUtf8();
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
    return runProgram(ourProgram(QStringLiteral(CF_CTL_BIN)), arguments);
}

} // namespace cf::test
