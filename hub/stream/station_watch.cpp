// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/station_watch.h"

#include "shared/base/limits.h"

#include <algorithm>

namespace cf::hub {

void StationWatch::setSettings(const KitchenSettings &settings, Monotonic now)
{
    m_settings = settings;
    m_routing = Routing(settings);
    std::vector<Station> stations = settings.stations;
    const bool isAnyPrep = std::any_of(
        settings.displays.begin(), settings.displays.end(),
        [](const DisplaySettings &display) { return display.role == DisplayRole::Prep; });
    // A kitchen that has said who is there, and that nobody cooks by a display.
    if (!isAnyPrep && !settings.displays.empty())
        return m_watched.clear();
    // Displays with roles and no stations: then the kitchen is one.
    if (stations.empty() && !settings.displays.empty())
        stations.emplace_back();
    std::vector<Watched> watched;
    for (const Station &station : stations) {
        const auto old = std::find_if(m_watched.begin(), m_watched.end(),
                                      [&](const Watched &known) { return known.id == station.id; });
        Watched one = old == m_watched.end() ? Watched{station.id, {}, now, {}, {}} : *old;
        one.after = station.alarmAfter;
        watched.push_back(std::move(one));
    }
    m_watched = std::move(watched);
}

void StationWatch::restart(const std::vector<const OrderState *> &open, Monotonic now)
{
    for (Watched &station : m_watched)
        station.unshown.clear();
    std::vector<const OrderState *> byPosition = open;
    std::sort(byPosition.begin(), byPosition.end(),
              [](const OrderState *a, const OrderState *b) { return a->pos < b->pos; });
    for (const OrderState *order : byPosition)
        note(*order, order->pos, now);
}

QSet<QString> StationWatch::stationsOf(const OrderState &order) const
{
    QSet<QString> stations;
    for (const OrderLine &line : order.lines)
        stations.insert(m_routing.stationOf(order, line));
    return stations;
}

void StationWatch::note(const OrderState &order, qint64 pos, Monotonic now)
{
    if (m_watched.empty() || order.status == OrderStatus::Placed)
        return;
    const QSet<QString> stations = stationsOf(order);
    for (Watched &station : m_watched) {
        if (stations.contains(station.id))
            mark(station, pos, now);
    }
}

// Those that come close together are one: the time of the first, the position of the last.
void StationWatch::mark(Watched &station, qint64 pos, Monotonic now)
{
    std::deque<Mark> &marks = station.unshown;
    const bool isFull = marks.size() >= static_cast<size_t>(limits::alarmMarksMax);
    if (!marks.empty() && (isFull || now - marks.back().since < station.after / 8))
        marks.back().pos = pos;
    else
        marks.push_back({pos, now});
}

std::optional<std::pair<AlarmReason, Monotonic>> StationWatch::judge(const Watched &station,
                                                                     Monotonic now)
{
    if (now - station.lastOn >= station.after)
        return std::pair(AlarmReason::Off, station.lastOn);
    if (!station.unshown.empty() && now - station.unshown.front().since >= station.after)
        return std::pair(AlarmReason::Behind, station.unshown.front().since);
    return std::nullopt;
}

int StationWatch::waiting(const Watched &station, const Board &board, qint64 shown) const
{
    int count = 0;
    for (const OrderState *order : board.openOrders()) {
        if (!isLiveTicket(order->status) || order->pos <= shown)
            continue;
        count += std::any_of(order->lines.begin(), order->lines.end(), [&](const OrderLine &line) {
            return isPending(line.status) && m_routing.stationOf(*order, line) == station.id;
        });
    }
    return count;
}

bool StationWatch::check(const std::vector<DisplayInfo> &displays, const Board &board,
                         Monotonic now, Timestamp hubNow)
{
    std::vector<StationAlarm> alarms;
    for (Watched &station : m_watched) {
        qint64 shown = 0;
        for (const DisplayInfo &display : displays) {
            if (!display.connected
                || !m_routing.cooks(m_settings.display(display.name), station.id))
                continue;
            station.lastOn = now;
            shown = std::max(shown, display.shown);
        }
        while (!station.unshown.empty() && station.unshown.front().pos <= shown)
            station.unshown.pop_front();
        const auto judged = judge(station, now);
        if (!judged) {
            station.alarm.reset();
            continue;
        }
        const auto [reason, since] = *judged;
        if (!station.alarm || station.alarm->reason != reason) { // else it goes on
            const auto ago = std::chrono::duration_cast<std::chrono::milliseconds>(now - since);
            station.alarm = StationAlarm{station.id, reason, hubNow - ago, 0};
        }
        station.alarm->tickets = waiting(station, board, shown);
        alarms.push_back(*station.alarm);
    }
    return std::exchange(m_alarms, alarms) != alarms;
}

QStringList StationWatch::watched() const
{
    QStringList ids;
    for (const Watched &station : m_watched)
        ids.append(station.id);
    return ids;
}

} // namespace cf::hub
