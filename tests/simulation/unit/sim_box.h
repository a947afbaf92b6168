// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/sqlite_event_log.h"
#include "hub/log/verifier.h"
#include "tests/hub/log/log_fixture.h"
#include "tests/simulation/disk/sim_disk.h"
#include "tests/simulation/disk/sim_vfs.h"

namespace cf::sim {

// One hub's box: its disk, and the log while it runs.
class SimBox
{
public:
    explicit SimBox(quint64 seed) : dice(seed), disk(QStringLiteral("/sim/log"), dice.fork())
    {
        SimVfs::reseed(seed);
    }

    QString path() { return disk.path(QStringLiteral("counterfire.db")); }
    // Empty: it runs; else why it does not.
    QString start()
    {
        disk.start();
        return open();
    }
    QString open(const QString &restaurant = QStringLiteral("bistro"))
    {
        hub::OpenOptions options;
        options.restaurantId = restaurant;
        options.files = &disk.logFiles();
        auto opened = hub::SqliteEventLog::open(path(), options, clock, dice);
        if (!opened)
            return opened.error().detail;
        log = std::move(*opened);
        QString refused = resume();
        if (!refused.isEmpty())
            log.reset();
        return refused;
    }
    // The maker goes on from where the log stands.
    QString resume()
    {
        const auto open = log->openOrders();
        if (!open)
            return open.error().detail;
        maker.start(log->head(), *open);
        return {};
    }
    bool commit()
    {
        for (int i = dice.between(1, 3); i > 0; --i)
            maker.placeAndComplete(QStringLiteral("1"));
        maker.place(QStringLiteral("2"), true);
        return log->commit(maker.take()).has_value();
    }
    void cut()
    {
        disk.powerCut();
        log.reset();
    }
    // What is wrong with the log as it lies there.
    QString problem()
    {
        const auto report = hub::verifyLog(path());
        if (!report)
            return report.error().detail;
        return report->isSound() ? QString()
                                 : QStringLiteral("position %1: %2")
                                       .arg(report->problems.front().pos)
                                       .arg(report->problems.front().what);
    }

    Dice dice;
    SimDisk disk;
    test::ManualClock clock;
    test::BatchMaker maker{clock};
    std::unique_ptr<hub::SqliteEventLog> log;
};

} // namespace cf::sim
