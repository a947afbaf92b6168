// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/crash/order_book.h"
#include "tests/crash/stream_run.h"
#include "tests/support/seeded_random.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTimer>
#include <QWebSocket>

#include <map>

namespace cf::crash {

// A kitchen stream without a display behind it: a raw WebSocket that writes down every frame,
// reconnects from its cursor (now and then without one, as a wiped tablet), and has an outbox of
// its own: commands numbered 1, 2, 3 ..., sent again until they are answered.
class Recorder : public QObject
{
public:
    Recorder(QString device, OrderBook &book, quint64 seed);
    ~Recorder() override;

    // Every frame, as it came, one a line.
    void keepFrames(const QString &path);
    void start(const QUrl &hub, const QByteArray &token);
    // No new commands; those there are go on until answered.
    void calm() { m_isCalm = true; }
    void stop();

    [[nodiscard]] StreamRun &run() { return m_run; }
    // `unanswered`: those still without an answer.
    [[nodiscard]] std::vector<DeviceCommand> commands() const;
    [[nodiscard]] int unanswered() const;
    [[nodiscard]] qint64 frames() const { return m_frames; }

private:
    void connectNow();
    void connectLater();
    void hello();
    void take(const QString &text);
    void answer(const QJsonObject &frame);
    void sendPending();
    void send(const QJsonObject &message);
    void tick();
    void wish();

    QString m_device;
    OrderBook &m_book;
    cf::test::SeededRandom m_random;
    StreamRun m_run;
    QWebSocket m_socket;
    QUrl m_hub;
    QByteArray m_token;
    QTimer m_retry;
    QTimer m_tick;
    QElapsedTimer m_heard;
    std::map<qint64, DeviceCommand> m_commands;
    std::map<qint64, QJsonObject> m_messages; // unanswered
    qint64 m_sent = 0;                        // the highest n sent on this connection
    qint64 m_frames = 0;
    bool m_isCalm = false;
    QFile m_file;
};

} // namespace cf::crash
