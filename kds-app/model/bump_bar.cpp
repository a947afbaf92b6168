// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/bump_bar.h"

#include "kds-app/model/kds_controller.h"
#include "shared/base/limits.h"

#include <algorithm>

namespace cf::kds {

BumpBar::BumpBar(KdsController &controller, const Clock &clock, QObject *parent)
    : QObject(parent), m_controller(controller), m_clock(clock),
      m_targetSince(clock.monotonic() - limits::bumpGuard), m_bumpedAt(m_targetSince)
{
    const TicketListModel *tickets = controller.tickets();
    connect(tickets, &QAbstractItemModel::rowsInserted, this, &BumpBar::onTicketsChanged);
    connect(tickets, &QAbstractItemModel::rowsRemoved, this, &BumpBar::onTicketsChanged);
    connect(tickets, &QAbstractItemModel::rowsMoved, this, &BumpBar::onTicketsChanged);
    connect(&m_keys, &KeyMap::changed, this, &BumpBar::changed);
}

void BumpBar::setDigitsBump(bool bump)
{
    if (bump == m_digitsBump)
        return;
    m_digitsBump = bump;
    Q_EMIT changed();
}

void BumpBar::setGuard(bool guard)
{
    if (guard == m_hasGuard)
        return;
    m_hasGuard = guard;
    Q_EMIT changed();
}

void BumpBar::setPage(int first, int count)
{
    m_first = first;
    m_count = count;
    onTicketsChanged();
}

void BumpBar::press(KeyMap::Action action)
{
    if (action >= KeyMap::Digit0 && action <= KeyMap::Digit9) {
        onDigit(action - KeyMap::Digit0);
    } else {
        m_hasZero = false;
        switch (action) {
        case KeyMap::Bump: bump(); break;
        case KeyMap::Start:
            if (!leaveWhatIsNotSeen())
                m_controller.start(target());
            break;
        case KeyMap::Undo: m_controller.undo(); break;
        case KeyMap::Next: step(1); break;
        case KeyMap::Previous: step(-1); break;
        case KeyMap::ItemMode: toggleItemMode(); break;
        case KeyMap::NextPage: turn(1); break;
        case KeyMap::PreviousPage: turn(-1); break;
        case KeyMap::Recall: Q_EMIT recallRequested(); break;
        case KeyMap::AllDay: Q_EMIT allDayRequested(); break;
        case KeyMap::Menu: openMenu(); break;
        case KeyMap::Close: close(); break;
        default: return;
        }
    }
    m_isUsed = true;
    Q_EMIT changed();
}

void BumpBar::onDigit(int digit)
{
    if (m_hasZero) {
        m_hasZero = false;
        nameSlot(10 + digit);
    } else if (digit == 0) {
        m_hasZero = true;
    } else {
        nameSlot(digit);
    }
}

void BumpBar::nameSlot(int slot)
{
    const QString order = slot > m_count ? QString() : orderAt(m_first + slot - 1);
    if (order.isEmpty()) // or gone, and the page not laid out anew
        return;
    const bool isBump = m_digitsBump && !m_itemMode;
    if (isBump && slot == m_bumpedSlot && isTooSoon(m_bumpedAt))
        return;
    select(order);
    m_bumped.clear();
    if (!isBump)
        return;
    bump();
    m_bumpedSlot = slot;
}

void BumpBar::turn(int by)
{
    m_itemMode = false;
    select({});
    Q_EMIT pageTurned(by);
}

// Somebody else's rush may have pushed the named ticket to another page.
bool BumpBar::leaveWhatIsNotSeen()
{
    const int row = rowOf(m_order);
    if (m_order.isEmpty() || (row >= m_first && row < m_first + m_count))
        return false;
    m_itemMode = false;
    select({});
    return true;
}

bool BumpBar::isTooSoon(Monotonic since) const
{
    return m_hasGuard && m_clock.monotonic() - since < limits::bumpGuard;
}

void BumpBar::bump()
{
    if (leaveWhatIsNotSeen())
        return;
    if (m_itemMode && !m_line.isEmpty() && !isThere(m_line)) {
        // It has become one with another: the cook sees no line marked.
        m_line.clear();
        return stepLine(1);
    }
    const QString order = target();
    const bool isLine = m_itemMode && !m_line.isEmpty();
    const QString what = isLine ? order + u' ' + m_line : order;
    if (what == m_bumped && isTooSoon(m_bumpedAt))
        return;
    // Named by a digit a moment ago is no accident.
    if (m_order.isEmpty() && isTooSoon(m_targetSince))
        return;
    m_bumped = what;
    m_bumpedAt = m_clock.monotonic();
    m_bumpedSlot = 0;
    if (isLine)
        m_controller.toggleLine(order, m_line);
    else
        m_controller.bumpAll(order);
}

void BumpBar::step(int by)
{
    if (m_itemMode)
        return stepLine(by);
    const int row = rowOf(m_order);
    const int next = row < 0 ? (by > 0 ? m_first : m_first + m_count - 1) : row + by;
    const QString order = orderAt(next);
    if (order.isEmpty())
        return;
    select(order);
    if (next >= m_first + m_count)
        Q_EMIT pageTurned(1);
    else if (next < m_first)
        Q_EMIT pageTurned(-1);
}

void BumpBar::stepLine(int by)
{
    const TicketLinesModel *all = lines();
    if (!all || all->rowCount() == 0)
        return;
    int row = by > 0 ? -1 : all->rowCount();
    for (int i = 0; i < all->rowCount(); ++i) {
        if (all->index(i).data(TicketLinesModel::LineIdRole) == m_line)
            row = i;
    }
    row = std::clamp(row + by, 0, all->rowCount() - 1);
    m_line = all->index(row).data(TicketLinesModel::LineIdRole).toString();
}

bool BumpBar::isThere(const QString &lineId) const
{
    const TicketLinesModel *all = lines();
    for (int i = 0; all && i < all->rowCount(); ++i) {
        if (all->index(i).data(TicketLinesModel::LineIdRole) == lineId)
            return true;
    }
    return false;
}

void BumpBar::toggleItemMode()
{
    m_itemMode = !m_itemMode;
    m_line.clear();
    if (!m_itemMode)
        return;
    select(target()); // and its first line
    m_itemMode = !m_order.isEmpty();
}

void BumpBar::openMenu()
{
    if (leaveWhatIsNotSeen())
        return;
    const QString order = target();
    const TicketListModel *tickets = m_controller.tickets();
    const QModelIndex at = tickets->index(rowOf(order));
    if (!at.isValid())
        return;
    if (!m_itemMode || m_line.isEmpty()) {
        Q_EMIT menuRequested(order, at.data(TicketListModel::NumberRole).toString());
        return;
    }
    const TicketLinesModel *all = lines();
    for (int i = 0; i < all->rowCount(); ++i) {
        if (all->index(i).data(TicketLinesModel::LineIdRole) == m_line)
            Q_EMIT moveRequested(order, m_line,
                                 all->index(i).data(TicketLinesModel::NameRole).toString());
    }
}

void BumpBar::close()
{
    if (m_itemMode)
        toggleItemMode();
    else
        select({});
}

void BumpBar::select(const QString &orderId)
{
    if (orderId != m_order && m_itemMode)
        m_line.clear();
    m_order = orderId;
    onTicketsChanged();
    if (m_itemMode && m_line.isEmpty())
        stepLine(1);
}

void BumpBar::onTicketsChanged()
{
    const bool wasSelected = !m_order.isEmpty();
    if (wasSelected && rowOf(m_order) < 0) {
        m_order.clear();
        m_line.clear();
        m_itemMode = false;
    }
    if (const QString now = target(); now != m_target) {
        m_target = now;
        m_targetSince = m_clock.monotonic();
    }
    if (wasSelected && m_order.isEmpty())
        Q_EMIT changed();
}

int BumpBar::rowOf(const QString &orderId) const
{
    const TicketListModel *tickets = m_controller.tickets();
    for (int row = 0; !orderId.isEmpty() && row < tickets->count(); ++row) {
        if (tickets->index(row).data(TicketListModel::OrderIdRole) == orderId)
            return row;
    }
    return -1;
}

QString BumpBar::orderAt(int row) const
{
    const QModelIndex at = m_controller.tickets()->index(row);
    return at.isValid() ? at.data(TicketListModel::OrderIdRole).toString() : QString();
}

QString BumpBar::target() const
{
    return m_order.isEmpty() ? orderAt(m_first) : m_order;
}

TicketLinesModel *BumpBar::lines() const
{
    const QModelIndex at = m_controller.tickets()->index(rowOf(m_order));
    return at.isValid() ? at.data(TicketListModel::LinesRole).value<TicketLinesModel *>() : nullptr;
}

} // namespace cf::kds
