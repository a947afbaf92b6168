// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/reports/report.h"
#include "tests/hub/reports/ledger_kit.h"

namespace cf::test {

// A small service whose figures can be worked out by hand: what happens, and when, is told in
// fixed_log.cpp. 20 November 2026, from 12:00 UTC on, 13:00 in Madrid.
class FixedLog
{
public:
    FixedLog();

    // Of that day in Madrid, asked at the end of the story.
    [[nodiscard]] hub::ReportRequest request(const QString &name, const QString &group) const;

    CoreKit kit;
    std::unique_ptr<hub::Ledger> ledger = hub::Ledger::open(QString()).value();

private:
    struct Dish {
        QString name;
        QString category;
        int quantity;
        int price;
    };
    void at(int hour, int minute, int second);
    QUuid place(const QString &type, const QString &source, const std::vector<Dish> &dishes,
                bool paid);
    void does(const QUuid &order, EventType type, const QJsonObject &payload = {});
    void bumps(const QString &device, const QUuid &order, const QString &type,
               const QJsonObject &payload = {});
    void firstHour();
    void aMassOfBumps();
    void theEnd();

    int m_number = 0;
    QHash<QString, qint64> m_n;
};

// "a|b|3": each row's cells; "-" for none, times in UTC.
QStringList rowsOf(const hub::Report &report, const QString &table);

} // namespace cf::test
