// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"
#include "shared/order/order_state.h"

#include <QJsonArray>
#include <QJsonObject>

namespace cf {

// Payloads of events, version 1: the one place that spells their keys, and those of an order's
// items, which the folded order shares.
//
// Readers are lenient (the log must fold for ever); validators are strict (the hub runs them
// before anything is appended) and collect every field's error with its JSON pointer.

// A request to place an order, after validation.
struct OrderRequest {
    OrderState order; // number empty: the hub gives the day's next
    std::optional<Payment> payment;
};

// The body of POST /v1/orders. Line ids left out are given as "1", "2" ... .
Result<OrderRequest> parseOrderRequest(const QJsonObject &body);

// Checks the payload of a command of `type` and returns what will be stored: known keys checked
// and normalised, unknown keys kept. `pointer` is the payload's place in the request body.
Result<QJsonObject> validatePayload(EventType type, const QJsonObject &payload,
                                    const QString &pointer = QStringLiteral("/payload"));

// Writers.
QJsonObject placedPayload(const OrderState &order);
QJsonObject paidPayload(const Payment &payment);
// `payload` of order_paid as the hub stores it: with the revision, whatever the caller said of one.
QJsonObject withRestaurantRevision(QJsonObject payload, qint64 revision);
QJsonObject linesPayload(const QStringList &lineIds);
QJsonObject movedPayload(const QStringList &lineIds, const QString &station);
QJsonObject coursePayload(int course);
QJsonObject priorityPayload(bool priority);
QJsonObject messagePayload(const QString &message);
// `payload` with its items replaced by these.
QJsonObject withItems(QJsonObject payload, const std::vector<Item> &items);
QJsonObject itemToJson(const Item &item);
QJsonArray itemsToJson(const std::vector<Item> &items);

// Readers.
Item itemFromJson(const QJsonObject &json);
std::vector<Item> itemsOf(const QJsonObject &payload);
// nullopt when the payload names no lines at all, which is not the same as naming none.
std::optional<QStringList> linesOf(const QJsonObject &payload);
void readPlaced(const QJsonObject &payload, OrderState &into);
Payment paymentOf(const QJsonObject &payload);
// Of order_paid: which revision of what the restaurant says of itself was in force. 0: none.
qint64 restaurantRevisionOf(const QJsonObject &payload);
QString reasonOf(const QJsonObject &payload);
QString noteOf(const QJsonObject &payload);
QString messageOf(const QJsonObject &payload);
bool priorityOf(const QJsonObject &payload); // absent: true
int courseOf(const QJsonObject &payload);
QString stationOf(const QJsonObject &payload);

} // namespace cf
