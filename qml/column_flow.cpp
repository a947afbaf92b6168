// SPDX-License-Identifier: Apache-2.0
#include "qml/column_flow.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cf::kds {

namespace {

// Sizes are whole pixels or nearly so.
constexpr qreal tolerance = 0.5;

struct Spot {
    int column = 0;
    qreal y = 0;
};

// The highest place where `span` neighbouring columns are free; of equal ones the leftmost.
Spot bestSpot(const std::vector<qreal> &filled, int span)
{
    Spot best{0, std::numeric_limits<qreal>::infinity()};
    for (size_t column = 0; column + static_cast<size_t>(span) <= filled.size(); ++column) {
        const auto first = filled.begin() + static_cast<qsizetype>(column);
        const qreal y = *std::max_element(first, first + span);
        if (y + tolerance < best.y)
            best = {static_cast<int>(column), y};
    }
    return best;
}

} // namespace

ColumnFlow::ColumnFlow(QQuickItem *parent) : QQuickItem(parent) { }

void ColumnFlow::setColumns(int columns)
{
    columns = std::max(1, columns);
    if (columns == m_columns)
        return;
    m_columns = columns;
    Q_EMIT columnsChanged();
    Q_EMIT columnWidthChanged();
    polish();
}

void ColumnFlow::setGap(qreal gap)
{
    if (gap == m_gap)
        return;
    m_gap = gap;
    Q_EMIT gapChanged();
    Q_EMIT columnWidthChanged();
    polish();
}

void ColumnFlow::setHeld(bool held)
{
    if (held == m_held)
        return;
    m_held = held;
    Q_EMIT heldChanged();
    if (!held)
        polish();
}

qreal ColumnFlow::columnWidth() const
{
    return std::max(0.0, std::floor((width() - m_gap * (m_columns - 1)) / m_columns));
}

int ColumnFlow::spanOf(const QQuickItem &child) const
{
    const qreal columns = std::round((child.width() + m_gap) / (columnWidth() + m_gap));
    return std::clamp(static_cast<int>(columns), 1, m_columns);
}

int ColumnFlow::pageCount() const
{
    return std::max<int>(1, static_cast<int>(m_placedThrough.size()));
}

int ColumnFlow::placedThrough(int page) const
{
    if (m_placedThrough.empty() || page < 0)
        return 0;
    return m_placedThrough[std::min(static_cast<size_t>(page), m_placedThrough.size() - 1)];
}

void ColumnFlow::relayout()
{
    polish();
}

void ColumnFlow::itemChange(ItemChange change, const ItemChangeData &data)
{
    if (change == ItemChildAddedChange) {
        connect(data.item, &QQuickItem::heightChanged, this, &ColumnFlow::relayout);
        connect(data.item, &QQuickItem::widthChanged, this, &ColumnFlow::relayout);
        polish();
    } else if (change == ItemChildRemovedChange) {
        disconnect(data.item, nullptr, this, nullptr);
        polish();
    }
    QQuickItem::itemChange(change, data);
}

void ColumnFlow::geometryChange(const QRectF &now, const QRectF &before)
{
    QQuickItem::geometryChange(now, before);
    if (now.width() != before.width())
        Q_EMIT columnWidthChanged();
    if (now.size() != before.size())
        polish();
}

void ColumnFlow::updatePolish()
{
    if (m_held || width() <= 0 || height() <= 0)
        return;
    m_placedThrough.assign(1, 0);
    std::vector<qreal> filled(static_cast<size_t>(m_columns), 0.0);
    int page = 0;
    int placed = 0;
    const QList<QQuickItem *> children = childItems();
    for (QQuickItem *child : children) {
        if (child->height() <= 0) // a Repeater, or not sized yet
            continue;
        const int span = spanOf(*child);
        Spot spot = bestSpot(filled, span);
        if (spot.y > 0 && spot.y + child->height() > height() + tolerance) {
            ++page;
            m_placedThrough.push_back(placed);
            std::fill(filled.begin(), filled.end(), 0.0);
            spot = {};
        }
        place(child, {page * (width() + m_gap) + spot.column * (columnWidth() + m_gap), spot.y});
        const auto first = filled.begin() + spot.column;
        std::fill(first, first + span, spot.y + child->height() + m_gap);
        m_placedThrough.back() = ++placed;
    }
    Q_EMIT laidOut();
}

void ColumnFlow::place(QQuickItem *child, QPointF at)
{
    // Through the meta-object: a direct setX() would pass by the child's Behavior.
    if (child->x() != at.x())
        child->setProperty("x", at.x());
    if (child->y() != at.y())
        child->setProperty("y", at.y());
    // Dynamic for children that do not care.
    if (!child->property("placed").toBool())
        child->setProperty("placed", true);
}

} // namespace cf::kds
