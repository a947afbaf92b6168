// SPDX-License-Identifier: Apache-2.0
// What the board costs on a small tablet: open tickets, a rush of events, drawing by the processor.
#include "tests/qml/mock_kitchen.h"

#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTimer>
#include <QtQml/qqmlextensionplugin.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <deque>

Q_IMPORT_QML_PLUGIN(CounterFire_ModelsPlugin)
Q_IMPORT_QML_PLUGIN(CounterFire_UiPlugin)

using namespace cf::kds;

namespace {

constexpr int beatMs = 10;
constexpr double nsPerMs = 1e6;

double share(std::vector<double> values, double part)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    return values.at(static_cast<size_t>(last * part));
}

void print(const char *what, const std::vector<double> &values)
{
    std::printf("%s p50 %.1f, p95 %.1f, p99 %.1f, max %.1f ms\n", what, share(values, 0.5),
                share(values, 0.95), share(values, 0.99), share(values, 1));
}

// Of /proc/self/status, in KiB: "VmRSS", "VmHWM".
qint64 memoryOf(const char *key)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(key))
            return line.mid(static_cast<qsizetype>(qstrlen(key)) + 1)
                .simplified()
                .split(' ')[0]
                .toLongLong();
    }
    return 0;
}

double processorMs()
{
    return static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

// A lunch that goes on: as many tickets come as go.
class Rush
{
public:
    Rush(MockKitchen &kitchen, int tickets) : m_kitchen(kitchen)
    {
        kitchen.fill(tickets);
        for (int i = 0; i < tickets; ++i)
            m_open.push_back(QString::number(41 + i));
    }

    void step()
    {
        switch (m_steps++ % 4) {
        case 0:
            m_open.push_back(QString::number(++m_last));
            m_kitchen.placeMixed(m_open.back());
            break;
        case 1: m_kitchen.addLate(m_open[m_open.size() / 2], QStringLiteral("Bread")); break;
        case 2:
            m_done = m_open.front();
            m_open.pop_front();
            m_kitchen.cook(m_done);
            break;
        default: m_kitchen.controller()->complete(m_kitchen.idOf(m_done)); break;
        }
    }

private:
    MockKitchen &m_kitchen;
    std::deque<QString> m_open;
    QString m_done;
    int m_last = 10'000;
    qint64 m_steps = 0;
};

struct Options {
    int tickets = 200;
    int rate = 20;
    int seconds = 20;
};

Options parse(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{QStringLiteral("tickets"), QStringLiteral("open tickets"),
                        QStringLiteral("n"), QStringLiteral("200")},
                       {QStringLiteral("rate"), QStringLiteral("events a second"),
                        QStringLiteral("n"), QStringLiteral("20")},
                       {QStringLiteral("seconds"), QStringLiteral("how long"), QStringLiteral("n"),
                        QStringLiteral("20")}});
    parser.process(app);
    const auto number = [&](const char *name, int max) {
        return std::clamp(parser.value(QString::fromLatin1(name)).toInt(), 1, max);
    };
    return {number("tickets", 2'000), number("rate", 1'000), number("seconds", 600)};
}

double msSince(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / nsPerMs;
}

// Plays the rush in a window and keeps what it costs.
class Meter : public QObject
{
public:
    Meter(QQuickWindow &window, MockKitchen &kitchen, Rush &rush, const QElapsedTimer &sinceStart)
    {
        // One thread: polishing, synchronising and drawing are between these two.
        connect(&window, &QQuickWindow::afterAnimating, this, [this] { m_frame.start(); });
        connect(&window, &QQuickWindow::frameSwapped, this, [this, &sinceStart] {
            if (m_firstBoardMs == 0)
                m_firstBoardMs = msSince(sinceStart);
            m_frames.push_back(msSince(m_frame));
        });
        for (QTimer *timer : {&m_heart, &m_events})
            timer->setTimerType(Qt::PreciseTimer);
        // How long a finger would wait: how much later than it asked a timer comes.
        connect(&m_heart, &QTimer::timeout, this, [this] {
            m_blocks.push_back(std::max(0.0, msSince(m_beat) - beatMs));
            m_beat.start();
        });
        connect(&m_events, &QTimer::timeout, this, [this, &rush] {
            QElapsedTimer step;
            step.start();
            rush.step();
            m_steps.push_back(msSince(step));
        });
        connect(&m_second, &QTimer::timeout, this, [&kitchen] { kitchen.advance(1); });
    }

    void begin(int rate)
    {
        m_frames.clear();
        m_processorAtStart = processorMs();
        m_beat.start();
        m_heart.start(beatMs);
        m_second.start(1'000);
        m_events.start(1'000 / rate);
    }

    void report(int seconds) const
    {
        std::printf("frames: %zu\n", m_frames.size());
        print("a frame:", m_frames);
        print("an event's models:", m_steps);
        print("longest block of the event loop:", m_blocks);
        std::printf("processor: %.0f %% of one core\n",
                    (processorMs() - m_processorAtStart) / seconds / 10);
        std::printf("first board after %.0f ms\n", m_firstBoardMs);
        std::printf("memory: %lld KiB, at most %lld KiB\n",
                    static_cast<long long>(memoryOf("VmRSS")),
                    static_cast<long long>(memoryOf("VmHWM")));
    }

private:
    QElapsedTimer m_frame;
    QElapsedTimer m_beat;
    QTimer m_heart;
    QTimer m_events;
    QTimer m_second; // the ages
    std::vector<double> m_frames;
    std::vector<double> m_blocks;
    std::vector<double> m_steps;
    double m_firstBoardMs = 0;
    double m_processorAtStart = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    const QGuiApplication app(argc, argv);
    const Options options = parse(app);
    MockKitchen kitchen;
    Rush rush(kitchen, options.tickets);
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.setInitialProperties(
        {{QStringLiteral("controller"), QVariant::fromValue(kitchen.controller())},
         {QStringLiteral("width"), 1280},
         {QStringLiteral("height"), 800},
         {QStringLiteral("visible"), true}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/CounterFire/Ui/Main.qml")));
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().value(0));
    if (!window)
        return 1;
    Meter meter(*window, kitchen, rush, sinceStart);
    constexpr int restMs = 1'500; // the first board's animations
    QTimer::singleShot(restMs, window, [&] { meter.begin(options.rate); });
    QTimer::singleShot(restMs + options.seconds * 1'000, window, [] { QCoreApplication::quit(); });
    QGuiApplication::exec();
    std::printf("%d open tickets, %d events a second, %d s, %s\n", options.tickets, options.rate,
                options.seconds, qPrintable(QGuiApplication::platformName()));
    meter.report(options.seconds);
    return 0;
}
