// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/mock_menu.h"

namespace cf::kds::mock {

using namespace Qt::Literals::StringLiterals;

namespace {

Modifier with(const QString &name, int quantity = 1)
{
    return {QStringLiteral("Extras"), name, quantity, std::nullopt};
}

Item dish(const QString &name, std::vector<Modifier> modifiers = {}, QStringList allergens = {},
          const QString &note = {})
{
    Item item;
    item.name = name;
    item.modifiers = std::move(modifiers);
    item.allergens = std::move(allergens);
    item.note = note;
    return item;
}

std::vector<Item> dishes()
{
    return {
        dish(u"Cheeseburger"_s, {with(u"Extra bacon"_s, 2), with(u"No onion"_s)}),
        dish(u"Fries"_s),
        dish(u"Side salad"_s),
        dish(u"Penne arrabbiata"_s),
        dish(u"Caesar salad"_s, {with(u"Dressing on the side"_s)}, {u"egg"_s, u"fish"_s}),
        dish(u"Ribeye 300 g"_s, {with(u"Medium rare"_s), with(u"Peppercorn sauce"_s)}),
        dish(u"Chicken satay"_s, {}, {u"peanuts"_s}, u"guest has a severe nut allergy"_s),
        dish(u"Margherita"_s, {with(u"Half: extra mozzarella"_s)}),
        dish(u"Onion rings"_s),
        dish(u"Club sandwich"_s, {with(u"No mayo"_s)}),
        dish(u"Coleslaw"_s),
        dish(u"Slow-roasted pork belly with apple, cider jus and crackling"_s),
        dish(u"Kids' fish fingers"_s, {}, {u"fish"_s, u"gluten"_s}),
        dish(u"宫保鸡丁 Kung pao chicken"_s, {with(u"少辣 mild"_s)}, {u"peanuts"_s, u"soy"_s}),
        dish(u"Tomato soup"_s, {with(u"Gluten-free bread"_s)}, {}, u"very hot please"_s),
        dish(u"Halloumi wrap"_s,
             {with(u"No chilli"_s), with(u"Extra hummus"_s), with(u"Wholemeal"_s),
              with(u"Cut in three"_s), with(u"Sauce apart"_s)},
             {u"milk"_s, u"sesame"_s}),
        dish(u"Sweet potato fries"_s, {with(u"Aioli"_s, 3)}),
        dish(u"Sea bass"_s, {}, {}, u"no butter"_s),
    };
}

// As a till would: most dishes with a category, the last ones with none.
std::vector<Item> menu()
{
    static const char *const categories[] = {"grill", "fry",   "salad", "pasta", "salad", "grill",
                                             "grill", "",      "fry",   "grill", "salad", "grill",
                                             "fry",   "grill", "",      "grill", "fry",   "grill"};
    std::vector<Item> all = dishes();
    for (size_t i = 0; i < all.size(); ++i)
        all[i].category = QLatin1StringView(categories[i]);
    return all;
}

} // namespace

std::vector<Item> itemsFor(int ticket, QRandomGenerator &random)
{
    const std::vector<Item> dishes = menu();
    const int lines = ticket == 9 ? 14 : 1 + random.bounded(3);
    std::vector<Item> items;
    for (int i = 0; i < lines; ++i) {
        Item item = dishes[static_cast<size_t>(ticket * 5 + i * 3) % dishes.size()];
        item.quantity = random.bounded(3) == 0 ? 2 + random.bounded(3) : 1;
        items.push_back(std::move(item));
    }
    return items;
}

void dress(OrderState &order, int ticket, Timestamp now)
{
    using namespace std::chrono_literals;
    const QStringList guests = {u"Ana"_s, u"Bartholomew Featherstonehaugh"_s, u"李小龙"_s,
                                u"Zoë"_s};
    order.serviceType = static_cast<ServiceType>(ticket % 5);
    if (order.serviceType == ServiceType::DineIn) {
        order.table = QString::number(3 + ticket);
        order.covers = 2 + ticket % 4;
    } else {
        order.customerName = guests.at(ticket % guests.size());
    }
    if (ticket % 7 == 2)
        order.note = u"no cutlery, please ring twice"_s;
    if (ticket == 4)
        order.priority = true;
    if (ticket == 6)
        order.dueAt = now + 11min;
    if (ticket == 1)
        order.messages.push_back(
            {now, u"floor"_s, MessageTarget::Kitchen, u"Guest in a hurry, train at 12:40"_s});
    if (ticket == 5)
        order.recalls = 1;
    if (ticket == 2 || ticket == 8) {
        OrderLine late;
        late.item = dish(u"Chocolate fondant"_s, {with(u"Candle"_s)}, {u"milk"_s, u"egg"_s});
        late.item.lineId = u"late"_s;
        late.addedSeq = 3;
        order.lines.push_back(late);
    }
    if (ticket == 3 || ticket == 7) {
        OrderLine gone;
        gone.item = dish(u"Onion rings"_s);
        gone.item.lineId = u"gone"_s;
        gone.status = LineStatus::Voided;
        order.lines.push_back(gone);
    }
}

} // namespace cf::kds::mock
