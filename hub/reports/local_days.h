// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <QDateTime>
#include <QTimeZone>

namespace cf::hub {

// The restaurant's days: by its own zone, which is the machine's unless something else was said. A
// day has 23 to 25 hours where clocks are changed.
class LocalDays
{
public:
    // An IANA name ("Europe/Madrid"); empty, or one that the machine does not know: its own.
    explicit LocalDays(const QString &zone = {});

    [[nodiscard]] QString zoneName() const { return QString::fromUtf8(m_zone.id()); }
    // Its first moment; also where midnight is skipped.
    [[nodiscard]] Timestamp startOf(QDate day) const;
    [[nodiscard]] QDate dayOf(Timestamp at) const;
    // Minutes since midnight by the clock on the wall: 0 to 1439.
    [[nodiscard]] int minuteOf(Timestamp at) const;

    // "2026-11-29": a day; nullopt for anything else.
    static std::optional<QDate> parseDay(QStringView text);

private:
    [[nodiscard]] QDateTime local(Timestamp at) const;

    QTimeZone m_zone;
};

} // namespace cf::hub
