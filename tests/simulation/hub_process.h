// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/app/pipeline.h"
#include "hub/net/router.h"
#include "tests/simulation/hub_connection.h"

#include <map>

namespace cf::sim {

// What a hub's process is made of; everything outlives it.
struct HubParts {
    std::unique_ptr<hub::EventLog> log;
    std::vector<std::unique_ptr<hub::EventReader>> readers;
    Agenda *agenda = nullptr;
    const Clock *clock = nullptr;
    Dice *dice = nullptr;
    const hub::LogWriter *logWriter = nullptr;
    hub::StreamBounds bounds = {};
    milliseconds commitMin{0}, commitMax{4}; // how long the log thread is away for a batch
    std::function<void()> onLogTurn;         // a step of the log thread is over
};

// The product's hub without its sockets and threads: pipeline, routes and sessions, each step of
// the log and reader threads an entry of the agenda.
class HubProcess final : public hub::Backend, public hub::Scheduler, private ConnectionOwner
{
public:
    explicit HubProcess(HubParts parts);
    ~HubProcess() override;
    HubProcess(const HubProcess &) = delete;
    HubProcess &operator=(const HubProcess &) = delete;

    Status start();
    void accept(const WirePtr &wire);
    // As SIGTERM: says goodbye, commits what is queued. `stopped` is called when it is done.
    void stop(std::function<void()> stopped);

    [[nodiscard]] const hub::NetStats &netStats() const { return m_stats; }
    // The most any connection has had waiting.
    [[nodiscard]] qint64 waitingMax() const { return m_waitingMax; }
    [[nodiscard]] qint64 queuedMax() const { return m_queuedMax; }

    // Backend
    hub::OrderHub &hub() override { return m_pipeline.hub(); }
    [[nodiscard]] const Clock &clock() const override { return m_pipeline.clock(); }
    [[nodiscard]] bool isReady() const override { return m_pipeline.isReady(); }
    bool submit(hub::Request request, std::function<void(hub::Answer)> done) override;
    bool read(std::function<void(hub::EventReader &)> job, std::function<void()> done) override;
    bool askLedger(std::function<void(hub::LedgerReader &)> job,
                   std::function<void()> done) override
    {
        return m_pipeline.askLedger(std::move(job), std::move(done));
    }
    [[nodiscard]] hub::PipelineStats pipelineStats() const override
    {
        return m_pipeline.pipelineStats();
    }
    void onDisplayAhead() override;

    // Scheduler
    quint64 after(milliseconds time, std::function<void()> callback) override;
    void cancel(quint64 id) override { m_turns.cancel(id); }
    void post(std::function<void()> callback) override;

private:
    // ConnectionOwner
    void handle(const hub::ExchangePtr &exchange) override { m_router.handle(exchange); }
    void release(HubConnection *connection) override;
    [[nodiscard]] const hub::ServerLimits &limits() const override { return m_config.limits; }
    [[nodiscard]] Monotonic monotonic() const override { return m_clock.monotonic(); }

    static hub::PipelineParts pipelineParts(HubParts &parts, HubProcess &self);
    void scheduleLog();
    void runLog();
    void scheduleReader();
    void tick();
    std::vector<std::shared_ptr<HubConnection>> connections() const;

    HubParts m_parts;
    const Clock &m_clock;
    Turns m_turns;
    hub::ServerConfig m_config;
    hub::NetStats m_stats;
    hub::Pipeline m_pipeline;
    hub::PumpQueue m_pumps;
    hub::Services m_services;
    hub::Authenticator m_authenticator;
    hub::Router m_router;
    std::map<quint64, std::shared_ptr<HubConnection>> m_connections; // by age
    quint64 m_lastConnection = 0;
    bool m_logScheduled = false;
    bool m_readerScheduled = false;
    qint64 m_waitingMax = 0;
    qint64 m_queuedMax = 0;
};

} // namespace cf::sim
