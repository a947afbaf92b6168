// SPDX-License-Identifier: Apache-2.0
#include "hub/printing/print_service.h"
#include "hub/receipts/render.h"

namespace cf::hub {

void PrintService::addTickets(const std::vector<TicketOffer> &offers, const ReceiptHeader &header)
{
    if (m_entries.empty() || !openStore())
        return;
    for (const TicketOffer &offer : offers) {
        for (const auto &[id, entry] : m_entries) {
            const QStringList &stations = entry.settings.stations;
            if (!stations.contains(offer.station) && !stations.contains(QStringLiteral("*")))
                continue;
            TicketOffer mine = offer;
            mine.ticket.language = header.language;
            mine.ticket.timeZone = header.timeZone;
            const std::lock_guard lock(m_storeMutex);
            if (const Status added = addTicket(entry.settings, std::move(mine)); !added)
                storageTrouble(added.error());
        }
    }
    wakeWorkers();
}

Status PrintService::addTicket(const PrinterSettings &printer, TicketOffer offer)
{
    const TicketKey key{printer.id, offer.station, offer.orderId};
    const Result<QByteArray> before = m_store->ticketPrint(key);
    if (!before)
        return before.error();
    if (*before == offer.print)
        return ok();
    offer.ticket.isChanged = !before->isEmpty();
    PaperOptions paper = printer.paper;
    paper.language = offer.ticket.language;
    const Result<QByteArray> body = receiptEscPos(ticketRows(offer.ticket), paper);
    if (!body)
        return body.error();
    PrintJob job;
    job.printer = printer.id;
    job.kind = JobKind::Ticket;
    job.orderId = offer.orderId;
    job.seq = offer.seq;
    job.body = *body;
    tell(true, "kitchen_ticket", printer.id,
         QStringLiteral("station %1, order %2").arg(offer.station, offer.ticket.number));
    return m_store->addTicket(job, key, offer.print, now());
}

} // namespace cf::hub
