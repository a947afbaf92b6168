// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/crash/history.h"

#include <QJsonObject>

namespace cf::crash {

// One listener's way through the log: what a kitchen stream said, frame by frame over all its
// connections. Judges the order of things by itself; what must be compared with the log is handed
// out.
class StreamRun
{
public:
    explicit StreamRun(QString who) : m_who(std::move(who)) { }

    // A new connection; `resuming`: it was opened with cursor().
    void opened(bool resuming);
    void take(const QJsonObject &frame);

    // Where it stands; empty before the first snapshot.
    [[nodiscard]] QString cursor() const;
    [[nodiscard]] qint64 pos() const { return m_pos; }
    [[nodiscard]] qint64 sid() const { return m_sid; }
    [[nodiscard]] bool isWelcomed() const { return m_sid >= 0; }
    [[nodiscard]] qint64 events() const { return m_eventCount; }
    [[nodiscard]] qint64 snapshots() const { return m_snapshots; }
    [[nodiscard]] qint64 resumes() const { return m_resumes; }

    // Since the last call.
    std::vector<Finding> takeFindings() { return std::exchange(m_findings, {}); }
    std::vector<Sighting> takeSightings() { return std::exchange(m_sightings, {}); }
    std::vector<ToldEvent> takeTold() { return std::exchange(m_told, {}); }

private:
    void welcome(const QJsonObject &frame);
    void snapshotPart(const QJsonObject &frame);
    void snapshotEnd(const QJsonObject &frame);
    void events(const QJsonObject &frame);
    void board(qint64 pos, const QJsonObject &frame);
    void find(const char *rule, const QString &what);

    QString m_who;
    QByteArray m_epoch;
    qint64 m_pos = -1;
    QByteArray m_chain;
    bool m_resuming = false;
    bool m_isLoading = false; // between welcome and snap_end
    qint64 m_sid = -1;        // -1: not welcomed on this connection
    quint64 m_partsDigest = 0;
    int m_partsCount = 0;
    qint64 m_eventCount = 0;
    qint64 m_snapshots = 0;
    qint64 m_resumes = 0;
    std::vector<Finding> m_findings;
    std::vector<Sighting> m_sightings;
    std::vector<ToldEvent> m_told;
};

} // namespace cf::crash
