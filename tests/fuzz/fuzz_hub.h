// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/services.h"
#include "kds-app/store/ticket_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/memory_event_log.h"
#include "tests/support/seeded_random.h"

#include <deque>
#include <map>

namespace cf::fuzz {

// A hub without sockets, threads or time of its own: log in memory, service, stream and routes.
// What is queued runs in run(). It has one placed and paid order to begin with, the same every
// time.
class FuzzHub final : public hub::Backend, public hub::Scheduler
{
public:
    explicit FuzzHub(bool isGuarded);
    ~FuzzHub() override;

    // --- Backend --------------------------------------------------------------------------------
    hub::OrderHub &hub() override { return m_hub; }
    [[nodiscard]] const Clock &clock() const override { return m_clock; }
    [[nodiscard]] bool isReady() const override { return true; }
    bool submit(hub::Request request, std::function<void(hub::Answer)> done) override;
    bool read(std::function<void(hub::EventReader &)> job, std::function<void()> done) override;
    // What was read of the request is all that matters here.
    bool askLedger(std::function<void(hub::LedgerReader &)> /*job*/,
                   std::function<void()> /*done*/) override
    {
        return false;
    }
    [[nodiscard]] hub::PipelineStats pipelineStats() const override { return {}; }
    void onDisplayAhead() override;

    // --- Scheduler ------------------------------------------------------------------------------
    quint64 after(std::chrono::milliseconds time, std::function<void()> callback) override;
    void cancel(quint64 id) override { m_timers.erase(id); }
    void post(std::function<void()> callback) override { m_jobs.push_back(std::move(callback)); }

    // Runs all that is queued, and with `by` the timers until then.
    void run(std::chrono::milliseconds by = {});
    hub::Services &services() { return m_services; }
    [[nodiscard]] const QByteArray &orderId() const { return m_orderId; }
    [[nodiscard]] const QByteArray &trackerToken() const { return m_trackerToken; }

    // What must hold of the log whatever was asked: its promises kept, every event the same after
    // it was stored and read again, and every display able to follow it to the same digest.
    void demandSound();

private:
    void firstOrder();

    test::FakeClock m_clock;
    test::SeededRandom m_random{1};
    test::MemoryEventLog m_log;
    hub::OrderService m_service;
    hub::OrderHub m_hub;
    std::deque<std::function<void()>> m_jobs;
    struct Due {
        Monotonic at;
        std::function<void()> callback;
    };
    std::map<quint64, Due> m_timers;
    quint64 m_lastTimer = 0;
    hub::ServerConfig m_config;
    hub::PumpQueue m_pumps{*this};
    hub::NetStats m_stats;
    hub::Services m_services;
    QByteArray m_orderId;
    QByteArray m_trackerToken;
    kds::TicketStore m_display; // follows the log
};

} // namespace cf::fuzz
