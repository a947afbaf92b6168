// SPDX-License-Identifier: Apache-2.0
#include "tests/support/browser_page.h"

#include "tests/support/http_client.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace cf::test {

namespace {
// Nothing that reaches for the network or the desktop; an address for the debugger of its choice.
const QStringList quietFlags{"--headless",
                             "--no-sandbox",
                             "--disable-gpu",
                             "--disable-quic",
                             "--disable-dev-shm-usage",
                             "--no-first-run",
                             "--disable-background-networking",
                             "--disable-component-update",
                             "--disable-sync",
                             "--remote-debugging-port=0",
                             "--remote-allow-origins=*"};

QUrl debuggerOf(quint16 port)
{
    const QByteArray list = HttpClient(port).get("/json/list").body;
    const QJsonArray targets = QJsonDocument::fromJson(list).array();
    for (const QJsonValue &target : targets) {
        if (target["type"].toString() == "page")
            return QUrl(target["webSocketDebuggerUrl"].toString());
    }
    return {};
}
} // namespace

BrowserPage::BrowserPage()
{
    QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket,
                     [this](const QString &text) { take(text); });
}

void BrowserPage::take(const QString &text)
{
    const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
    if (!message.contains("id"))
        return;
    m_answered = message.value("id").toInt();
    m_value = message.value("result")["result"]["value"].toVariant().toString();
}

BrowserPage::~BrowserPage()
{
    m_socket.abort();
    // Its own helpers end with it only when it is asked to end.
    m_child.terminate();
}

bool BrowserPage::open(const QUrl &url)
{
    QStringList arguments = quietFlags;
    arguments << "--user-data-dir=" + m_profile.path() << url.toString();
    if (!m_child.start("chromium", arguments))
        return false;
    quint16 port = 0;
    QUrl debugger;
    const bool found = waitUntil([&] {
        QFile file(m_profile.filePath("DevToolsActivePort"));
        if (file.open(QIODevice::ReadOnly))
            port = file.readLine().trimmed().toUShort();
        if (port != 0)
            debugger = debuggerOf(port);
        return !debugger.isEmpty();
    });
    if (!found)
        return false;
    m_socket.open(debugger);
    return waitUntil([&] { return m_socket.isValid(); });
}

QString BrowserPage::evaluate(const QString &expression)
{
    const int id = ++m_lastId;
    const QJsonObject call{
        {"id", id},
        {"method", "Runtime.evaluate"},
        {"params", QJsonObject{{"expression", expression}, {"returnByValue", true}}}};
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(call).toJson()));
    return waitUntil([&] { return m_answered == id; }) ? m_value : QString();
}

} // namespace cf::test
