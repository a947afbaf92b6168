// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/all_day_model.h"

#include "kds-app/model/words.h"

#include <QCoreApplication>
#include <QSet>

#include <map>
#include <numeric>

namespace cf::kds {

namespace {

struct Kitchen {
    Q_DECLARE_TR_FUNCTIONS(Kitchen)
};

struct Count {
    QString name;
    int total = 0;
    int started = 0;
    std::map<QString, int> ways; // as modified -> how many
};

QString wayOf(const Item &item)
{
    QStringList modifiers;
    for (const Modifier &modifier : item.modifiers)
        modifiers.append(words::modifier(modifier));
    return modifiers.join(QStringLiteral(", "));
}

QString waysText(const std::map<QString, int> &ways)
{
    if (ways.size() == 1) // all alike
        return ways.begin()->first;
    QStringList texts;
    for (const auto &[way, count] : ways) {
        texts.append(
            QStringLiteral("%1: %2").arg(count).arg(way.isEmpty() ? Kitchen::tr("plain") : way));
    }
    return texts.join(QStringLiteral(" · "));
}

} // namespace

AllDayModel::AllDayModel(QObject *parent) : QAbstractListModel(parent)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &AllDayModel::refresh);
}

void AllDayModel::setView(const BoardView &view)
{
    m_view = view;
    soon();
}

void AllDayModel::update(const OrderState &order)
{
    if (isLiveTicket(order.status))
        m_orders.insert(order.id, order);
    else if (m_orders.remove(order.id) == 0)
        return;
    soon();
}

void AllDayModel::remove(const QUuid &orderId)
{
    if (m_orders.remove(orderId) > 0)
        soon();
}

void AllDayModel::keepOnly(const QSet<QUuid> &orderIds)
{
    if (m_orders.removeIf([&](const auto &it) { return !orderIds.contains(it.key()); }) > 0)
        soon();
}

void AllDayModel::setWholeKitchen(bool whole)
{
    if (whole == m_wholeKitchen)
        return;
    m_wholeKitchen = whole;
    refresh();
    Q_EMIT changed();
}

void AllDayModel::setWatched(bool watched)
{
    if (watched == m_watched)
        return;
    m_watched = watched;
    refresh();
    Q_EMIT changed();
}

int AllDayModel::total() const
{
    return std::accumulate(m_rows.begin(), m_rows.end(), 0,
                           [](int sum, const Row &row) { return sum + row.total; });
}

void AllDayModel::soon()
{
    if (m_watched)
        m_soon.start();
}

std::vector<AllDayModel::Row> AllDayModel::counted() const
{
    const BoardView view = m_wholeKitchen ? m_view.wholeKitchen() : m_view;
    std::map<QString, Count> counts;
    for (const OrderState &order : m_orders) {
        for (const ShownLine &shown : view.lines(order)) {
            if (!isPending(shown.line.status) || shown.isHeld)
                continue;
            const Item &item = shown.line.item;
            Count &count = counts[item.name.toCaseFolded()];
            // Of several spellings always the same, whichever order comes first.
            if (count.name.isEmpty() || item.name < count.name)
                count.name = item.name;
            count.total += item.quantity;
            count.started += shown.line.status == LineStatus::Started ? item.quantity : 0;
            count.ways[wayOf(item)] += item.quantity;
        }
    }
    std::vector<Row> rows;
    rows.reserve(counts.size());
    for (const auto &[key, count] : counts)
        rows.push_back({count.name, count.total, count.started, waysText(count.ways)});
    return rows;
}

void AllDayModel::refresh()
{
    m_soon.stop();
    if (!m_watched)
        return;
    // Both are by folded name: a walk through the two tells what came, went and changed.
    const std::vector<Row> wanted = counted();
    const auto key = [](const Row &row) { return row.name.toCaseFolded(); };
    size_t at = 0;
    for (const Row &row : wanted) {
        while (at < m_rows.size() && key(m_rows[at]) < key(row))
            removeRow(static_cast<int>(at));
        const int place = static_cast<int>(at);
        if (at == m_rows.size() || key(m_rows[at]) != key(row)) {
            beginInsertRows({}, place, place);
            m_rows.insert(m_rows.begin() + place, row);
            endInsertRows();
        } else if (!(m_rows[at] == row)) {
            m_rows[at] = row;
            Q_EMIT dataChanged(index(place), index(place));
        }
        ++at;
    }
    while (m_rows.size() > at)
        removeRow(static_cast<int>(m_rows.size()) - 1);
    Q_EMIT changed();
}

void AllDayModel::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

int AllDayModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant AllDayModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return row.name;
    case TotalRole: return row.total;
    case StartedRole: return row.started;
    case ModifiersRole: return row.modifiers;
    default: return {};
    }
}

QHash<int, QByteArray> AllDayModel::roleNames() const
{
    return {{NameRole, "name"},
            {TotalRole, "total"},
            {StartedRole, "started"},
            {ModifiersRole, "modifiers"}};
}

} // namespace cf::kds
