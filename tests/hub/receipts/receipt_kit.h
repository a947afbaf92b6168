// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/receipts/receipt.h"
#include "hub/receipts/render.h"

namespace cf::test {

// An order's life, event by event, from JSON as a till sends it; a minute between two.
class OrderLife
{
public:
    explicit OrderLife(const QByteArray &placed);
    OrderLife &then(EventType type, const QByteArray &payload = "{}");
    [[nodiscard]] const std::vector<OrderEvent> &events() const { return m_events; }

private:
    std::vector<OrderEvent> m_events;
};

// The lives that the golden files show, with what the restaurant says of itself.
struct SampleReceipt {
    const char *name;
    std::vector<OrderEvent> events;
    hub::ReceiptHeader header;
    hub::ReceiptMarks marks;
};
std::vector<SampleReceipt> sampleReceipts();
hub::Rows rowsOf(const SampleReceipt &sample);

} // namespace cf::test
