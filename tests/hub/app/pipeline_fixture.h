// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/app/pipeline.h"
#include "tests/hub/app/gated_log.h"

#include <QObject>
#include <QTemporaryDir>

namespace cf::test {

// A pipeline over a real log in a directory of its own, with this thread's event loop as its net
// thread.
class PipelineFixture
{
public:
    PipelineFixture();
    ~PipelineFixture(); // stops it

    [[nodiscard]] hub::Pipeline &pipeline() { return *m_pipeline; }
    [[nodiscard]] LogControl &control() { return m_control; }

    // Begins to stop; `onDrained` is called on this thread.
    void beginStop(std::function<void()> onDrained);
    [[nodiscard]] bool isDrained() const { return m_drained; }
    // Stops unless it was begun, waits until drained, closes the log.
    void stop();
    // Ends the pipeline and opens the same log again.
    void restart();

    // What the log on disk holds, read by a connection of its own.
    [[nodiscard]] std::vector<OrderEvent> storedEvents() const;

private:
    void open();

    QTemporaryDir m_dir;
    SystemClock m_clock;
    SystemRandom m_random;
    hub::LogWriter m_logWriter{hub::LogLevel::Error};
    LogControl m_control;
    QObject m_netThread;
    bool m_stopping = false;
    bool m_drained = false;
    std::unique_ptr<hub::Pipeline> m_pipeline;
};

hub::Request placeOrder(const QString &name);
hub::Request appendTo(const QUuid &orderId, EventType type);

} // namespace cf::test
