// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSortFilterProxyModel>
#include <QtQml/qqmlregistration.h>

namespace cf::kds {

// What has left the board, as far as it has what people look for: in its number, its guest's name,
// its table, or its items. Each word counts, in any order and case. What the hub
// has found for them is all there, whatever it has found them in.
class RecallList : public QSortFilterProxyModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QAbstractItemModel *source READ sourceModel WRITE setSourceModel FINAL)
    // In the number alone.
    Q_PROPERTY(QString number MEMBER m_number WRITE setNumber NOTIFY wantedChanged FINAL)
    Q_PROPERTY(QString wanted MEMBER m_wanted WRITE setWanted NOTIFY wantedChanged FINAL)

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWanted(const QString &words);
    void setNumber(const QString &number);
    // The row of just this number, else the first; -1: there is none.
    Q_INVOKABLE [[nodiscard]] int rowOfNumber() const;

Q_SIGNALS:
    void wantedChanged();

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_wanted;
    QString m_number;
    QStringList m_words;
};

} // namespace cf::kds
