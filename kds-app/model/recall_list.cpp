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

void RecallList::setNumber(const QString &number)
{
    if (number == m_number)
        return;
    m_number = number;
    invalidateFilter();
    Q_EMIT wantedChanged();
}

int RecallList::rowOfNumber() const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (index(row, 0).data(ReadyListModel::NumberRole) == m_number)
            return row;
    }
    return rowCount() > 0 ? 0 : -1;
}

bool RecallList::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex at = sourceModel()->index(row, 0, parent);
    if (at.data(ReadyListModel::OlderRole).toBool())
        return true;
    if (!at.data(ReadyListModel::NumberRole).toString().contains(m_number))
        return false;
    QString text;
    for (const int role : {ReadyListModel::NumberRole, ReadyListModel::ServedTextRole,
                           ReadyListModel::ItemsTextRole})
        text += at.data(role).toString() + u'\n';
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace cf::kds
