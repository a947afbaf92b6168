// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/receipts/receipt_kit.h"

#include "shared/base/ids.h"
#include "shared/order/payload.h"
#include "shared/protocol/canonical_json.h"

#include <QJsonDocument>

namespace cf::test {

using namespace std::chrono_literals;

namespace {

QJsonObject parsed(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    Q_ASSERT_X(document.isObject(), "parsed", json.constData());
    return document.object();
}

hub::ReceiptHeader bistro()
{
    hub::ReceiptHeader header;
    header.name = "Bistro Lumière";
    header.address = {"12 Rue des Lilas", "75020 Paris"};
    header.phone = "+33 1 23 45 67 89";
    header.taxId = "FR12345678901";
    header.currency = "EUR";
    header.timeZone = "Europe/Paris";
    header.footer = {"Thank you for your visit!"};
    return header;
}

SampleReceipt plain()
{
    OrderLife life(R"({"number":"47","service_type":"takeaway","customer":{"name":"Ana"},
      "note":"no cutlery","items":[
      {"name":"Cheeseburger","quantity":2,"unit_price":950,"note":"well done",
       "modifiers":[{"name":"Bacon","quantity":1,"unit_price":150},{"name":"No onion"}]},
      {"name":"Lemonade","quantity":1,"unit_price":380}]})");
    life.then(EventType::OrderPaid,
              R"({"method":"card","reference":"pi_123","amount":2580,
      "taxes":[{"name":"VAT","rate_percent":10,"amount":235,"included":true}]})");
    return {"plain",
            life.events(),
            bistro(),
            {1, false, "http://192.168.1.10:7300/t/0123456789abcdef0123456789abcdef"}};
}

SampleReceipt american()
{
    OrderLife life(R"({"number":"1042","service_type":"dine_in","table":"14","covers":3,
      "currency":"USD","items":[
      {"name":"The Big Sky Ranch House Double Smoked Brisket Sandwich with Pickles","quantity":1,
       "unit_price":1895,"modifiers":[
       {"name":"Side of hand-cut sweet potato fries with chipotle aioli","quantity":2,
        "unit_price":450}]},
      {"name":"Iced tea","quantity":3,"unit_price":325},
      {"name":"Wedding cake","quantity":1,"unit_price":1250000}]})");
    life.then(EventType::ItemVoided, R"({"lines":["2"],"reason":"out of stock"})");
    life.then(EventType::OrderPaid, R"({"method":"cash","amount":1400000,"subtotal":1252795,
      "discounts":[{"name":"Early bird","amount":20000}],
      "taxes":[{"name":"State tax","rate_percent":6.875,"amount":84755},
               {"name":"City tax","rate_percent":0.5,"amount":6164}],
      "tip":50000,"total":1373714})");
    hub::ReceiptHeader header;
    header.name = "Big Sky";
    header.timeZone = "America/Denver";
    return {"american", life.events(), header, {}};
}

SampleReceipt chinese()
{
    OrderLife life(R"({"number":"8","service_type":"dine_in","table":"三","currency":"CNY","items":[
      {"name":"宫保鸡丁","quantity":1,"unit_price":3800},
      {"name":"招牌秘制十三香麻辣小龙虾配手工拉面和时令蔬菜拼盘","quantity":2,"unit_price":12800},
      {"name":"Cola 可乐","quantity":1,"unit_price":600}]})");
    life.then(EventType::OrderPaid, R"({"amount":30000})");
    hub::ReceiptHeader header;
    header.name = "川香小馆";
    header.address = {"人民路 88 号"};
    header.language = "zh";
    header.timeZone = "Asia/Shanghai";
    return {"chinese", life.events(), header, {1, false, "https://hub.example/t/ffff"}};
}

SampleReceipt arabic()
{
    OrderLife life(R"({"number":"5","service_type":"delivery","currency":"KWD","items":[
      {"name":"شاورما دجاج","quantity":2,"unit_price":1250,
       "modifiers":[{"name":"ثوم إضافي","quantity":1,"unit_price":100}]},
      {"name":"Pepsi","quantity":1,"unit_price":350}]})");
    life.then(EventType::OrderPaid, R"({"method":"cash","amount":5000})");
    hub::ReceiptHeader header;
    header.name = "مطعم الخليج";
    header.address = {"شارع السالم، مدينة الكويت"};
    header.language = "ar";
    header.timeZone = "Asia/Kuwait";
    header.footer = {"شكرًا لزيارتكم"};
    return {"arabic", life.events(), header, {}};
}

SampleReceipt changed()
{
    OrderLife life(R"({"number":"9","items":[
      {"name":"Soup","quantity":1,"unit_price":600},
      {"name":"Fish","quantity":1,"unit_price":1850}]})");
    life.then(EventType::OrderPaid, R"({"method":"card","amount":2450})");
    life.then(EventType::ItemVoided, R"({"lines":["2"],"reason":"out of stock"})");
    life.then(EventType::ItemsAdded,
              R"({"items":[{"line_id":"3","name":"Pasta","quantity":1,"unit_price":1400}]})");
    life.then(EventType::OrderNoteAdded, R"({"note":"sorry"})");
    life.then(EventType::OrderCancelled, R"({"reason":"left"})");
    return {"changed", life.events(), bistro(), {2, true, {}}};
}

} // namespace

OrderLife::OrderLife(const QByteArray &placed)
{
    const Result<OrderRequest> request = parseOrderRequest(parsed(placed));
    Q_ASSERT_X(request, "OrderLife", qPrintable(request ? QString() : request.error().detail));
    then(EventType::OrderPlaced, canonicalJson(placedPayload(request->order)));
}

OrderLife &OrderLife::then(EventType type, const QByteArray &payload)
{
    OrderEvent event;
    event.pos = 100 + static_cast<qint64>(m_events.size());
    event.orderId = *parseUuid(u"01920000-0000-7000-8000-000000000047");
    event.id = event.orderId;
    event.seq = static_cast<int>(m_events.size()) + 1;
    event.type = type;
    event.at = *parseTimestamp(u"2026-11-29T11:03:10.000Z") + event.seq * 1min;
    event.payload = parsed(payload);
    m_events.push_back(event);
    return *this;
}

std::vector<SampleReceipt> sampleReceipts()
{
    return {plain(), american(), chinese(), arabic(), changed()};
}

hub::Rows rowsOf(const SampleReceipt &sample)
{
    const Result<hub::Receipt> receipt = hub::makeReceipt(sample.events, sample.header);
    Q_ASSERT_X(receipt, "rowsOf", sample.name);
    return hub::receiptRows(*receipt, sample.marks);
}

} // namespace cf::test
