// SPDX-License-Identifier: Apache-2.0
#include "hub/health/health_report.h"

#include "hub/health/log_outline.h"
#include "shared/base/limits.h"

#include <QJsonArray>

#include <algorithm>

namespace cf::hub {

using namespace std::chrono_literals;
using L1 = QLatin1StringView;

namespace {

// A transaction that takes longer keeps a till waiting.
constexpr double commitSlowMs = 250;
constexpr qint64 daysLeftFew = 30;

QJsonValue timeOf(std::optional<Timestamp> at)
{
    return at ? QJsonValue(QString::fromLatin1(formatTimestamp(*at))) : QJsonValue();
}

qint64 secondsBetween(Timestamp from, Timestamp to)
{
    return std::chrono::duration_cast<std::chrono::seconds>(to - from).count();
}

// Bytes of disk a day, by the last week: what an event costs on the disk, all told, is known from
// the file itself.
qint64 bytesPerDay(const HealthParts &parts)
{
    const LogGrowth &growth = parts.growth;
    if (!growth.firstEventAt || growth.eventBytes <= 0)
        return 0;
    const Timestamp from = std::max(*growth.firstEventAt, parts.now - 7 * 24h);
    const double days =
        std::max(static_cast<double>(secondsBetween(from, parts.now)) / 86'400, 1.0);
    const double onDisk =
        static_cast<double>(parts.facts.databaseBytes) / static_cast<double>(growth.eventBytes);
    return static_cast<qint64>(static_cast<double>(growth.eventBytesWeek) * std::max(onDisk, 1.0)
                               / days);
}

std::optional<qint64> daysLeft(const HealthParts &parts)
{
    const qint64 perDay = bytesPerDay(parts);
    if (!parts.facts.disk || perDay <= 0)
        return std::nullopt;
    return parts.facts.disk->free / perDay;
}

void addFinding(QJsonArray &findings, const char *level, const char *code, const QString &detail)
{
    findings.append(QJsonObject{{L1("level"), QString::fromLatin1(level)},
                                {L1("code"), QString::fromLatin1(code)},
                                {L1("detail"), detail}});
}

void findBad(const HealthParts &parts, QJsonArray &findings)
{
    const ProofProgress &proof = parts.facts.proof;
    if (!parts.isReady)
        addFinding(findings, "bad", "log_unavailable",
                   QStringLiteral("The log cannot be written: nothing is taken until it can."));
    if (!proof.problems.empty())
        addFinding(findings, "bad", "log_damaged",
                   QStringLiteral("The log is not as it was written, first at position %1.")
                       .arg(proof.problems.front().pos));
    if (!proof.failure.isEmpty())
        addFinding(findings, "bad", "log_unreadable",
                   QStringLiteral("The log could not be read to prove it."));
    if (parts.facts.disk && parts.facts.disk->free < limits::diskFreeLow)
        addFinding(
            findings, "bad", "disk_low",
            QStringLiteral("Only %1 MB of disk are free.").arg(parts.facts.disk->free / 1'000'000));
}

void findWarnings(const HealthParts &parts, QJsonArray &findings)
{
    if (parts.head.pos > 0 && !parts.facts.backup)
        addFinding(findings, "warn", "backup_never",
                   QStringLiteral("There is no backup of this log yet."));
    else if (parts.facts.backup && parts.now - parts.facts.backup->at > limits::backupOld)
        addFinding(findings, "warn", "backup_old",
                   QStringLiteral("The last backup is %1 days old.")
                       .arg(secondsBetween(parts.facts.backup->at, parts.now) / 86'400));
    if (const std::optional<qint64> days = daysLeft(parts); days && *days < daysLeftFew)
        addFinding(findings, "warn", "disk_fills",
                   QStringLiteral("At this pace the disk is full in %1 days.").arg(*days));
    if (parts.commitP99 > commitSlowMs)
        addFinding(findings, "warn", "commits_slow",
                   QStringLiteral("One commit in a hundred takes %1 ms or more.")
                       .arg(static_cast<int>(parts.commitP99)));
    if (parts.storageFailures > 0)
        addFinding(findings, "warn", "storage_failed",
                   QStringLiteral("Writing the log failed %1 times since the hub started.")
                       .arg(parts.storageFailures));
}

QJsonObject logJson(const HealthParts &parts)
{
    return {{L1("bytes"), parts.facts.databaseBytes + parts.facts.walBytes},
            {L1("database_bytes"), parts.facts.databaseBytes},
            {L1("wal_bytes"), parts.facts.walBytes},
            {L1("events"), parts.head.pos},
            {L1("events_last_24h"), parts.growth.eventsDay},
            {L1("bytes_per_day"), bytesPerDay(parts)},
            {L1("first_event_at"), timeOf(parts.growth.firstEventAt)},
            {L1("last_event_at"),
             timeOf(parts.head.pos > 0 ? std::optional(parts.head.at) : std::nullopt)}};
}

QJsonValue diskJson(const HealthParts &parts)
{
    if (!parts.facts.disk)
        return {};
    const std::optional<qint64> days = daysLeft(parts);
    return QJsonObject{{L1("bytes"), parts.facts.disk->total},
                       {L1("free_bytes"), parts.facts.disk->free},
                       {L1("days_left"), days ? QJsonValue(*days) : QJsonValue()}};
}

QJsonValue backupJson(const HealthParts &parts, ReportView view)
{
    if (!parts.facts.backup)
        return {};
    const BackupNote &backup = *parts.facts.backup;
    QJsonObject json{{L1("at"), timeOf(backup.at)},
                     {L1("age_s"), std::max(qint64(0), secondsBetween(backup.at, parts.now))},
                     {L1("pos"), backup.pos},
                     {L1("events_since"), std::max(qint64(0), parts.head.pos - backup.pos)},
                     {L1("bytes"), backup.bytes}};
    if (view == ReportView::Whole)
        json.insert(L1("file"), backup.file);
    return json;
}

QJsonObject proofJson(const HealthParts &parts, ReportView view)
{
    const ProofProgress &proof = parts.facts.proof;
    QJsonArray problems;
    for (const ProofProblem &problem : proof.problems) {
        QJsonObject json{{L1("pos"), problem.pos}};
        if (view == ReportView::Whole)
            json.insert(L1("what"), problem.what);
        problems.append(json);
    }
    QJsonValue last;
    if (proof.last) {
        last = QJsonObject{{L1("at"), timeOf(proof.last->at)},
                           {L1("pos"), proof.last->pos},
                           {L1("sound"), proof.last->isSound},
                           {L1("took_ms"), static_cast<qint64>(proof.last->took.count())}};
    }
    return {{L1("running"), proof.beganAt.has_value() && !proof.isAtEnd},
            {L1("began_at"), timeOf(proof.beganAt)},
            {L1("pos"), proof.pos},
            {L1("head"), parts.head.pos},
            {L1("problems"), problems},
            {L1("last"), last}};
}

QJsonArray epochsJson(const std::vector<EpochRecord> &epochs, ReportView view)
{
    QJsonArray list;
    for (const EpochRecord &epoch : epochs) {
        QJsonObject json{{L1("epoch"), QString::fromLatin1(epoch.epoch)},
                         {L1("pos"), epoch.pos},
                         {L1("at"), timeOf(epoch.at)}};
        if (view == ReportView::Whole) // it names the file that was restored
            json.insert(L1("why"), epoch.why);
        list.append(json);
    }
    return list;
}

QJsonObject processJson(const ProcessFacts &process)
{
    return {{L1("cpu_s"), process.cpuSeconds},
            {L1("resident_bytes"), process.residentBytes},
            {L1("open_files"), process.openFiles}};
}

} // namespace

Result<LogGrowth> readGrowth(EventReader &reader, qint64 head, Timestamp now)
{
    LogGrowth growth;
    const Result<qint64> day = reader.firstSince(now - 24h);
    const Result<qint64> week = reader.firstSince(now - 7 * 24h);
    const Result<qint64> all = reader.gapBytes(0, head);
    Result<std::vector<EpochRecord>> epochs = reader.epochs(limits::epochsTold);
    for (const Result<qint64> *one : {&day, &week, &all}) {
        if (!*one)
            return one->error();
    }
    if (!epochs)
        return epochs.error();
    const Result<qint64> ofWeek = reader.gapBytes(std::min(*week - 1, head), head);
    const Result<std::vector<LoggedEvent>> first = reader.events(0, 1, 1, 1);
    if (!ofWeek || !first)
        return ofWeek ? first.error() : ofWeek.error();
    growth.eventsDay = std::max(qint64(0), head - *day + 1);
    growth.eventBytes = *all;
    growth.eventBytesWeek = *ofWeek;
    if (!first->empty())
        growth.firstEventAt = first->front().event.at;
    growth.epochs = std::move(*epochs);
    return growth;
}

QJsonObject healthReport(const HealthParts &parts, ReportView view)
{
    QJsonArray findings;
    findBad(parts, findings);
    const bool isBad = !findings.isEmpty();
    findWarnings(parts, findings);
    const char *status = isBad ? "bad" : findings.isEmpty() ? "good" : "warn";
    return {{L1("status"), QString::fromLatin1(status)},
            {L1("findings"), findings},
            {L1("now"), timeOf(parts.now)},
            {L1("version"), QStringLiteral(CF_VERSION)},
            {L1("started_at"), timeOf(parts.facts.startedAt)},
            {L1("uptime_s"), secondsBetween(parts.facts.startedAt, parts.now)},
            {L1("looked_at"), timeOf(parts.facts.lookedAt)},
            {L1("epoch"), QString::fromLatin1(parts.head.epoch)},
            {L1("epochs"), epochsJson(parts.growth.epochs, view)},
            {L1("log"), logJson(parts)},
            {L1("commit_ms"), QJsonObject{{L1("p50"), parts.commitP50},
                                          {L1("p99"), parts.commitP99},
                                          {L1("commits"), parts.commits}}},
            {L1("storage_failures"), parts.storageFailures},
            {L1("disk"), diskJson(parts)},
            {L1("backup"), backupJson(parts, view)},
            {L1("proof"), proofJson(parts, view)},
            {L1("process"), processJson(parts.facts.process)},
            {L1("open_orders"), parts.openOrders},
            {L1("displays_connected"), parts.displaysConnected},
            {L1("lines"), linesToJson(parts.lines, view)}};
}

} // namespace cf::hub
