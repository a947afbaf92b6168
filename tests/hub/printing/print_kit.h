// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/app/storage.h"
#include "hub/order/order_service.h"
#include "hub/printing/print_service.h"
#include "tests/support/fake_printer.h"

#include <QTemporaryDir>

#include <atomic>

namespace cf::test {

// The time, moved on by the test alone.
class StandingClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override
    {
        return Timestamp(std::chrono::milliseconds(m_now.load()));
    }
    [[nodiscard]] Monotonic monotonic() const override
    {
        return Monotonic(std::chrono::milliseconds(m_now.load()));
    }
    void advance(std::chrono::milliseconds by) { m_now += by.count(); }

private:
    std::atomic<qint64> m_now = 1'796'000'000'000;
};

// A real log and a real printers' file in a directory of its own, with the printers over them.
class PrintKit
{
public:
    PrintKit();
    ~PrintKit();

    // A paid order of this number; its id.
    QUuid pay(const QString &number);
    QUuid placeUnpaid(const QString &number);
    // What the restaurant says of itself.
    void say(const QString &restaurantName);

    // The printers, as the manager sets them up; kept over restarts.
    void setUp(const std::vector<hub::PrinterSettings> &printers);
    void setUp(const FakePrinter &printer) { setUp({settingsFor(printer)}); }
    static hub::PrinterSettings settingsFor(const FakePrinter &printer,
                                            const QString &id = QStringLiteral("front"));

    void startService();
    // The two halves of it.
    void startUntold();
    void tellPrinters();
    void stopService() { m_service.reset(); }
    void restart();
    // Another log in the place of this one: a copy of it that was kept earlier, as a new epoch.
    void keepCopy();
    void restoreCopy();
    void renewEpoch();
    void removePrintersFile();

    Result<hub::ReceiptQueued> print(const QUuid &orderId, const QString &printer = {});
    hub::PrintService &service() { return *m_service; }
    [[nodiscard]] hub::PrinterStatus status() const;
    // The journal's events so far, "event printer".
    [[nodiscard]] QByteArrayList journal() const;
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }
    [[nodiscard]] Cursor head() const;
    // For a failure's message.
    [[nodiscard]] QByteArray brief(const FakePrinter &printer) const;

    StandingClock clock;
    hub::PrinterTimes times;

private:
    void openLog();
    hub::Answer handle(hub::Request request);

    QTemporaryDir m_dir;
    SystemRandom m_random;
    hub::Storage m_storage;
    std::unique_ptr<hub::OrderService> m_orders;
    std::unique_ptr<hub::PrintService> m_service;
    std::vector<hub::PrinterSettings> m_printers;
    qint64 m_restaurantRev = 0;
    mutable std::mutex m_mutex;
    QByteArrayList m_journal;
};

} // namespace cf::test
