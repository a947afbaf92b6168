// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/menu_csv.h"

#include "hub/settings/csv_table.h"
#include "hub/settings/menu_columns.h"
#include "hub/settings/money_text.h"

#include <QHash>

namespace cf::hub {

const QStringList &menuColumns()
{
    static const QStringList names = {
        QStringLiteral("type"),      QStringLiteral("id"),       QStringLiteral("name"),
        QStringLiteral("price"),     QStringLiteral("category"), QStringLiteral("station"),
        QStringLiteral("allergens"), QStringLiteral("groups"),   QStringLiteral("min"),
        QStringLiteral("max"),       QStringLiteral("sold_out"), QStringLiteral("sort")};
    return names;
}

// What a column is, by what people call it.
QString menuColumnOf(QString title)
{
    title = title.trimmed().toLower().replace(u' ', u'_').replace(u'-', u'_');
    if (title == QLatin1StringView("sku"))
        return QStringLiteral("id");
    if (title == QLatin1StringView("modifier_groups") || title == QLatin1StringView("modifiers"))
        return QStringLiteral("groups");
    return menuColumns().contains(title) ? title : QString();
}

namespace {

QString yesOrNo(bool is)
{
    return is ? QStringLiteral("yes") : QStringLiteral("no");
}

// A row by its columns' names, in the order of menuColumns().
QStringList rowOf(const QHash<QString, QString> &cells)
{
    QStringList row;
    for (const QString &name : menuColumns())
        row.append(cells.value(name));
    return row;
}

QStringList categoryRow(const MenuCategory &category)
{
    return rowOf({{QStringLiteral("type"), QStringLiteral("category")},
                  {QStringLiteral("id"), guardedCell(category.id)},
                  {QStringLiteral("name"), guardedCell(category.name)},
                  {QStringLiteral("sort"), QString::number(category.sort)}});
}

QStringList groupRow(const ModifierGroup &group)
{
    return rowOf({{QStringLiteral("type"), QStringLiteral("group")},
                  {QStringLiteral("id"), guardedCell(group.id)},
                  {QStringLiteral("name"), guardedCell(group.name)},
                  {QStringLiteral("min"), QString::number(group.min)},
                  {QStringLiteral("max"), QString::number(group.max)}});
}

QStringList optionRow(const ModifierGroup &group, const MenuModifier &one, const QString &currency)
{
    return rowOf({{QStringLiteral("type"), QStringLiteral("option")},
                  {QStringLiteral("id"), guardedCell(group.id)},
                  {QStringLiteral("name"), guardedCell(one.name)},
                  {QStringLiteral("price"), moneyText(one.price, currency)},
                  {QStringLiteral("sold_out"), yesOrNo(one.soldOut)}});
}

QStringList itemRow(const MenuItem &item, const QString &currency)
{
    return rowOf(
        {{QStringLiteral("type"), QStringLiteral("item")},
         {QStringLiteral("id"), guardedCell(item.sku)},
         {QStringLiteral("name"), guardedCell(item.name)},
         {QStringLiteral("price"), item.price ? moneyText(*item.price, currency) : QString()},
         {QStringLiteral("category"), guardedCell(item.category)},
         {QStringLiteral("station"), guardedCell(item.station)},
         {QStringLiteral("allergens"), guardedCell(item.allergens.join(u'|'))},
         {QStringLiteral("groups"), guardedCell(item.groups.join(u'|'))},
         {QStringLiteral("sold_out"), yesOrNo(item.soldOut)},
         {QStringLiteral("sort"), QString::number(item.sort)}});
}

} // namespace

QByteArray menuToCsv(const Menu &menu, const QString &currency, QChar delimiter)
{
    std::vector<QStringList> rows = {menuColumns()};
    for (const MenuCategory &category : menu.categories)
        rows.push_back(categoryRow(category));
    for (const ModifierGroup &group : menu.groups) {
        rows.push_back(groupRow(group));
        for (const MenuModifier &one : group.modifiers)
            rows.push_back(optionRow(group, one, currency));
    }
    for (const MenuItem &item : menu.items)
        rows.push_back(itemRow(item, currency));
    return writeCsv(rows, delimiter);
}

} // namespace cf::hub
