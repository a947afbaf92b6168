// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/stream/shown_history.h"
#include "shared/base/clock.h"

#include <QString>

#include <map>
#include <vector>

namespace cf::hub {

class KitchenSubscriber;

// What /v1/displays and the metrics tell of one display.
struct DisplayInfo {
    QString device;
    QString name;
    bool connected = false;
    bool polling = false; // connected, and by plain HTTP
    qint64 pos = 0;       // acknowledged
    qint64 shown = 0;     // acknowledged as painted
    Timestamp lastSeen{};
    qint64 connects = 0;
    qint64 snapshots = 0;
};

// Every display that was here, by device id. All connected ones, and of the others the last seen
// until there are limits::displaysKnownMax altogether. A display's latest connection speaks for it:
// what an older one still reports is ignored. Streams without a device id are not known here. One
// that polls counts as connected until its next request is overdue, and is forgotten like one that
// is not: nothing but its word says that it is there.
class DisplayRegistry
{
public:
    void connected(const KitchenSubscriber &subscriber, Timestamp now);
    void seen(const KitchenSubscriber &subscriber, Timestamp now);
    void tookSnapshot(const KitchenSubscriber &subscriber);
    void disconnected(const KitchenSubscriber &subscriber, Timestamp now);

    // A request of a display that polls: where it stands, in this epoch.
    void polled(const DisplayInfo &display, Timestamp now, Monotonic until);
    // Positions of the epoch before mean nothing any more; the log now ends at `head`.
    void forgetPositions(qint64 head, Timestamp now);

    // The sid of the connection that speaks for the device; 0: none.
    [[nodiscard]] qint64 currentSid(const QString &device) const;
    [[nodiscard]] std::vector<DisplayInfo> list(Monotonic now) const; // by device id
    // When each of them had painted what.
    [[nodiscard]] const ShownHistory &shown() const { return m_shown; }

private:
    struct Entry {
        DisplayInfo info;
        qint64 sid = 0;
        Monotonic pollsUntil{};
    };

    Entry *current(const KitchenSubscriber &subscriber);
    void forgetOldest();

    std::map<QString, Entry> m_known;
    ShownHistory m_shown;
};

} // namespace cf::hub
