// SPDX-License-Identifier: Apache-2.0
#include "hub/net/long_poll.h"

#include <algorithm>

namespace cf::hub {

namespace {

class LongPoll final : public Pumpable, public std::enable_shared_from_this<LongPoll>
{
public:
    LongPoll(Services &services, ExchangePtr exchange, std::function<void()> answer)
        : m_services(services), m_exchange(std::move(exchange)), m_answer(std::move(answer)),
          m_timer(services.scheduler)
    {
    }

    // The exchange keeps it, through its callbacks, until one of them or the timer has ended it.
    void start(std::chrono::milliseconds wait, const StartWatch &startWatch)
    {
        const auto self = shared_from_this();
        m_exchange->onGone([self] { self->end(); });
        m_exchange->onHurry([self] { self->pump(); });
        m_timer.start(wait, [weak = weak_from_this()] {
            if (const auto one = weak.lock())
                one->pump();
        });
        m_watch = startWatch(m_services.backend.hub(), [weak = weak_from_this()] {
            if (const auto one = weak.lock()) {
                one->m_watch = 0;                // one-shot
                one->m_services.pumps.add(weak); // not within the publish
            }
        });
    }

    void pump() override
    {
        if (const std::function<void()> answer = end())
            answer();
    }

private:
    std::function<void()> end()
    {
        const auto self = shared_from_this();
        m_timer.stop();
        if (m_watch != 0)
            m_services.backend.hub().unwatch(std::exchange(m_watch, 0));
        if (const ExchangePtr exchange = std::exchange(m_exchange, nullptr)) {
            exchange->onGone(nullptr);
            exchange->onHurry(nullptr);
        }
        return std::exchange(m_answer, nullptr);
    }

    Services &m_services;
    ExchangePtr m_exchange;
    std::function<void()> m_answer;
    Timer m_timer;
    OrderHub::WatchId m_watch = 0;
};

} // namespace

void holdRequest(Services &services, const ExchangePtr &exchange, std::chrono::milliseconds wait,
                 const StartWatch &startWatch, std::function<void()> answer)
{
    std::make_shared<LongPoll>(services, exchange, std::move(answer))->start(wait, startWatch);
}

std::chrono::milliseconds waitOf(const HttpRequest &request, const ServerLimits &limits)
{
    const double seconds = request.parameter("wait").value_or("0").toDouble();
    if (request.isHead() || !(seconds > 0))
        return {};
    const double most = static_cast<double>(limits.pollWaitMax.count());
    return std::chrono::milliseconds(static_cast<qint64>(std::min(seconds * 1000, most)));
}

} // namespace cf::hub
