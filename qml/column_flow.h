// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQuickItem>

namespace cf::kds {

// Lays its children out in columns, page after page. Each child keeps its own size, one column wide
// or several, and goes, in order, to the highest free place, so that the first are at the top, left
// to right, and none is on a later page than one after it. Positions are written through
// properties, so that a Behavior animates them. While `held` (a finger is down) nothing moves: what
// arrives meanwhile is placed on release.
class ColumnFlow : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int columns MEMBER m_columns WRITE setColumns NOTIFY columnsChanged FINAL)
    Q_PROPERTY(qreal gap MEMBER m_gap WRITE setGap NOTIFY gapChanged FINAL)
    Q_PROPERTY(bool held MEMBER m_held WRITE setHeld NOTIFY heldChanged FINAL)
    // Width of one column, for the children to take.
    Q_PROPERTY(qreal columnWidth READ columnWidth NOTIFY columnWidthChanged FINAL)
    Q_PROPERTY(int pageCount READ pageCount NOTIFY laidOut FINAL)

public:
    explicit ColumnFlow(QQuickItem *parent = nullptr);

    void setColumns(int columns);
    void setGap(qreal gap);
    void setHeld(bool held);
    [[nodiscard]] qreal columnWidth() const;
    [[nodiscard]] int pageCount() const;

    // Children placed on the pages up to and including this one (pages count from 0).
    Q_INVOKABLE int placedThrough(int page) const;
    // For changes that only the order of the children tells.
    Q_INVOKABLE void relayout();

Q_SIGNALS:
    void columnsChanged();
    void gapChanged();
    void heldChanged();
    void columnWidthChanged();
    void laidOut();

protected:
    void itemChange(ItemChange change, const ItemChangeData &data) override;
    void geometryChange(const QRectF &now, const QRectF &before) override;
    void updatePolish() override;

private:
    [[nodiscard]] int spanOf(const QQuickItem &child) const;
    static void place(QQuickItem *child, QPointF at);

    int m_columns = 4;
    qreal m_gap = 0;
    bool m_held = false;
    std::vector<int> m_placedThrough; // per page
};

} // namespace cf::kds
