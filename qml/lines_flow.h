// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQuickItem>

namespace cf::kds {

// Lays its children out top to bottom in as few columns of one width as keep it within `budget`,
// at most `maximumSpan`, and those about equally tall. Never reorders. Where even the most columns
// are not enough it is taller than the budget.
class LinesFlow : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(qreal columnWidth MEMBER m_columnWidth NOTIFY changed FINAL)
    Q_PROPERTY(qreal gap MEMBER m_gap NOTIFY changed FINAL)
    Q_PROPERTY(qreal budget MEMBER m_budget NOTIFY changed FINAL)
    Q_PROPERTY(int maximumSpan MEMBER m_maximumSpan NOTIFY changed FINAL)
    // The first column is the right one.
    Q_PROPERTY(bool mirrored MEMBER m_mirrored NOTIFY changed FINAL)
    Q_PROPERTY(int span READ span NOTIFY spanChanged FINAL)

public:
    explicit LinesFlow(QQuickItem *parent = nullptr);

    [[nodiscard]] int span() const { return m_span; }

    // How many columns no taller than `limit` these heights need, in order.
    static int columnsNeeded(const std::vector<qreal> &heights, qreal limit);
    // The least limit with which they fit `span` columns.
    static qreal balancedLimit(const std::vector<qreal> &heights, int span);

Q_SIGNALS:
    void changed();
    void spanChanged();

protected:
    void itemChange(ItemChange change, const ItemChangeData &data) override;
    void updatePolish() override;

private:
    qreal m_columnWidth = 0;
    qreal m_gap = 0;
    qreal m_budget = 0;
    int m_maximumSpan = 1;
    int m_span = 1;
    bool m_mirrored = false;
};

} // namespace cf::kds
