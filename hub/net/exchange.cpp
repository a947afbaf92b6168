// SPDX-License-Identifier: Apache-2.0
#include "hub/net/exchange.h"

#include <utility>

namespace cf::hub {

ExchangeSink *Exchange::take()
{
    // The callbacks may own whoever calls: they are dropped only after the caller is done.
    return std::exchange(m_sink, nullptr);
}

void Exchange::reply(HttpResponse response)
{
    if (ExchangeSink *sink = take())
        sink->sendResponse(std::move(response));
}

void Exchange::streamEvents(const StreamFactory &factory)
{
    if (ExchangeSink *sink = take())
        sink->startEventStream(factory);
}

void Exchange::upgrade(const StreamFactory &factory)
{
    if (ExchangeSink *sink = take())
        sink->startWebSocket(factory);
}

void Exchange::abandon()
{
    m_sink = nullptr;
    m_onHurry = nullptr;
    if (const auto gone = std::exchange(m_onGone, nullptr))
        gone();
}

void Exchange::hurry()
{
    if (const auto now = std::exchange(m_onHurry, nullptr))
        now();
}

} // namespace cf::hub
