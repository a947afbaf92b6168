// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/first_rows.h"

#include <algorithm>

namespace cf::kds {

FirstRows::FirstRows(QObject *parent) : QAbstractListModel(parent) { }

void FirstRows::setSource(QAbstractListModel *source)
{
    if (source == m_source)
        return;
    beginResetModel();
    if (m_source)
        disconnect(m_source, nullptr, this, nullptr);
    m_source = source;
    m_count = m_source ? std::min(m_limit, m_source->rowCount()) : 0;
    if (m_source)
        connectSource();
    endResetModel();
    Q_EMIT sourceChanged();
}

void FirstRows::setLimit(int limit)
{
    limit = std::max(0, limit);
    if (limit == m_limit)
        return;
    m_limit = limit;
    fit();
    Q_EMIT limitChanged();
}

void FirstRows::connectSource()
{
    connect(m_source, &QAbstractItemModel::rowsAboutToBeInserted, this,
            [this](const QModelIndex &, int row) {
                if (row >= m_limit)
                    return;
                beginInsertRows({}, row, row);
                m_step = Step::Insert;
            });
    connect(m_source, &QAbstractItemModel::rowsInserted, this, &FirstRows::afterMove);
    connect(m_source, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int row) {
                if (row >= m_count)
                    return;
                beginRemoveRows({}, row, row);
                m_step = Step::Remove;
            });
    connect(m_source, &QAbstractItemModel::rowsRemoved, this, &FirstRows::afterMove);
    connect(m_source, &QAbstractItemModel::rowsAboutToBeMoved, this,
            [this](const QModelIndex &, int from, int, const QModelIndex &, int to) {
                beforeMove(from, to);
            });
    connect(m_source, &QAbstractItemModel::rowsMoved, this, &FirstRows::afterMove);
    connect(m_source, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                if (first.row() < m_count)
                    Q_EMIT dataChanged(index(first.row()), index(std::min(last.row(), m_count - 1)),
                                       roles);
            });
}

void FirstRows::beforeMove(int from, int to)
{
    // `to` counts with the row still at `from`: behind the end is m_count.
    const bool leaves = from < m_count;
    const bool arrives = to < m_count || (leaves && to == m_count);
    if (leaves && arrives) {
        beginMoveRows({}, from, from, {}, to);
        m_step = Step::Move;
    } else if (leaves) {
        beginRemoveRows({}, from, from);
        m_step = Step::Remove;
    } else if (arrives) {
        beginInsertRows({}, to, to);
        m_step = Step::Insert;
    }
}

void FirstRows::afterMove()
{
    const Step step = std::exchange(m_step, Step::None);
    if (step == Step::Insert) {
        ++m_count;
        endInsertRows();
    } else if (step == Step::Remove) {
        --m_count;
        endRemoveRows();
    } else if (step == Step::Move) {
        endMoveRows();
    }
    fit();
}

void FirstRows::fit()
{
    const int wanted = m_source ? std::min(m_limit, m_source->rowCount()) : 0;
    if (m_count > wanted) {
        beginRemoveRows({}, wanted, m_count - 1);
        m_count = wanted;
        endRemoveRows();
    } else if (m_count < wanted) {
        beginInsertRows({}, m_count, wanted - 1);
        m_count = wanted;
        endInsertRows();
    }
}

int FirstRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

QVariant FirstRows::data(const QModelIndex &index, int role) const
{
    if (!m_source || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return m_source->data(m_source->index(index.row()), role);
}

QHash<int, QByteArray> FirstRows::roleNames() const
{
    return m_source ? m_source->roleNames() : QHash<int, QByteArray>();
}

} // namespace cf::kds
