// SPDX-License-Identifier: Apache-2.0
// The one place that spells the keys of a menu.
#include "hub/settings/menu.h"

#include "hub/settings/one_line.h"
#include "hub/settings/settings_limits.h"
#include "shared/order/fields.h"
#include "shared/protocol/canonical_json.h"

#include <QSet>

#include <algorithm>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

// Reads a menu strictly and collects what is wrong with it.
class Reader
{
public:
    explicit Reader(const QJsonObject &json) : m_top(json, QString(), m_errors) { }

    Result<Menu> read()
    {
        forEachObject(m_top, L1("categories"), limits::menuCategoriesMax,
                      [this](const Fields &fields) { readCategory(fields); });
        forEachObject(m_top, L1("modifier_groups"), limits::menuGroupsMax,
                      [this](const Fields &fields) { readGroup(fields); });
        forEachObject(m_top, L1("items"), limits::menuItemsMax,
                      [this](const Fields &fields) { readItem(fields); });
        if (m_errors.empty() && canonicalJson(menuToJson(m_menu)).size() > limits::menuBytesMax)
            m_top.fail(
                L1("items"),
                QStringLiteral("make a menu of more than %1 bytes").arg(limits::menuBytesMax));
        if (m_errors.empty())
            return std::move(m_menu);
        return invalidFields(m_errors);
    }

private:
    template<typename Read>
    void forEachObject(const Fields &of, L1 key, int max, Read readOne)
    {
        const QJsonArray entries = of.array(key, 0, max);
        for (qsizetype i = 0; i < entries.size(); ++i) {
            const QString at = QStringLiteral("%1/%2").arg(of.pointer(key)).arg(i);
            if (entries.at(i).isObject())
                readOne(Fields(entries.at(i).toObject(), at, m_errors));
            else
                of.fail(at, QStringLiteral("must be an object"));
        }
    }

    static int sortOf(const Fields &fields)
    {
        return static_cast<int>(fields.integer(L1("sort"), 0, limits::menuSortMax).value_or(0));
    }

    // An id that must be there, once.
    static QString uniqueId(const Fields &fields, L1 key, QSet<QString> &taken)
    {
        QString id = requiredLine(fields, key, limits::nameLengthMax);
        if (!id.isEmpty() && taken.contains(id))
            fields.fail(key, QStringLiteral("is used twice"));
        taken.insert(id);
        return id;
    }

    void readCategory(const Fields &fields)
    {
        MenuCategory category;
        category.id = uniqueId(fields, L1("id"), m_categories);
        category.name = optionalLine(fields, L1("name"), limits::nameLengthMax);
        if (category.name.isEmpty())
            category.name = category.id;
        category.sort = sortOf(fields);
        m_menu.categories.push_back(std::move(category));
    }

    void readGroup(const Fields &fields)
    {
        ModifierGroup group;
        group.id = uniqueId(fields, L1("id"), m_groups);
        if (containsListMark(group.id))
            fields.fail(L1("id"), QStringLiteral("must hold none of , ; |"));
        group.name = optionalLine(fields, L1("name"), limits::nameLengthMax);
        if (group.name.isEmpty())
            group.name = group.id;
        m_names.clear();
        forEachObject(fields, L1("modifiers"), limits::menuModifiersPerGroupMax,
                      [&](const Fields &one) { readModifier(one, group); });
        const int count = static_cast<int>(group.modifiers.size());
        if (count == 0)
            fields.fail(L1("modifiers"), QStringLiteral("must have at least one entry"));
        group.min = static_cast<int>(fields.integer(L1("min"), 0, count).value_or(0));
        group.max = static_cast<int>(
            fields.integer(L1("max"), 1, limits::menuModifiersPerGroupMax).value_or(count));
        if (group.max < group.min)
            fields.fail(L1("max"), QStringLiteral("must not be less than min"));
        m_menu.groups.push_back(std::move(group));
    }

    void readModifier(const Fields &fields, ModifierGroup &group)
    {
        MenuModifier modifier;
        modifier.name = uniqueId(fields, L1("name"), m_names);
        modifier.price =
            fields.integer(L1("price"), -limits::moneyMax, limits::moneyMax).value_or(0);
        modifier.soldOut = fields.boolean(L1("sold_out")).value_or(false);
        group.modifiers.push_back(std::move(modifier));
    }

    void readItem(const Fields &fields)
    {
        MenuItem item;
        item.sku = uniqueId(fields, L1("sku"), m_skus);
        item.name = requiredLine(fields, L1("name"), limits::nameLengthMax);
        item.price = fields.integer(L1("price"), 0, limits::moneyMax);
        item.category = optionalLine(fields, L1("category"), limits::nameLengthMax);
        if (!item.category.isEmpty() && !m_categories.contains(item.category))
            fields.fail(L1("category"), QStringLiteral("must be the id of a category"));
        item.station = optionalLine(fields, L1("station"), limits::nameLengthMax);
        item.allergens = readAllergens(fields);
        item.groups = fields.labels(L1("modifier_groups"), 0, limits::menuGroupsPerItemMax,
                                    limits::nameLengthMax);
        for (qsizetype i = 0; i < item.groups.size(); ++i) {
            const QString at =
                QStringLiteral("%1/%2").arg(fields.pointer(L1("modifier_groups"))).arg(i);
            if (!m_groups.contains(item.groups.at(i)))
                fields.fail(at, QStringLiteral("must be the id of a modifier group"));
            else if (item.groups.indexOf(item.groups.at(i)) != i)
                fields.fail(at, QStringLiteral("is named twice"));
        }
        item.soldOut = fields.boolean(L1("sold_out")).value_or(false);
        item.sort = sortOf(fields);
        m_menu.items.push_back(std::move(item));
    }

    static QStringList readAllergens(const Fields &fields)
    {
        QStringList allergens =
            fields.labels(L1("allergens"), 0, limits::allergensPerItemMax, limits::nameLengthMax);
        for (qsizetype i = 0; i < allergens.size(); ++i) {
            const QString at = QStringLiteral("%1/%2").arg(fields.pointer(L1("allergens"))).arg(i);
            allergens[i] = allergens.at(i).trimmed();
            if (allergens.at(i).isEmpty() || !isOneLine(allergens.at(i)))
                fields.fail(at, QStringLiteral("must be one line of text"));
            else if (containsListMark(allergens.at(i)))
                fields.fail(at, QStringLiteral("must hold none of , ; |"));
        }
        return allergens;
    }

    std::vector<FieldError> m_errors;
    Fields m_top;
    Menu m_menu;
    QSet<QString> m_categories;
    QSet<QString> m_groups;
    QSet<QString> m_skus;
    QSet<QString> m_names; // of the modifiers of one group
};

QJsonObject groupToJson(const ModifierGroup &group)
{
    QJsonArray modifiers;
    for (const MenuModifier &one : group.modifiers)
        modifiers.append(QJsonObject{
            {L1("name"), one.name}, {L1("price"), one.price}, {L1("sold_out"), one.soldOut}});
    return {{L1("id"), group.id},
            {L1("name"), group.name},
            {L1("min"), group.min},
            {L1("max"), group.max},
            {L1("modifiers"), modifiers}};
}

QJsonObject itemToJson(const MenuItem &item)
{
    return {{L1("sku"), item.sku},
            {L1("name"), item.name},
            {L1("price"), item.price ? QJsonValue(*item.price) : QJsonValue()},
            {L1("category"), item.category},
            {L1("station"), item.station},
            {L1("allergens"), QJsonArray::fromStringList(item.allergens)},
            {L1("modifier_groups"), QJsonArray::fromStringList(item.groups)},
            {L1("sold_out"), item.soldOut},
            {L1("sort"), item.sort}};
}

} // namespace

Result<Menu> menuFromJson(const QJsonObject &json)
{
    return Reader(json).read();
}

QJsonObject menuToJson(const Menu &menu)
{
    QJsonArray categories;
    for (const MenuCategory &one : menu.categories)
        categories.append(
            QJsonObject{{L1("id"), one.id}, {L1("name"), one.name}, {L1("sort"), one.sort}});
    QJsonArray groups;
    for (const ModifierGroup &group : menu.groups)
        groups.append(groupToJson(group));
    QJsonArray items;
    for (const MenuItem &item : menu.items)
        items.append(itemToJson(item));
    return {{L1("v"), 1},
            {L1("categories"), categories},
            {L1("modifier_groups"), groups},
            {L1("items"), items}};
}

} // namespace cf::hub
