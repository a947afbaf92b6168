// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/receipt_source.h"

#include "hub/settings/restaurant.h"
#include "shared/protocol/canonical_json.h"

namespace cf::hub {

namespace {

// A revision is never changed, so its header is the same whenever it is read.
Result<ReceiptHeader> headerAt(EventReader &reader, qint64 revision)
{
    Restaurant restaurant;
    if (revision > 0) {
        const auto found = reader.settingsHistory("restaurant", revision + 1, 1);
        if (!found)
            return found.error();
        if (found->empty() || found->front().rev != revision)
            return Error{ErrorCode::StorageFailed,
                         QStringLiteral("the log has no revision %1 of the restaurant's document")
                             .arg(revision)};
        const Result<QJsonObject> json = parseJsonObject(found->front().body);
        const Result<Restaurant> read = json ? restaurantFromJson(*json) : json.error();
        if (read) // what another version had written, and this one does not read, says nothing
            restaurant = *read;
    }
    return headerOf(restaurant);
}

} // namespace

ReceiptHeader headerOf(const Restaurant &restaurant)
{
    ReceiptHeader header;
    header.name = restaurant.name;
    header.address = restaurant.address;
    header.phone = restaurant.phone;
    header.taxId = restaurant.taxId;
    header.currency = restaurant.currency;
    header.language = restaurant.language;
    header.timeZone = restaurant.timeZone;
    header.footer = restaurant.receiptFooter;
    return header;
}

Result<ReadReceipt> readReceipt(EventReader &reader, const QUuid &orderId,
                                std::optional<int> upToSeq)
{
    Result<std::vector<OrderEvent>> events = reader.orderEvents(orderId, 0);
    if (!events)
        return events.error();
    if (events->empty())
        return Error{ErrorCode::UnknownOrder, QStringLiteral("there is no such order")};
    if (upToSeq)
        std::erase_if(*events, [&](const OrderEvent &event) { return event.seq > *upToSeq; });
    const Result<ReceiptHeader> header = headerAt(reader, headerRevisionOf(*events));
    if (!header)
        return header.error();
    Result<Receipt> receipt = makeReceipt(*events, *header);
    if (!receipt)
        return receipt.error();
    const Result<std::optional<QByteArray>> token = reader.trackerForOrder(orderId);
    if (!token)
        return token.error();
    ReadReceipt read{std::move(*receipt), token->value_or(QByteArray()), 0, events->back().seq};
    for (const OrderEvent &event : *events) {
        if (event.type == EventType::OrderPaid)
            read.paidPos = event.pos;
    }
    return read;
}

QString trackerUrl(const QString &publicUrl, const QByteArray &token)
{
    if (publicUrl.isEmpty() || token.isEmpty())
        return {};
    return publicUrl + QStringLiteral("/t/") + QString::fromLatin1(token);
}

} // namespace cf::hub
