// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"
#include "hub/receipts/receipt_rows.h"

namespace cf::hub {

struct Restaurant;
ReceiptHeader headerOf(const Restaurant &restaurant);

// A receipt read from the log, with what its renderings want to know.
struct ReadReceipt {
    Receipt receipt;
    QByteArray trackerToken; // empty: none
    qint64 paidPos = 0;
    int seq = 0; // of the last event it was made of
};

// As the order stood at `upToSeq`, or stands now. UnknownOrder, TransitionNotAllowed (not paid),
// StorageFailed. On a reader's thread.
Result<ReadReceipt> readReceipt(EventReader &reader, const QUuid &orderId,
                                std::optional<int> upToSeq = {});

// The page of the order at the address where guests reach the hub; empty without either.
QString trackerUrl(const QString &publicUrl, const QByteArray &token);

} // namespace cf::hub
