// SPDX-License-Identifier: Apache-2.0
#include "hub/app/print_feed.h"

#include "hub/receipts/receipt_source.h"
#include "hub/settings/restaurant.h"
#include "shared/protocol/canonical_json.h"

namespace cf::hub {

PrintFeed::PrintFeed(OrderHub &hub, PrintService &service, const LogWriter &log)
    : m_hub(hub), m_service(service), m_log(log)
{
    watch();
    update();
}

PrintFeed::~PrintFeed()
{
    m_hub.unwatch(m_watch);
}

void PrintFeed::watch()
{
    m_watch = m_hub.watchBoard([this] {
        watch();
        update();
    });
}

void PrintFeed::update()
{
    const Cursor head = m_hub.headCursor();
    if (head.epoch != m_head.epoch)
        m_fallback.forget();
    if (head != m_head) {
        m_head = head;
        m_service.setHead(head);
    }
    readPrinters();
    readKitchen();
    offerTickets();
}

void PrintFeed::readPrinters()
{
    const SettingsRecord record = m_hub.document("printers");
    if (m_printersRev == record.rev)
        return;
    m_printersRev = record.rev;
    const Result<QJsonObject> json = parseJsonObject(record.rev > 0 ? record.body : "{}");
    const Result<Printers> printers = json ? printersFromJson(*json) : json.error();
    if (!printers) { // another version's: its printers and what waits for them stay as they are
        m_log.error("printers_unreadable", {{"why", printers.error().detail}});
        return;
    }
    m_stations.clear();
    for (const PrinterSettings &printer : printers->printers)
        m_stations += printer.stations;
    m_service.setPrinters(*printers);
}

void PrintFeed::readKitchen()
{
    if (m_kitchenId == m_hub.settingsId())
        return;
    m_kitchenId = m_hub.settingsId();
    const Result<QJsonObject> json = parseJsonObject(m_hub.settings().body);
    const Result<KitchenSettings> settings = json ? settingsFromJson(*json) : json.error();
    m_fallback.setKitchen(settings ? *settings : KitchenSettings());
}

void PrintFeed::offerTickets()
{
    const std::vector<StationAlarm> &alarms = m_hub.stations().alarms();
    if (alarms.empty() || m_stations.isEmpty())
        return;
    std::vector<TicketOffer> offers = m_fallback.offers(alarms, m_stations, m_hub.board());
    if (offers.empty())
        return;
    const SettingsRecord record = m_hub.document("restaurant");
    const Result<QJsonObject> json = parseJsonObject(record.body);
    const Result<Restaurant> restaurant = json ? restaurantFromJson(*json) : json.error();
    m_service.offer(std::move(offers), headerOf(restaurant ? *restaurant : Restaurant()));
}

} // namespace cf::hub
