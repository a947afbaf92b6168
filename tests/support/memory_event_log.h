// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"

#include <QStringList>

#include <map>

namespace cf::test {

// An event log in memory, writer and reader in one, that keeps the interface's promises and holds
// its caller to them: a batch that breaks a rule of event_log.h is refused and named in
// violations(). Fails on demand.
class MemoryEventLog final : public hub::EventLog, public hub::EventReader
{
public:
    enum class CommitFailure : quint8 {
        Lost, // nothing of the batch is there after reopen()
        Kept, // all of it is: the disk did it, only the answer was lost
    };

    explicit MemoryEventLog(QByteArray epoch = QByteArray(32, 'a'));

    // --- EventLog -------------------------------------------------------------------------------
    [[nodiscard]] hub::LogHead head() const override { return m_head; }
    [[nodiscard]] QString restaurantId() const override { return QStringLiteral("r1"); }
    Result<std::vector<OrderState>> openOrders() override;
    Result<std::vector<OrderState>> recentlyClosed(int limit) override;
    Result<std::optional<hub::DayNumber>> dayNumber() override;
    Result<hub::Documents> settings() override;
    Result<std::optional<OrderState>> order(const QUuid &orderId) override;
    Result<std::optional<hub::CommandRecord>> command(const QByteArray &scope,
                                                      const QByteArray &key) override;
    Result<std::optional<hub::DeviceCommandRecord>> deviceCommand(const QString &device,
                                                                  qint64 n) override;
    Result<qint64> lastDeviceCommand(const QString &device) override; // of the reader, too
    Status commit(const hub::LogBatch &batch) override;
    Status renewEpoch(const QByteArray &epoch, const QString &why) override;
    Status reopen() override;
    void idle() override { }

    // --- EventReader ----------------------------------------------------------------------------
    Result<std::vector<hub::LoggedEvent>> events(qint64 after, qint64 upTo, int limit,
                                                 qint64 bytesMax) override;
    Result<std::optional<ChainHash>> chainAt(qint64 pos) override;
    Result<qint64> gapBytes(qint64 after, qint64 upTo) override;
    Result<std::vector<OrderEvent>> orderEvents(const QUuid &orderId, int afterSeq) override;
    Result<std::optional<QUuid>> orderForTracker(const QByteArray &token) override;
    Result<std::optional<QByteArray>> trackerForOrder(const QUuid &orderId) override;
    Result<std::vector<std::pair<QString, qint64>>> countsSince(Timestamp since) override;
    Result<std::vector<hub::SettingsRecord>> settingsHistory(const QByteArray &name, qint64 before,
                                                             int limit) override;
    Result<qint64> firstSince(Timestamp since) override;
    Result<hub::SettingsRecord> settingsAt(const QByteArray &name, Timestamp at) override;
    Result<std::vector<hub::EpochRecord>> epochs(int limit) override;

    // --- the test's hand ------------------------------------------------------------------------
    void failNextCommit(CommitFailure how) { m_failCommit = how; }
    void failRenewals(bool fail) { m_failRenewals = fail; }
    void failReads(bool fail) { m_failReads = fail; }
    void failOrders(bool fail) { m_failOrders = fail; } // only order()
    // As after a power cut that took what was told: the events after pos are gone.
    void loseAfter(qint64 pos);
    // Pretends that the log no longer holds what is before pos.
    void setFloor(qint64 pos) { m_floor = pos; }
    [[nodiscard]] int commits() const { return m_commits; }
    [[nodiscard]] const std::vector<hub::LoggedEvent> &all() const { return m_events; }
    [[nodiscard]] const QStringList &violations() const { return m_violations; }

private:
    [[nodiscard]] bool isUsable() const { return !m_failed && !m_failReads; }
    [[nodiscard]] QString fault(const hub::LogBatch &batch) const;
    void keep(const hub::LogBatch &batch);

    hub::LogHead m_head;
    std::vector<hub::LoggedEvent> m_events;
    std::map<QUuid, OrderState> m_orders;
    std::map<std::pair<QByteArray, QByteArray>, hub::CommandRecord> m_commands;
    std::map<std::pair<QString, qint64>, hub::DeviceCommandRecord> m_deviceCommands;
    std::map<QByteArray, QUuid> m_trackers;
    std::optional<hub::DayNumber> m_dayNumber;
    hub::Documents m_settings;
    std::vector<hub::SettingsRecord> m_revisions; // of all documents, in their order
    std::vector<hub::EpochRecord> m_epochs;       // newest first
    std::optional<CommitFailure> m_failCommit;
    bool m_failRenewals = false;
    bool m_failReads = false;
    bool m_failOrders = false;
    bool m_failed = false;
    qint64 m_floor = 1;
    int m_commits = 0;
    QStringList m_violations;
};

} // namespace cf::test
