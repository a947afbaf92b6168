// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/ready_list_model.h"

#include "kds-app/model/words.h"
#include "shared/base/limits.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace cf::kds {

namespace {

struct Kitchen {
    Q_DECLARE_TR_FUNCTIONS(Kitchen)
};

QString itemsText(const OrderState &order)
{
    QStringList items;
    for (const OrderLine &line : order.lines) {
        if (line.status != LineStatus::Voided)
            items.append(QStringLiteral("%1 × %2").arg(line.item.quantity).arg(line.item.name));
    }
    return items.join(QStringLiteral(", "));
}

QString shortServed(const OrderState &order)
{
    const QString place = words::place(order);
    return place.isEmpty() ? words::serviceType(order.serviceType) : place;
}

} // namespace

ReadyListModel::ReadyListModel(Shows shows, QObject *parent)
    : QAbstractListModel(parent), m_shows(shows)
{
}

// In another language, perhaps.
void ReadyListModel::setView(const BoardView &view)
{
    m_view = view;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

void ReadyListModel::update(const OrderState &order)
{
    const int row = rowOf(order.id);
    if (!belongs(order)) {
        remove(order.id);
        return;
    }
    // Another time is another place: it left and came back.
    if (row >= 0 && m_rows[static_cast<size_t>(row)].since != sinceWhen(order))
        removeRow(row);
    else if (row >= 0) {
        Row &kept = m_rows[static_cast<size_t>(row)];
        if (kept.order == order)
            return;
        kept.order = order;
        Q_EMIT dataChanged(index(row), index(row));
        return;
    }
    insert(order);
}

void ReadyListModel::remove(const QUuid &orderId)
{
    const int row = rowOf(orderId);
    if (row >= 0)
        removeRow(row);
}

void ReadyListModel::keepOnly(const QSet<QUuid> &orderIds)
{
    for (int row = count() - 1; row >= 0; --row) {
        if (!orderIds.contains(m_rows[static_cast<size_t>(row)].order.id))
            removeRow(row);
    }
}

void ReadyListModel::keepClosed(const QSet<QUuid> &orderIds)
{
    for (int row = count() - 1; row >= 0; --row) {
        const OrderState &order = m_rows[static_cast<size_t>(row)].order;
        if (!isOpen(order.status) && !orderIds.contains(order.id))
            removeRow(row);
    }
}

void ReadyListModel::setNow(Timestamp now)
{
    m_now = now;
    for (int i = 0; i < count(); ++i) {
        if (refreshAgo(m_rows[static_cast<size_t>(i)]))
            Q_EMIT dataChanged(index(i), index(i), {AgoTextRole, ClosedTextRole});
    }
}

const OrderState *ReadyListModel::order(const QUuid &orderId) const
{
    const int row = rowOf(orderId);
    return row < 0 ? nullptr : &m_rows[static_cast<size_t>(row)].order;
}

bool ReadyListModel::belongs(const OrderState &order) const
{
    return m_shows == Shows::WaitingForPickup
               ? m_view.hasShelf() && order.status == OrderStatus::Ready
               : m_view.isDone(order);
}

Timestamp ReadyListModel::sinceWhen(const OrderState &order) const
{
    return m_shows == Shows::WaitingForPickup ? order.readyAt.value_or(order.placedAt)
                                              : m_view.doneSince(order);
}

bool ReadyListModel::before(const Row &a, const Row &b) const
{
    if (a.since != b.since)
        return m_shows == Shows::WaitingForPickup ? a.since < b.since : a.since > b.since;
    return m_shows == Shows::WaitingForPickup ? a.order.openedPos < b.order.openedPos
                                              : a.order.openedPos > b.order.openedPos;
}

int ReadyListModel::rowOf(const QUuid &orderId) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(),
                                 [&](const Row &row) { return row.order.id == orderId; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

void ReadyListModel::insert(const OrderState &order)
{
    Row row;
    row.order = order;
    row.since = sinceWhen(order);
    refreshAgo(row);
    const auto place = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const Row &other) { return before(row, other); });
    const int at = static_cast<int>(place - m_rows.begin());
    beginInsertRows({}, at, at);
    m_rows.insert(place, std::move(row));
    endInsertRows();
    if (m_shows == Shows::LastDone && count() > limits::recentOrdersMax)
        removeRow(count() - 1);
    Q_EMIT countChanged();
}

void ReadyListModel::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
}

bool ReadyListModel::refreshAgo(Row &row) const
{
    using std::chrono::seconds;
    QString text = words::age(std::chrono::duration_cast<seconds>(m_now - row.since));
    if (text == row.agoText)
        return false;
    row.agoText = std::move(text);
    return true;
}

QString ReadyListModel::closedText(const Row &row)
{
    const bool isHereOnly = isLiveTicket(row.order.status);
    const QString what = isHereOnly ? Kitchen::tr("Bumped") : words::status(row.order.status);
    const QString when = Kitchen::tr("%1 %2 ago").arg(what, row.agoText);
    const QString where = shortServed(row.order);
    return where.isEmpty() ? when : QStringLiteral("%1 · %2").arg(when, where);
}

int ReadyListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ReadyListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[static_cast<size_t>(index.row())];
    const OrderStatus status = row.order.status;
    switch (role) {
    case OrderIdRole: return row.order.id.toString(QUuid::WithoutBraces);
    case Qt::DisplayRole:
    case NumberRole: return row.order.number;
    case ServedTextRole: return shortServed(row.order);
    case ItemsTextRole: return itemsText(row.order);
    case ClosedTextRole: return closedText(row);
    case AgoTextRole: return row.agoText;
    case CanRecallRole: return status != OrderStatus::Cancelled;
    case CanCompleteRole: return status == OrderStatus::Ready;
    case OlderRole: return m_shows == Shows::Older;
    default: return {};
    }
}

QHash<int, QByteArray> ReadyListModel::roleNames() const
{
    return {
        {OrderIdRole, "orderId"},       {NumberRole, "number"},
        {ServedTextRole, "servedText"}, {ItemsTextRole, "itemsText"},
        {ClosedTextRole, "closedText"}, {AgoTextRole, "agoText"},
        {CanRecallRole, "canRecall"},   {CanCompleteRole, "canComplete"},
        {OlderRole, "older"},
    };
}

} // namespace cf::kds
