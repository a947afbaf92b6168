// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/hub_process.h"

namespace cf::sim {

using namespace std::chrono_literals;

namespace {

constexpr auto tickEvery = 1'000ms;
constexpr auto recoveryMin = 100ms;
constexpr auto recoveryMax = 800ms;

} // namespace

hub::PipelineParts HubProcess::pipelineParts(HubParts &parts, HubProcess &self)
{
    hub::PipelineParts made;
    made.log = std::move(parts.log);
    made.readers = std::move(parts.readers);
    made.clock = parts.clock;
    made.random = parts.dice;
    made.logWriter = parts.logWriter;
    made.bounds = parts.bounds;
    made.post = [&self](std::function<void()> what) { self.post(std::move(what)); };
    return made;
}

HubProcess::HubProcess(HubParts parts)
    : m_parts(std::move(parts)), m_clock(*m_parts.clock), m_turns(*m_parts.agenda),
      m_pipeline(pipelineParts(m_parts, *this)),
      m_pumps(*this), m_services{*this, m_config, *this, m_pumps, m_stats},
      m_authenticator({}, true), m_router(m_services, m_authenticator)
{
    hub().onBehind = [this](const QString &) { onDisplayAhead(); };
}

HubProcess::~HubProcess()
{
    m_turns.forget();
    for (const auto &connection : connections())
        connection->onClosed();
}

Status HubProcess::start()
{
    const Status started = m_pipeline.start(hub::Drive::ByHand);
    if (started)
        tick();
    return started;
}

void HubProcess::accept(const WirePtr &wire)
{
    m_connections.emplace(++m_lastConnection, std::make_shared<HubConnection>(
                                                  static_cast<ConnectionOwner &>(*this), wire));
}

void HubProcess::release(HubConnection *connection)
{
    m_waitingMax = std::max(m_waitingMax, connection->waitingMax());
    for (auto it = m_connections.begin(); it != m_connections.end(); ++it) {
        if (it->second.get() == connection) {
            m_connections.erase(it);
            return;
        }
    }
}

std::vector<std::shared_ptr<HubConnection>> HubProcess::connections() const
{
    std::vector<std::shared_ptr<HubConnection>> all;
    for (const auto &entry : m_connections)
        all.push_back(entry.second);
    return all;
}

void HubProcess::tick()
{
    for (const auto &connection : connections()) {
        m_waitingMax = std::max(m_waitingMax, connection->waitingMax());
        connection->tick();
    }
    m_pipeline.hub().tick();
    if (!m_services.stopping && !m_logScheduled)
        m_pipeline.turnLog(); // a quiet log looks at its checkpoint
    m_turns.after(tickEvery, [this] { tick(); });
}

void HubProcess::stop(std::function<void()> stopped)
{
    m_services.stopping = true;
    for (const auto &connection : connections())
        connection->shutdown();
    m_turns.after(m_config.limits.stopMax, [this, stopped = std::move(stopped)] {
        for (const auto &connection : connections())
            connection->abort();
        m_pipeline.stop(stopped);
        scheduleLog();
        scheduleReader();
    });
}

bool HubProcess::submit(hub::Request request, std::function<void(hub::Answer)> done)
{
    const bool taken = m_pipeline.submit(std::move(request), std::move(done));
    m_queuedMax = std::max(m_queuedMax, m_pipeline.pipelineStats().writerQueued);
    scheduleLog();
    return taken;
}

bool HubProcess::read(std::function<void(hub::EventReader &)> job, std::function<void()> done)
{
    const bool taken = m_pipeline.read(std::move(job), std::move(done));
    scheduleReader();
    return taken;
}

void HubProcess::onDisplayAhead()
{
    m_pipeline.onDisplayAhead();
    scheduleLog();
}

void HubProcess::scheduleLog()
{
    if (m_logScheduled)
        return;
    m_logScheduled = true;
    m_turns.after(m_parts.dice->between(m_parts.commitMin, m_parts.commitMax),
                  [this] { runLog(); });
}

void HubProcess::runLog()
{
    m_logScheduled = false;
    const bool more = m_pipeline.turnLog();
    if (more) {
        // After a failed commit the log is tried again, not at once.
        m_logScheduled = true;
        const auto wait = m_pipeline.isReady() ? m_parts.dice->between(0ms, m_parts.commitMax)
                                               : m_parts.dice->between(recoveryMin, recoveryMax);
        m_turns.after(wait, [this] { runLog(); });
    }
    if (m_parts.onLogTurn)
        m_parts.onLogTurn(); // may end this process
}

void HubProcess::scheduleReader()
{
    if (m_readerScheduled)
        return;
    m_readerScheduled = true;
    m_turns.after(m_parts.dice->between(0ms, 3ms), [this] {
        m_readerScheduled = false;
        if (m_pipeline.turnReader())
            scheduleReader();
    });
}

quint64 HubProcess::after(milliseconds time, std::function<void()> callback)
{
    return m_turns.after(std::max(time, 1ms), std::move(callback));
}

void HubProcess::post(std::function<void()> callback)
{
    m_turns.after(0ms, std::move(callback));
}

} // namespace cf::sim
