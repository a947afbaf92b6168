// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/world.h"

namespace cf::sim {

// What many runs came to.
class Tally
{
public:
    void add(const RunReport &report);
    // As a line of numbers, for another process to add. False: that is none.
    [[nodiscard]] QByteArray toLine() const;
    bool addLine(const QByteArray &line);
    void noteLostProcess() { ++m_lostProcesses; }

    [[nodiscard]] bool isGood() const;
    [[nodiscard]] QByteArray text() const;

private:
    enum Count : quint8 {
        Runs,
        Bad,
        SimulatedMs,
        Steps,
        Events,
        Acknowledgements,
        Wishes,
        Snapshots,
        Resumes,
        Views,
        LostEvents,
        LostAnswers,
        CutMidMessage,
        HealedMsMax,
        ReadErrors,
        WriteErrors,
        SyncErrors,
        FullErrors,
        LiedSyncs,
        TornWrites,
        CountsEnd,
    };
    static constexpr size_t size = static_cast<size_t>(CountsEnd) + faultCount;
    void put(Count which, qint64 value) { m_counts.at(which) += value; }

    std::array<qint64, size> m_counts{};
    int m_lostProcesses = 0;
};

} // namespace cf::sim
