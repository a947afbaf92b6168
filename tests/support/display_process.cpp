// SPDX-License-Identifier: Apache-2.0
#include "tests/support/display_process.h"

#include <QFile>
#include <QJsonDocument>

namespace cf::test {

bool DisplayProcess::launch(const QString &hubUrl, const QString &tokenFile)
{
    const QString statusFile = m_run.filePath("status.json");
    QFile::remove(statusFile);
    QStringList command = m_wrap;
    command << ourProgram(QStringLiteral(CF_KDS_BIN)) << "--headless"
            << "--control"
            << "--name" << m_name << "--data" << m_dir.path() << "--status-file" << statusFile
            << "--hub" << hubUrl;
    if (!tokenFile.isEmpty())
        command << "--token-file" << tokenFile;
    const QString program = command.takeFirst();
    return m_child.start(program, command);
}

bool DisplayProcess::start(quint16 hubPort)
{
    if (!launch(QStringLiteral("http://127.0.0.1:%1").arg(hubPort)))
        return false;
    return waitUntil([&] { return !status().isEmpty() || !isRunning(); }) && isRunning();
}

QJsonObject DisplayProcess::status() const
{
    QFile file(m_run.filePath("status.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

bool DisplayProcess::shows(qint64 pos, const QString &digest) const
{
    const QJsonObject now = status();
    return now.value("link").toString() == "live" && now.value("pos").toInteger(-1) == pos
           && now.value("digest").toString() == digest;
}

QByteArray DisplayProcess::brief() const
{
    return QJsonDocument(status()).toJson(QJsonDocument::Compact) + '\n' + tail();
}

} // namespace cf::test
