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

void ColumnFlow::setRows(int rows)
{
    rows = std::max(0, rows);
    if (rows == m_rows)
        return;
    m_rows = rows;
    Q_EMIT rowsChanged();
    Q_EMIT cellHeightChanged();
    polish();
}

void ColumnFlow::setGap(qreal gap)
{
    if (gap == m_gap)
        return;
    m_gap = gap;
    Q_EMIT gapChanged();
    Q_EMIT columnWidthChanged();
    Q_EMIT cellHeightChanged();
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

void ColumnFlow::setMirrored(bool mirrored)
{
    if (mirrored == m_mirrored)
        return;
    m_mirrored = mirrored;
    Q_EMIT mirroredChanged();
    polish();
}

qreal ColumnFlow::columnWidth() const
{
    return std::max(0.0, std::floor((width() - m_gap * (m_columns - 1)) / m_columns));
}

qreal ColumnFlow::cellHeight() const
{
    if (m_rows == 0)
        return height();
    return std::max(0.0, std::floor((height() - m_gap * (m_rows - 1)) / m_rows));
}

int ColumnFlow::rowsOf(const QQuickItem &child) const
{
    const qreal rows = std::round((child.height() + m_gap) / (cellHeight() + m_gap));
    return std::clamp(static_cast<int>(rows), 1, m_rows);
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
    if (now.height() != before.height())
        Q_EMIT cellHeightChanged();
    if (now.size() != before.size())
        polish();
}

void ColumnFlow::updatePolish()
{
    if (m_held || width() <= 0 || height() <= 0)
        return;
    m_placedThrough.assign(1, 0);
    QList<QQuickItem *> children = childItems();
    // A Repeater, or not sized yet.
    children.removeIf([](const QQuickItem *child) { return child->height() <= 0; });
    if (m_rows > 0)
        layOutGrid(children);
    else
        layOutColumns(children);
    Q_EMIT laidOut();
}

void ColumnFlow::layOutColumns(const QList<QQuickItem *> &children)
{
    std::vector<qreal> filled(static_cast<size_t>(m_columns), 0.0);
    int page = 0;
    int placed = 0;
    for (QQuickItem *child : children) {
        const int span = spanOf(*child);
        Spot spot = bestSpot(filled, span);
        if (spot.y > 0 && spot.y + child->height() > height() + tolerance) {
            ++page;
            m_placedThrough.push_back(placed);
            std::fill(filled.begin(), filled.end(), 0.0);
            spot = {};
        }
        place(child, page, {spot.column * (columnWidth() + m_gap), spot.y});
        const auto first = filled.begin() + spot.column;
        std::fill(first, first + span, spot.y + child->height() + m_gap);
        m_placedThrough.back() = ++placed;
    }
}

std::vector<size_t> ColumnFlow::cellsAt(QPoint cell, QSize cells) const
{
    std::vector<size_t> all;
    for (int row = cell.y(); row < cell.y() + cells.height(); ++row) {
        for (int column = cell.x(); column < cell.x() + cells.width(); ++column)
            all.push_back(static_cast<size_t>(row) * static_cast<size_t>(m_columns)
                          + static_cast<size_t>(column));
    }
    return all;
}

// The first cell from `from` on, in reading order, where so many are free; x -1: none on this page.
QPoint ColumnFlow::nextCell(const std::vector<bool> &taken, int from, QSize cells) const
{
    for (int at = from; at < m_columns * m_rows; ++at) {
        const QPoint cell(at % m_columns, at / m_columns);
        if (cell.x() + cells.width() > m_columns || cell.y() + cells.height() > m_rows)
            continue;
        const std::vector<size_t> wanted = cellsAt(cell, cells);
        if (std::none_of(wanted.begin(), wanted.end(), [&](size_t one) { return taken[one]; }))
            return cell;
    }
    return {-1, -1};
}

// None before one that came earlier: a hole at the end of a row stays one.
void ColumnFlow::layOutGrid(const QList<QQuickItem *> &children)
{
    std::vector<bool> taken(static_cast<size_t>(m_columns * m_rows), false);
    int page = 0;
    int placed = 0;
    int from = 0;
    for (QQuickItem *child : children) {
        const QSize cells(spanOf(*child), rowsOf(*child));
        QPoint cell = nextCell(taken, from, cells);
        if (cell.x() < 0) {
            ++page;
            m_placedThrough.push_back(placed);
            std::fill(taken.begin(), taken.end(), false);
            cell = {};
        }
        for (const size_t one : cellsAt(cell, cells))
            taken[one] = true;
        from = cell.y() * m_columns + cell.x();
        place(child, page, {cell.x() * (columnWidth() + m_gap), cell.y() * (cellHeight() + m_gap)});
        m_placedThrough.back() = ++placed;
    }
}

void ColumnFlow::place(QQuickItem *child, int page, QPointF at) const
{
    if (m_mirrored)
        at.setX(width() - at.x() - child->width());
    at.rx() += page * (width() + m_gap);
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
