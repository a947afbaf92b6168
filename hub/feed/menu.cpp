// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/menu.h"

#include "shared/order/payload.h"
#include "shared/protocol/canonical_json.h"

#include <QFile>
#include <QHash>

// A resource in a static library is only linked when it is asked for, outside any namespace.
static void linkMenuResource()
{
    Q_INIT_RESOURCE(menu);
}

namespace cf::feed {

namespace {

using L1 = QLatin1StringView;
using ModifierSets = QHash<QString, std::vector<Modifier>>;

ModifierSets readModifierSets(const QJsonObject &json)
{
    ModifierSets sets;
    for (auto set = json.begin(); set != json.end(); ++set) {
        std::vector<Modifier> modifiers;
        for (const QJsonValue &entry : set.value().toArray()) {
            const QJsonObject from = entry.toObject();
            const qint64 price = from.value(L1("price")).toInteger();
            modifiers.push_back(
                {from.value(L1("group")).toString(), from.value(L1("name")).toString(), 1, price});
        }
        sets.insert(set.key(), modifiers);
    }
    return sets;
}

Result<Dish> readDish(const QJsonObject &json, const ModifierSets &sets)
{
    Dish dish;
    dish.item.sku = json.value(L1("sku")).toString();
    dish.item.name = json.value(L1("name")).toString();
    dish.item.unitPrice = json.value(L1("price")).toInteger(-1);
    dish.item.station = json.value(L1("station")).toString();
    dish.item.category = json.value(L1("category")).toString();
    dish.item.course = json.value(L1("course")).toInt();
    dish.cooking = std::chrono::seconds(json.value(L1("seconds")).toInteger());
    dish.weight = json.value(L1("weight")).toInt();
    for (const QJsonValue &allergen : json.value(L1("allergens")).toArray())
        dish.item.allergens.append(allergen.toString());
    for (const QJsonValue &note : json.value(L1("notes")).toArray())
        dish.notes.append(note.toString());
    const QString set = json.value(L1("modifiers")).toString();
    const bool sane = !dish.item.sku.isEmpty() && !dish.item.name.isEmpty()
                      && !dish.item.station.isEmpty() && dish.item.unitPrice.value_or(-1) >= 0
                      && dish.weight > 0 && dish.cooking.count() > 0 && sets.contains(set);
    if (!sane) {
        return Error{ErrorCode::ValidationFailed,
                     QStringLiteral("menu: dish \"%1\" is not complete").arg(dish.item.name)};
    }
    dish.modifiers = sets.value(set);
    return dish;
}

} // namespace

const Dish *Menu::find(const QString &sku) const
{
    for (const Dish &dish : dishes) {
        if (dish.item.sku == sku)
            return &dish;
    }
    return nullptr;
}

const Dish &Menu::pick(Dice &dice) const
{
    int total = 0;
    for (const Dish &dish : dishes)
        total += dish.weight;
    int thrown = dice.below(total);
    for (const Dish &dish : dishes) {
        thrown -= dish.weight;
        if (thrown < 0)
            return dish;
    }
    return dishes.back();
}

Result<Menu> parseMenu(const QByteArray &json)
{
    const Result<QJsonObject> root = parseJsonObject(json);
    if (!root)
        return root.error();
    const ModifierSets sets = readModifierSets(root->value(L1("modifiers")).toObject());
    Menu menu;
    menu.currency = root->value(L1("currency")).toString();
    for (const QJsonValue &entry : root->value(L1("dishes")).toArray()) {
        const Result<Dish> dish = readDish(entry.toObject(), sets);
        if (!dish)
            return dish.error();
        if (menu.find(dish->item.sku) != nullptr) {
            return Error{ErrorCode::ValidationFailed,
                         QStringLiteral("menu: \"%1\" is there twice").arg(dish->item.sku)};
        }
        menu.dishes.push_back(*dish);
    }
    if (menu.dishes.empty() || menu.currency.isEmpty())
        return Error{ErrorCode::ValidationFailed, QStringLiteral("menu: no dishes or no currency")};
    return menu;
}

Result<Menu> builtInMenu()
{
    linkMenuResource();
    QFile file(QStringLiteral(":/counterfire/feed/menu.json"));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Internal, QStringLiteral("menu: not compiled in")};
    return parseMenu(file.readAll());
}

} // namespace cf::feed
