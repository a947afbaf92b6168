// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/recorder.h"

#include <QJsonDocument>

namespace cf::crash {

namespace {
using namespace std::chrono_literals;

constexpr auto pace = 60ms;       // between looks at what there is to do
constexpr auto deadAfter = 7s;    // more than a heartbeat, less than a display's patience
constexpr auto retryMin = 20;     // milliseconds
constexpr auto retrySpread = 120; // milliseconds
constexpr int wipedOnceIn = 12;
constexpr int wishOnceIn = 4;
constexpr size_t unansweredMax = 30;
constexpr int noteOnceIn = 2;
} // namespace

Recorder::Recorder(QString device, OrderBook &book, quint64 seed)
    : m_device(std::move(device)), m_book(book), m_random(seed), m_run(m_device)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Recorder::connectNow);
    connect(&m_tick, &QTimer::timeout, this, &Recorder::tick);
    connect(&m_socket, &QWebSocket::connected, this, &Recorder::hello);
    connect(&m_socket, &QWebSocket::disconnected, this, &Recorder::connectLater);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, &Recorder::take);
}

Recorder::~Recorder()
{
    stop();
}

void Recorder::keepFrames(const QString &path)
{
    m_file.setFileName(path);
    (void)m_file.open(QIODevice::WriteOnly);
}

void Recorder::start(const QUrl &hub, const QByteArray &token)
{
    m_hub = hub;
    m_token = token;
    m_tick.start(pace);
    connectNow();
}

void Recorder::stop()
{
    m_socket.disconnect(this);
    m_tick.stop();
    m_retry.stop();
    m_socket.abort();
}

void Recorder::connectNow()
{
    m_heard.start();
    QNetworkRequest request(m_hub);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token);
    m_socket.open(request);
}

void Recorder::connectLater()
{
    if (!m_retry.isActive())
        m_retry.start(retryMin + m_random.below(retrySpread));
}

void Recorder::hello()
{
    const bool isWiped = m_random.oneIn(wipedOnceIn);
    const QString cursor = isWiped ? QString() : m_run.cursor();
    m_run.opened(!cursor.isEmpty());
    m_sent = 0;
    m_heard.start();
    const qint64 next =
        m_messages.empty() ? static_cast<qint64>(m_commands.size()) + 1 : m_messages.begin()->first;
    send({{"t", "hello"},
          {"v", 1},
          {"device", m_device},
          {"name", m_device},
          {"cursor", cursor.isEmpty() ? QJsonValue() : QJsonValue(cursor)},
          {"outbox_next", next}});
}

void Recorder::send(const QJsonObject &message)
{
    m_socket.sendTextMessage(
        QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

void Recorder::take(const QString &text)
{
    m_heard.start();
    ++m_frames;
    const QByteArray bytes = text.toUtf8();
    if (m_file.isOpen())
        m_file.write(bytes + '\n');
    const QJsonObject frame = QJsonDocument::fromJson(bytes).object();
    const QString t = frame.value("t").toString();
    m_run.take(frame);
    if (t == "res")
        answer(frame);
    else if (t == "welcome")
        sendPending();
    else if (t == "ev" || t == "snap_end")
        send({{"t", "ack"}, {"sid", m_run.sid()}, {"pos", m_run.pos()}, {"shown", false}});
    else if (t == "bye")
        m_socket.abort();
}

void Recorder::answer(const QJsonObject &frame)
{
    const auto it = m_commands.find(frame.value("n").toInteger());
    if (it == m_commands.end())
        return;
    DeviceCommand &command = it->second;
    const qint64 pos = frame.value("pos").toInteger();
    const int seq = frame.value("seq").toInt();
    if (!command.isAnswered) {
        command.isAnswered = true;
        command.status = frame.value("status").toString().toLatin1();
        command.pos = pos;
        command.seq = seq;
    } else if (command.pos != pos || command.seq != seq) {
        command.differentAnswer = QStringLiteral("position %1 seq %2").arg(pos).arg(seq);
    }
    m_messages.erase(command.n);
}

void Recorder::sendPending()
{
    if (!m_run.isWelcomed() || !m_socket.isValid())
        return;
    for (auto it = m_messages.upper_bound(m_sent); it != m_messages.end(); ++it) {
        send(it->second);
        m_sent = it->first;
    }
}

void Recorder::tick()
{
    if (m_heard.hasExpired(std::chrono::milliseconds(deadAfter).count())) {
        m_heard.start();
        m_socket.abort();
        connectLater();
    }
    if (!m_isCalm && m_random.oneIn(wishOnceIn) && m_messages.size() < unansweredMax)
        wish();
    sendPending();
}

void Recorder::wish()
{
    const QString order = m_book.any(m_random);
    if (order.isEmpty())
        return;
    DeviceCommand command;
    command.device = m_device;
    command.n = static_cast<qint64>(m_commands.size()) + 1;
    command.order = plainId(order);
    QJsonObject payload;
    if (m_random.oneIn(noteOnceIn)) {
        command.type = "order_note_added";
        command.mark = m_device.toLatin1() + "-n" + QByteArray::number(command.n);
        payload.insert("note", QString::fromLatin1(command.mark));
    } else {
        const Wish wish = m_book.anyMove(m_random);
        command.type = wish.type;
        payload = wish.payload;
    }
    m_messages[command.n] = {{"t", "cmd"},
                             {"n", command.n},
                             {"order_id", order},
                             {"type", QString::fromLatin1(command.type)},
                             {"payload", payload}};
    m_commands[command.n] = command;
}

std::vector<DeviceCommand> Recorder::commands() const
{
    std::vector<DeviceCommand> all;
    for (const auto &[n, command] : m_commands)
        all.push_back(command);
    return all;
}

int Recorder::unanswered() const
{
    return static_cast<int>(m_messages.size());
}

} // namespace cf::crash
