// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/bump_doubts.h"

#include <QHash>
#include <QStringList>

namespace cf::hub {

namespace {

using std::chrono::milliseconds;

// A window slides over the bumps of one display: whenever it holds as many orders as make a mass,
// all in it are part of one. Linear: each bump enters and leaves once, and is marked once.
void markMasses(const std::vector<BumpRow> &bumps, const std::vector<size_t> &ofOne,
                const BumpRules &rules, std::vector<BumpDoubt> &doubts)
{
    const qint64 width = milliseconds(rules.mass).count();
    QHash<qint64, int> orders; // in the window
    size_t first = 0;
    size_t unmarked = 0;
    for (size_t i = 0; i < ofOne.size(); ++i) {
        const BumpRow &newest = bumps[ofOne[i]];
        ++orders[newest.openedPos];
        for (; newest.at - bumps[ofOne[first]].at > width; ++first) {
            const auto leaving = orders.find(bumps[ofOne[first]].openedPos);
            if (--*leaving == 0)
                orders.erase(leaving);
        }
        if (orders.size() < rules.massOrders)
            continue;
        for (unmarked = std::max(unmarked, first); unmarked <= i; ++unmarked)
            doubts[ofOne[unmarked]].isMass = true;
    }
}

} // namespace

QString BumpDoubt::text() const
{
    QStringList words;
    if (isMass)
        words.append(QStringLiteral("mass"));
    if (isSoon)
        words.append(QStringLiteral("soon"));
    if (isRecalled)
        words.append(QStringLiteral("recalled"));
    return words.join(QStringLiteral(", "));
}

std::vector<BumpDoubt> doubtsOf(const std::vector<BumpRow> &bumps, const BumpRules &rules)
{
    std::vector<BumpDoubt> doubts(bumps.size());
    QHash<QString, std::vector<size_t>> byWhom;
    for (size_t i = 0; i < bumps.size(); ++i) {
        const BumpRow &bump = bumps[i];
        byWhom[bump.by].push_back(i);
        doubts[i].isSoon = bump.age < milliseconds(rules.soon).count();
        doubts[i].isRecalled =
            bump.recalledAt && *bump.recalledAt - bump.at <= milliseconds(rules.recall).count();
    }
    for (const std::vector<size_t> &ofOne : std::as_const(byWhom))
        markMasses(bumps, ofOne, rules, doubts);
    return doubts;
}

} // namespace cf::hub
