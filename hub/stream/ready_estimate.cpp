// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/ready_estimate.h"

#include "shared/base/limits.h"

#include <algorithm>
#include <cmath>

namespace cf::hub {

namespace {

using Milliseconds = std::chrono::milliseconds;

// A guest who comes at the early end and waits is less cross than one who was promised a time that
// passes: one order in five is done before the window, one in seven after it.
constexpr double earlyShare = 0.20;
constexpr double lateShare = 0.85;
// Of what there is to judge by, the part whose kitchen was most alike.
constexpr size_t alikeMin = 8;
constexpr size_t alikePart = 3;
// A fuller kitchen than any yet takes longer in proportion; beyond three times nobody knows.
constexpr double stretchMax = 3.0;

// Between the two nearest, as usual. `times` are in order, and there are some.
Milliseconds quantile(const std::vector<Milliseconds> &times, double share)
{
    const double at = share * static_cast<double>(times.size() - 1);
    const auto below = static_cast<size_t>(at);
    const size_t above = std::min(below + 1, times.size() - 1);
    const double part = at - static_cast<double>(below);
    const auto low = static_cast<double>(times.at(below).count());
    const auto high = static_cast<double>(times.at(above).count());
    return Milliseconds(std::llround(low + part * (high - low)));
}

Milliseconds stretched(Milliseconds time, double by)
{
    return Milliseconds(std::llround(static_cast<double>(time.count()) * by));
}

// When the kitchen was done with it, one way or the other.
std::optional<Timestamp> leftAt(const OrderState &order)
{
    return order.readyAt ? order.readyAt
                         : (order.cancelledAt ? order.cancelledAt : order.completedAt);
}

// When the kitchen had it on hand: what is wanted for later waits outside until then.
Timestamp cameAt(const OrderState &order)
{
    return order.dueAt ? std::max(*order.paidAt, *order.dueAt - limits::dueAhead) : *order.paidAt;
}

bool isCooking(const OrderState &order)
{
    return order.paidAt && isLiveTicket(order.status);
}

} // namespace

ReadyTime ReadyEstimate::of(const OrderState &order, const Board &board, Timestamp now)
{
    if (!isCooking(order) || order.recalls > 0)
        return {};
    if (m_isStale
        && (!m_learnedAt || now < *m_learnedAt || now - *m_learnedAt >= limits::estimateLearnEvery))
        learn(board, now);
    const int load = loadAt(*order.paidAt);
    std::optional<Timestamp> begin = order.startedAt;
    std::optional<Spread> spread = begin ? spreadFor(load, true) : std::nullopt;
    if (!spread) {
        begin = order.paidAt;
        spread = spreadFor(load, false);
    }
    if (!spread)
        return {};
    ReadyTime ready{*begin + spread->likely, *begin + spread->early, *begin + spread->late};
    if (order.dueAt && *order.dueAt > *ready.likely) { // wanted later: made for then
        ready.to = *order.dueAt + (spread->late - spread->likely);
        ready.from = ready.likely = order.dueAt;
    }
    if (*ready.to <= now)
        return {std::nullopt, std::nullopt, std::nullopt, true};
    if (*ready.likely <= now) // the middle is behind us, the end is not
        ready.likely.reset();
    return ready;
}

void ReadyEstimate::learn(const Board &board, Timestamp now)
{
    m_isStale = false;
    m_learnedAt = now;
    m_came.clear();
    m_left.clear();
    m_samples.clear();
    std::vector<const OrderState *> orders = board.recentOrders();
    const std::vector<const OrderState *> open = board.openOrders();
    orders.insert(orders.end(), open.begin(), open.end());
    for (const OrderState *order : orders) {
        const std::optional<Timestamp> left = leftAt(*order);
        if (!order->paidAt || (left && *left <= cameAt(*order)))
            continue;
        m_came.push_back(cameAt(*order));
        if (left)
            m_left.push_back(*left);
    }
    std::sort(m_came.begin(), m_came.end());
    std::sort(m_left.begin(), m_left.end());
    for (const OrderState *order : orders) {
        // Cooked twice, or wanted for a time of its own: its time says nothing of others.
        if (!order->paidAt || !order->readyAt || order->recalls > 0 || order->dueAt
            || *order->readyAt < *order->paidAt)
            continue;
        Sample sample{loadAt(*order->paidAt), *order->readyAt, *order->readyAt - *order->paidAt,
                      std::nullopt};
        // Begun and ready in one move: nobody has said when it was begun.
        if (order->startedAt && *order->startedAt < *order->readyAt)
            sample.fromStart = *order->readyAt - *order->startedAt;
        m_samples.push_back(sample);
    }
    std::stable_sort(m_samples.begin(), m_samples.end(),
                     [](const Sample &a, const Sample &b) { return a.readyAt > b.readyAt; });
    if (m_samples.size() > static_cast<size_t>(limits::estimateSamplesMax))
        m_samples.resize(static_cast<size_t>(limits::estimateSamplesMax));
}

int ReadyEstimate::loadAt(Timestamp at) const
{
    const auto came = std::lower_bound(m_came.begin(), m_came.end(), at) - m_came.begin();
    const auto left = std::upper_bound(m_left.begin(), m_left.end(), at) - m_left.begin();
    return static_cast<int>(std::max<std::ptrdiff_t>(0, came - left));
}

std::optional<ReadyEstimate::Spread> ReadyEstimate::spreadFor(int load, bool fromStart) const
{
    std::vector<Sample> alike;
    for (const Sample &sample : m_samples) {
        if (!fromStart || sample.fromStart)
            alike.push_back(sample);
    }
    if (alike.size() < static_cast<size_t>(limits::estimateOrdersMin))
        return std::nullopt;
    std::stable_sort(alike.begin(), alike.end(), [load](const Sample &a, const Sample &b) {
        return std::abs(a.load - load) < std::abs(b.load - load);
    });
    alike.resize(std::min(alike.size(), std::max(alikeMin, alike.size() / alikePart)));
    std::vector<Milliseconds> times;
    double loads = 0;
    int fullest = 0;
    for (const Sample &sample : alike) {
        times.push_back(fromStart ? *sample.fromStart : sample.fromPaid);
        loads += sample.load;
        fullest = std::max(fullest, sample.load);
    }
    std::sort(times.begin(), times.end());
    double stretch = 1;
    if (!fromStart && load > fullest)
        stretch =
            std::min(stretchMax, (load + 1) / (loads / static_cast<double>(alike.size()) + 1));
    return Spread{stretched(quantile(times, earlyShare), stretch),
                  stretched(quantile(times, 0.5), stretch),
                  stretched(quantile(times, lateShare), stretch)};
}

} // namespace cf::hub
