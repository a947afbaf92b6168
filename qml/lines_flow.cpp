// SPDX-License-Identifier: Apache-2.0
#include "qml/lines_flow.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cf::kds {

namespace {

// Heights are whole pixels or nearly so.
constexpr qreal tolerance = 0.5;

} // namespace

LinesFlow::LinesFlow(QQuickItem *parent) : QQuickItem(parent)
{
    connect(this, &LinesFlow::changed, this, &LinesFlow::polish);
}

int LinesFlow::columnsNeeded(const std::vector<qreal> &heights, qreal limit)
{
    int columns = 1;
    qreal y = 0;
    for (const qreal height : heights) {
        if (y > 0 && y + height > limit + tolerance) {
            ++columns;
            y = 0;
        }
        y += height;
    }
    return columns;
}

qreal LinesFlow::balancedLimit(const std::vector<qreal> &heights, int span)
{
    const qreal total = std::accumulate(heights.begin(), heights.end(), 0.0);
    const qreal tallest = heights.empty() ? 0 : *std::max_element(heights.begin(), heights.end());
    qreal low = std::max(tallest, std::floor(total / span));
    qreal high = std::ceil(total);
    while (high - low > 1) {
        const qreal middle = std::floor((low + high) / 2);
        (columnsNeeded(heights, middle) <= span ? high : low) = middle;
    }
    return columnsNeeded(heights, low) <= span ? low : high;
}

void LinesFlow::itemChange(ItemChange change, const ItemChangeData &data)
{
    if (change == ItemChildAddedChange) {
        connect(data.item, &QQuickItem::heightChanged, this, &LinesFlow::polish);
        polish();
    } else if (change == ItemChildRemovedChange) {
        disconnect(data.item, nullptr, this, nullptr);
        polish();
    }
    QQuickItem::itemChange(change, data);
}

void LinesFlow::updatePolish()
{
    std::vector<QQuickItem *> lines;
    std::vector<qreal> heights;
    const QList<QQuickItem *> children = childItems();
    for (QQuickItem *child : children) {
        if (child->height() <= 0) // the Repeater
            continue;
        lines.push_back(child);
        heights.push_back(child->height());
    }
    const int span = std::clamp(columnsNeeded(heights, m_budget), 1, std::max(1, m_maximumSpan));
    const qreal limit = balancedLimit(heights, span);
    qreal y = 0;
    qreal tallest = 0;
    int column = 0;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (y > 0 && y + heights[i] > limit + tolerance && column + 1 < span) {
            ++column;
            y = 0;
        }
        const int place = m_mirrored ? span - 1 - column : column;
        lines[i]->setPosition({place * (m_columnWidth + m_gap), y});
        y += heights[i];
        tallest = std::max(tallest, y);
    }
    setImplicitSize(span * m_columnWidth + (span - 1) * m_gap, tallest);
    if (span == m_span)
        return;
    m_span = span;
    Q_EMIT spanChanged();
}

} // namespace cf::kds
