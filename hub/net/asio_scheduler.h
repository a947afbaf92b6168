// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/scheduler.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <unordered_map>

namespace cf::hub {

// Timers of an io_context; what has not fired when it is destroyed never does.
class AsioScheduler final : public Scheduler
{
public:
    explicit AsioScheduler(boost::asio::io_context &loop) : m_loop(loop) { }

    quint64 after(std::chrono::milliseconds time, std::function<void()> callback) override
    {
        const quint64 id = ++m_lastId;
        auto timer = std::make_unique<boost::asio::steady_timer>(m_loop, time);
        timer->async_wait([this, id, alive = std::weak_ptr<bool>(m_alive),
                           callback = std::move(callback)](const boost::system::error_code &error) {
            if (error || alive.expired() || m_timers.erase(id) == 0)
                return; // erased: cancelled when it had fired already
            callback();
        });
        m_timers.emplace(id, std::move(timer));
        return id;
    }

    void cancel(quint64 id) override { m_timers.erase(id); }

    void post(std::function<void()> callback) override
    {
        boost::asio::post(m_loop,
                          [alive = std::weak_ptr<bool>(m_alive), callback = std::move(callback)] {
                              if (!alive.expired())
                                  callback();
                          });
    }

private:
    boost::asio::io_context &m_loop;
    std::unordered_map<quint64, std::unique_ptr<boost::asio::steady_timer>> m_timers;
    quint64 m_lastId = 0;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cf::hub
