// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/feed/arrivals.h"
#include "hub/feed/http_poster.h"
#include "hub/feed/options.h"
#include "hub/feed/order_generator.h"
#include "hub/feed/tally.h"

#include <QElapsedTimer>

#include <memory>

namespace cf::feed {

// Plays the service: posts orders as guests arrive, then each order's steps, one after the other,
// none before the one before it was answered. Counts into `tally`, which outlives it.
class LunchService : public QObject
{
    Q_OBJECT
public:
    LunchService(const Menu &menu, const Options &options, Tokens tokens, Tally &tally,
                 QObject *parent = nullptr);

    void start();
    // No more orders and steps; what is on its way is still waited for, at most `graceMax`.
    void stop();

    [[nodiscard]] bool wasReached() const { return m_poster.wasReached(); }

Q_SIGNALS:
    // Once, after stop() or when the time is over: everything is answered or given up.
    void finished();

private:
    struct LiveOrder;

    void arriveNext();
    void place(int index);
    void onPlaced(const std::shared_ptr<LiveOrder> &live, const PostAnswer &answer);
    void scheduleStep(const std::shared_ptr<LiveOrder> &live);
    void postStep(const std::shared_ptr<LiveOrder> &live);
    void onStep(const std::shared_ptr<LiveOrder> &live, const PostAnswer &answer);
    void noteFailure(const PostAnswer &answer);
    void finishIfDone();

    Options m_options;
    Tokens m_tokens;
    Tally &m_tally;
    HttpPoster m_poster;
    OrderGenerator m_generator;
    Arrivals m_arrivals;
    QElapsedTimer m_clock;
    int m_placed = 0;
    bool m_stopping = false;
    bool m_finished = false;
};

} // namespace cf::feed
