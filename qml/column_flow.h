// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQuickItem>

namespace cf::kds {

// Lays its children out in columns, page after page. Each child keeps its own size, one column wide
// or several, and goes, in order, to the highest free place, so that the first are at the top, left
// to right, and none is on a later page than one after it. With `rows` the page is a grid of cells
// of one size, filled in reading order; a child takes as many as it is wide and high. Positions are
// written through properties, so that a Behavior animates them. While `held` (a finger is down)
// nothing moves: what arrives meanwhile is placed on release.
class ColumnFlow : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int columns MEMBER m_columns WRITE setColumns NOTIFY columnsChanged FINAL)
    Q_PROPERTY(int rows MEMBER m_rows WRITE setRows NOTIFY rowsChanged FINAL) // 0: no grid
    Q_PROPERTY(qreal gap MEMBER m_gap WRITE setGap NOTIFY gapChanged FINAL)
    Q_PROPERTY(bool mirrored MEMBER m_mirrored WRITE setMirrored NOTIFY mirroredChanged FINAL)
    Q_PROPERTY(bool held MEMBER m_held WRITE setHeld NOTIFY heldChanged FINAL)
    // Width of one column, for the children to take.
    Q_PROPERTY(qreal columnWidth READ columnWidth NOTIFY columnWidthChanged FINAL)
    // Height of a cell; without a grid, of the page.
    Q_PROPERTY(qreal cellHeight READ cellHeight NOTIFY cellHeightChanged FINAL)
    Q_PROPERTY(int pageCount READ pageCount NOTIFY laidOut FINAL)

public:
    explicit ColumnFlow(QQuickItem *parent = nullptr);

    void setColumns(int columns);
    void setRows(int rows);
    void setGap(qreal gap);
    void setHeld(bool held);
    // The first column is the right one; pages follow each other as ever.
    void setMirrored(bool mirrored);
    [[nodiscard]] qreal columnWidth() const;
    [[nodiscard]] qreal cellHeight() const;
    [[nodiscard]] int pageCount() const;

    // Children placed on the pages up to and including this one (pages count from 0).
    Q_INVOKABLE int placedThrough(int page) const;
    // For changes that only the order of the children tells.
    Q_INVOKABLE void relayout();

Q_SIGNALS:
    void columnsChanged();
    void rowsChanged();
    void gapChanged();
    void cellHeightChanged();
    void heldChanged();
    void mirroredChanged();
    void columnWidthChanged();
    void laidOut();

protected:
    void itemChange(ItemChange change, const ItemChangeData &data) override;
    void geometryChange(const QRectF &now, const QRectF &before) override;
    void updatePolish() override;

private:
    [[nodiscard]] QPoint nextCell(const std::vector<bool> &taken, int from, QSize cells) const;
    // Of its cells, in reading order.
    [[nodiscard]] std::vector<size_t> cellsAt(QPoint cell, QSize cells) const;
    void layOutColumns(const QList<QQuickItem *> &children);
    void layOutGrid(const QList<QQuickItem *> &children);
    [[nodiscard]] int rowsOf(const QQuickItem &child) const;
    [[nodiscard]] int spanOf(const QQuickItem &child) const;
    void place(QQuickItem *child, int page, QPointF at) const;

    int m_columns = 4;
    int m_rows = 0;
    qreal m_gap = 0;
    bool m_held = false;
    bool m_mirrored = false;
    std::vector<int> m_placedThrough; // per page
};

} // namespace cf::kds
