// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/ticket_list_model.h"

#include "kds-app/model/words.h"

#include <QSet>

#include <algorithm>

namespace cf::kds {

TicketListModel::TicketListModel(QObject *parent) : QAbstractListModel(parent) { }

TicketListModel::~TicketListModel() = default;

void TicketListModel::update(const OrderState &order, bool unsent)
{
    const int row = rowOf(order.id);
    if (m_view.shows(order)) {
        if (row < 0)
            insert(order, unsent);
        else
            change(row, order, unsent);
    } else if (row >= 0) {
        removeRow(row);
        if (order.status == OrderStatus::Cancelled)
            Q_EMIT ticketCancelled(order.number, order.cancelReason);
    }
    recount();
}

void TicketListModel::remove(const QUuid &orderId)
{
    const int row = rowOf(orderId);
    if (row < 0)
        return;
    removeRow(row);
    recount();
}

void TicketListModel::keepOnly(const QSet<QUuid> &orderIds)
{
    for (int row = count() - 1; row >= 0; --row) {
        if (!orderIds.contains(m_rows[static_cast<size_t>(row)].order.id))
            removeRow(row);
    }
    recount();
}

void TicketListModel::setNow(Timestamp now)
{
    m_now = now;
    for (int i = 0; i < count(); ++i) {
        const AgeState before = m_rows[static_cast<size_t>(i)].ageState;
        if (refreshAge(m_rows[static_cast<size_t>(i)]))
            Q_EMIT dataChanged(index(i), index(i), {AgeTextRole, AgeStateRole, DueTextRole});
        if (before != Late && m_rows[static_cast<size_t>(i)].ageState == Late)
            Q_EMIT ticketLate();
        m_rows[static_cast<size_t>(i)].lines->setNow(now);
    }
    recount();
}

const OrderState *TicketListModel::order(const QUuid &orderId) const
{
    const int row = rowOf(orderId);
    return row < 0 ? nullptr : &m_rows[static_cast<size_t>(row)].order;
}

int TicketListModel::rowOf(const QUuid &orderId) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(),
                                 [&](const Row &row) { return row.order.id == orderId; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

int TicketListModel::placeFor(const TicketKey &key) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(),
                                 [&](const Row &row) { return key.before(keyOf(row.order)); });
    return static_cast<int>(it - m_rows.begin());
}

void TicketListModel::insert(const OrderState &order, bool unsent)
{
    Row row;
    row.order = order;
    row.facts = m_view.facts(order, unsent);
    // A child, so that QML never takes it for its own.
    row.lines = new TicketLinesModel(this);
    row.lines->setNow(m_now);
    row.lines->setLines(m_view.rows(order), order.firedCourses);
    refreshAge(row);
    const int at = placeFor(keyOf(order));
    beginInsertRows({}, at, at);
    m_rows.insert(m_rows.begin() + at, std::move(row));
    endInsertRows();
    // Not what the first filling of a ticket tells.
    listenTo(*m_rows[static_cast<size_t>(at)].lines, order.id);
    if (order.id != m_own)
        Q_EMIT ticketArrived(order.recalls > 0);
}

void TicketListModel::listenTo(const TicketLinesModel &lines, const QUuid &orderId)
{
    const auto changed = [this, orderId] {
        if (orderId != m_own)
            Q_EMIT ticketChanged();
    };
    connect(&lines, &TicketLinesModel::rowsInserted, this, changed);
    connect(&lines, &TicketLinesModel::due, this, changed);
    connect(&lines, &TicketLinesModel::voided, this, [this, orderId] {
        if (orderId != m_own)
            Q_EMIT lineVoided();
    });
}

void TicketListModel::change(int at, const OrderState &order, bool unsent)
{
    const TicketKey key = keyOf(order);
    if (!(key == keyOf(m_rows[static_cast<size_t>(at)].order)))
        at = moveToPlace(at, key);
    Row &row = m_rows[static_cast<size_t>(at)];
    TicketFacts facts = m_view.facts(order, unsent);
    const bool isTold = facts.notes != row.facts.notes || facts.messages != row.facts.messages
                        || (facts.priority && !row.facts.priority);
    row.order = order;
    row.lines->setLines(m_view.rows(order), order.firedCourses);
    const bool aged = refreshAge(row);
    if (facts == row.facts && !aged)
        return;
    row.facts = std::move(facts);
    Q_EMIT dataChanged(index(at), index(at));
    if (isTold && order.id != m_own)
        Q_EMIT ticketChanged();
}

int TicketListModel::moveToPlace(int from, const TicketKey &key)
{
    // Rows before which the ticket now belongs, itself left out.
    int to = 0;
    for (int i = 0; i < count(); ++i) {
        if (i != from && keyOf(m_rows[static_cast<size_t>(i)].order).before(key))
            ++to;
    }
    if (to == from)
        return from;
    // Qt counts the destination with the moved row still in its place.
    beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    const auto begin = m_rows.begin();
    if (to > from)
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    endMoveRows();
    return to;
}

void TicketListModel::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    TicketLinesModel *lines = m_rows[static_cast<size_t>(row)].lines;
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
    // Delegates that are on their way out may still look at it.
    lines->deleteLater();
}

bool TicketListModel::refreshAge(Row &row) const
{
    using std::chrono::seconds;
    const auto age = std::chrono::duration_cast<seconds>(m_now - m_view.ageStart(row.order));
    const QString text = words::age(age);
    const AgeState state = m_now >= m_view.lateAt(row.order)   ? Late
                           : m_now >= m_view.warnAt(row.order) ? Warning
                                                               : Fresh;
    const QString due = row.order.dueAt ? words::dueIn(*row.order.dueAt - m_now) : QString();
    if (text == row.ageText && state == row.ageState && due == row.dueText)
        return false;
    row.ageText = text;
    row.ageState = state;
    row.dueText = due;
    return true;
}

void TicketListModel::recount()
{
    int late = 0;
    int items = 0;
    for (const Row &row : m_rows) {
        late += row.ageState == Late ? 1 : 0;
        items += row.facts.pendingItems;
    }
    if (late == m_lateCount && items == m_pendingItems && count() == m_countTold)
        return;
    m_lateCount = late;
    m_pendingItems = items;
    m_countTold = count();
    Q_EMIT countsChanged();
}

int TicketListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant TicketListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
    case OrderIdRole: return row.facts.orderId;
    case Qt::DisplayRole:
    case NumberRole: return row.facts.number;
    case ServedTextRole: return row.facts.servedText;
    case NotesRole: return row.facts.notes;
    case MessagesRole: return row.facts.messages;
    case StatusTextRole: return row.facts.statusText;
    case IsNewRole: return row.facts.isNew;
    case PriorityRole: return row.facts.priority;
    case RecalledRole: return row.facts.recalled;
    case UnsentRole: return row.facts.unsent;
    case PendingLinesRole: return row.facts.pendingLines;
    case PendingItemsRole: return row.facts.pendingItems;
    case DoneLinesRole: return row.facts.doneLines;
    case LinesRole: return QVariant::fromValue(row.lines);
    case AgeTextRole: return row.ageText;
    case AgeStateRole: return row.ageState;
    case IsReadyRole: return row.order.status == OrderStatus::Ready;
    case CanStartRole: return row.facts.canStart;
    case ActionRole: return static_cast<Action>(row.facts.action);
    case ElsewhereTextRole: return row.facts.elsewhereText;
    case DueTextRole: return row.dueText;
    default: return {};
    }
}

QHash<int, QByteArray> TicketListModel::roleNames() const
{
    return {
        {OrderIdRole, "orderId"},
        {NumberRole, "number"},
        {ServedTextRole, "servedText"},
        {NotesRole, "notes"},
        {MessagesRole, "messages"},
        {StatusTextRole, "statusText"},
        {IsNewRole, "isNew"},
        {PriorityRole, "priority"},
        {RecalledRole, "recalled"},
        {UnsentRole, "unsent"},
        {PendingLinesRole, "pendingLines"},
        {PendingItemsRole, "pendingItems"},
        {DoneLinesRole, "doneLines"},
        {LinesRole, "lines"},
        {AgeTextRole, "ageText"},
        {AgeStateRole, "ageState"},
        {IsReadyRole, "isReady"},
        {CanStartRole, "canStart"},
        {ActionRole, "action"},
        {ElsewhereTextRole, "elsewhereText"},
        {DueTextRole, "dueText"},
    };
}

} // namespace cf::kds
