// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/app/log_line.h"
#include "hub/printing/kitchen_fallback.h"
#include "hub/printing/print_service.h"
#include "hub/stream/order_hub.h"

namespace cf::hub {

// Tells the printers what happens in the hub: where the log ends, what is set up, and which
// stations nobody looks after. Net thread; the hub and the service outlive it.
class PrintFeed
{
public:
    PrintFeed(OrderHub &hub, PrintService &service, const LogWriter &log);
    ~PrintFeed();
    PrintFeed(const PrintFeed &) = delete;
    PrintFeed &operator=(const PrintFeed &) = delete;

private:
    void watch();
    void update();
    void readPrinters();
    void readKitchen();
    void offerTickets();

    OrderHub &m_hub;
    PrintService &m_service;
    const LogWriter &m_log;
    OrderHub::WatchId m_watch = 0;
    KitchenFallback m_fallback;
    Cursor m_head;
    std::optional<qint64> m_printersRev;
    std::optional<QByteArray> m_kitchenId;
    QStringList m_stations; // that have a printer
};

} // namespace cf::hub
