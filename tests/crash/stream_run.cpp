// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/stream_run.h"

#include "tests/crash/ledger.h"

#include <QJsonArray>

namespace cf::crash {

namespace {
QByteArray latin(const QJsonObject &frame, const char *key)
{
    return frame.value(QLatin1StringView(key)).toString().toLatin1();
}

qint64 number(const QJsonObject &frame, const char *key)
{
    return frame.value(QLatin1StringView(key)).toInteger(-1);
}
} // namespace

void StreamRun::find(const char *rule, const QString &what)
{
    m_findings.push_back(
        {rule, QStringLiteral("%1 at position %2: %3").arg(m_who).arg(m_pos).arg(what)});
}

void StreamRun::opened(bool resuming)
{
    m_resuming = resuming;
    m_isLoading = false;
    m_sid = -1;
}

QString StreamRun::cursor() const
{
    if (m_pos < 0)
        return {};
    return QStringLiteral("%1.%2.%3")
        .arg(QString::fromLatin1(m_epoch))
        .arg(m_pos)
        .arg(QString::fromLatin1(m_chain));
}

void StreamRun::take(const QJsonObject &frame)
{
    const QByteArray t = latin(frame, "t");
    if (t == "welcome") {
        welcome(frame);
        return;
    }
    if (t == "res" || t == "bye")
        return;
    if (m_sid < 0 || number(frame, "sid") != m_sid) {
        find("a stream speaks of its own session",
             QStringLiteral("%1 of session %2, welcomed as %3")
                 .arg(QString::fromLatin1(t))
                 .arg(number(frame, "sid"))
                 .arg(m_sid));
        return;
    }
    if (t == "snap") {
        snapshotPart(frame);
    } else if (t == "snap_end") {
        snapshotEnd(frame);
    } else if (t == "ev") {
        events(frame);
    } else if (t == "live") {
        if (number(frame, "at") != m_pos)
            find("a board is live where it stands",
                 QStringLiteral("live at %1").arg(number(frame, "at")));
        board(number(frame, "at"), frame);
    } else if (t == "hb") {
        board(number(frame, "head"), frame);
    }
}

void StreamRun::welcome(const QJsonObject &frame)
{
    const QByteArray epoch = latin(frame, "epoch");
    const bool isResume = latin(frame, "mode") == "resume";
    m_sid = number(frame, "sid");
    if (isResume && !m_resuming)
        find("a run begins with a snapshot", QStringLiteral("resumed without a cursor"));
    if (isResume && epoch != m_epoch)
        find("one epoch", QStringLiteral("resumed in another epoch"));
    if (!isResume && m_resuming)
        find("a cursor of this log is resumed",
             QStringLiteral("snapshot because of %1").arg(frame.value("reason").toString()));
    m_epoch = epoch;
    m_isLoading = !isResume;
    m_partsDigest = 0;
    m_partsCount = 0;
    (isResume ? m_resumes : m_snapshots) += 1;
    m_sightings.push_back({m_who + " (welcome)", epoch, number(frame, "head"), {}, {}, {}});
}

void StreamRun::snapshotPart(const QJsonObject &frame)
{
    const QJsonArray orders = frame.value("orders").toArray();
    for (const QJsonValue &value : orders) {
        const QJsonObject order = value.toObject();
        m_partsDigest +=
            digestPart(plainId(order.value("order_id").toString()), order.value("seq").toInt());
        ++m_partsCount;
    }
}

void StreamRun::snapshotEnd(const QJsonObject &frame)
{
    const qint64 at = number(frame, "at");
    if (!m_isLoading)
        find("a run begins with a snapshot", QStringLiteral("a snapshot nobody announced"));
    if (at < m_pos)
        find("a position never goes back", QStringLiteral("snapshot at %1").arg(at));
    if (digestText(m_partsDigest) != latin(frame, "digest")
        || m_partsCount != frame.value("count").toInt(-1))
        find("a snapshot holds the board it names",
             QStringLiteral("%1 orders with digest %2 came, %3 with %4 are named")
                 .arg(m_partsCount)
                 .arg(QString::fromLatin1(digestText(m_partsDigest)))
                 .arg(frame.value("count").toInt(-1))
                 .arg(frame.value("digest").toString()));
    m_isLoading = false;
    m_pos = at;
    m_chain = latin(frame, "h");
    board(at, frame);
}

void StreamRun::events(const QJsonObject &frame)
{
    const qint64 to = number(frame, "to");
    if (m_isLoading)
        find("a run begins with a snapshot", QStringLiteral("events before the snapshot's end"));
    if (number(frame, "prev") != m_pos)
        find("one contiguous run",
             QStringLiteral("told positions after %1 to %2").arg(number(frame, "prev")).arg(to));
    const QJsonArray events = frame.value("events").toArray();
    qint64 last = number(frame, "prev");
    for (const QJsonValue &value : events) {
        const QJsonObject event = value.toObject();
        const qint64 pos = number(event, "pos");
        if (pos != last + 1)
            find("one contiguous run", QStringLiteral("told position %1 after %2, order %3")
                                           .arg(pos)
                                           .arg(last)
                                           .arg(event.value("order_id").toString()));
        last = pos;
        ++m_eventCount;
        m_told.push_back({m_who, pos, plainId(event.value("id").toString()),
                          plainId(event.value("order_id").toString()), event.value("seq").toInt(),
                          latin(event, "type")});
    }
    if (last != to)
        find("one contiguous run",
             QStringLiteral("a frame to %1 ends with position %2").arg(to).arg(last));
    m_pos = to;
    m_chain = latin(frame, "h");
    m_sightings.push_back({m_who, m_epoch, to, m_chain, {}, {}});
}

void StreamRun::board(qint64 pos, const QJsonObject &frame)
{
    m_sightings.push_back({m_who, m_epoch, pos, latin(frame, "h"), latin(frame, "digest"),
                           frame.value("count").toInt(-1)});
}

} // namespace cf::crash
