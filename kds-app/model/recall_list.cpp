// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/recall_list.h"

#include "kds-app/model/ready_list_model.h"

#include <algorithm>

namespace cf::kds {

void RecallList::setWanted(const QString &words)
{
    if (words == m_wanted)
        return;
    m_wanted = words;
    m_words = words.simplified().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
    Q_EMIT wantedChanged();
}

bool RecallList::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex at = sourceModel()->index(row, 0, parent);
    QString text;
    for (const int role : {ReadyListModel::NumberRole, ReadyListModel::ServedTextRole,
                           ReadyListModel::ItemsTextRole})
        text += at.data(role).toString() + u'\n';
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace cf::kds
