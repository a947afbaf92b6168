// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/tally.h"

namespace cf::sim {

namespace {

constexpr double msPerHour = 3'600'000;

} // namespace

void Tally::add(const RunReport &report)
{
    put(Runs, 1);
    put(Bad, report.breaches.isEmpty() ? 0 : 1);
    put(SimulatedMs, report.simulated.count());
    put(Steps, report.steps);
    put(Events, report.events);
    put(Acknowledgements, report.acknowledgements);
    put(Wishes, report.wishes);
    put(Snapshots, report.snapshots);
    put(Resumes, report.resumes);
    put(Views, report.views);
    put(LostEvents, report.lostEvents);
    put(LostAnswers, report.lostAnswers);
    put(CutMidMessage, report.cutMidMessage);
    m_counts.at(HealedMsMax) =
        std::max<qint64>(m_counts.at(HealedMsMax), report.healedAfter.count());
    put(ReadErrors, report.disk.readErrors);
    put(WriteErrors, report.disk.writeErrors);
    put(SyncErrors, report.disk.syncErrors);
    put(FullErrors, report.disk.fullErrors);
    put(LiedSyncs, report.disk.liedSyncs);
    put(TornWrites, report.disk.tornWrites);
    for (size_t i = 0; i < faultCount; ++i)
        m_counts.at(static_cast<size_t>(CountsEnd) + i) += report.faults.at(i);
}

QByteArray Tally::toLine() const
{
    QByteArrayList numbers;
    for (const qint64 count : m_counts)
        numbers.append(QByteArray::number(count));
    return numbers.join(' ');
}

bool Tally::addLine(const QByteArray &line)
{
    const QByteArrayList numbers = line.split(' ');
    if (numbers.size() != static_cast<qsizetype>(size))
        return false;
    for (size_t i = 0; i < size; ++i) {
        const qint64 value = numbers.at(static_cast<qsizetype>(i)).toLongLong();
        m_counts.at(i) =
            i == HealedMsMax ? std::max(m_counts.at(i), value) : m_counts.at(i) + value;
    }
    return true;
}

bool Tally::isGood() const
{
    return m_lostProcesses == 0 && m_counts.at(Bad) == 0 && m_counts.at(Runs) > 0;
}

QByteArray Tally::text() const
{
    const auto number = [this](Count which) { return QByteArray::number(m_counts.at(which)); };
    QByteArray text;
    text += number(Runs) + " seeds, " + number(Bad) + " broke a promise; "
            + QByteArray::number(static_cast<double>(m_counts.at(SimulatedMs)) / msPerHour, 'f', 1)
            + " simulated hours, " + number(Steps) + " steps\n";
    text += number(Events) + " events, " + number(Acknowledgements) + " acknowledged to tills and "
            + "displays, " + number(Wishes) + " commands of cooks, " + number(Resumes)
            + " resumes, " + number(Snapshots) + " snapshots, " + number(Views)
            + " tracker views\n";
    text += "healed after " + number(HealedMsMax) + " ms at most; " + number(LostEvents)
            + " events and " + number(LostAnswers)
            + " answers to commands lost by lying disks and older copies, each of them noticed\n";
    text += "faults: cut mid-message " + number(CutMidMessage) + ", torn writes "
            + number(TornWrites) + ", read errors " + number(ReadErrors) + ", write errors "
            + number(WriteErrors) + ", failed syncs " + number(SyncErrors) + ", disk full "
            + number(FullErrors) + ", lied syncs " + number(LiedSyncs);
    for (int i = 0; i < faultCount; ++i) {
        const qint64 count = m_counts.at(static_cast<size_t>(CountsEnd) + static_cast<size_t>(i));
        text +=
            ", " + faultName(static_cast<Fault>(i)).toLatin1() + ' ' + QByteArray::number(count);
    }
    text += '\n';
    if (m_lostProcesses > 0)
        text += QByteArray::number(m_lostProcesses) + " processes ended without a report\n";
    return text;
}

} // namespace cf::sim
