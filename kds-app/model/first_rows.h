// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace cf::kds {

// The first `limit` rows of a list: what is worth a delegate. The source changes one row at a time
// and is never reset, as the tickets and the ready orders do, and so does this. Views take its
// roles when they take it, so give it a source first.
class FirstRows : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QAbstractListModel *source READ source WRITE setSource NOTIFY sourceChanged FINAL)
    Q_PROPERTY(int limit READ limit WRITE setLimit NOTIFY limitChanged FINAL)

public:
    explicit FirstRows(QObject *parent = nullptr);

    [[nodiscard]] QAbstractListModel *source() const { return m_source; }
    void setSource(QAbstractListModel *source);
    [[nodiscard]] int limit() const { return m_limit; }
    void setLimit(int limit);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void sourceChanged();
    void limitChanged();

private:
    void connectSource();
    void beforeMove(int from, int to);
    void afterMove();
    void fit(); // rows at the end, until there are as many as there should be

    enum class Step : quint8 { None, Insert, Remove, Move };
    QPointer<QAbstractListModel> m_source;
    int m_limit = 0;
    int m_count = 0;
    Step m_step = Step::None; // begun, to be ended after the source's own change
};

} // namespace cf::kds
