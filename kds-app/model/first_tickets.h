// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/ticket_list_model.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace cf::kds {

// The first `limit` tickets of the board: what is worth a delegate. The source changes one row at
// a time, and so does this.
class FirstTickets : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(cf::kds::TicketListModel *source READ source WRITE setSource NOTIFY sourceChanged FINAL)
    Q_PROPERTY(int limit READ limit WRITE setLimit NOTIFY limitChanged FINAL)

public:
    explicit FirstTickets(QObject *parent = nullptr);

    [[nodiscard]] TicketListModel *source() const { return m_source; }
    void setSource(TicketListModel *source);
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
    QPointer<TicketListModel> m_source;
    int m_limit = 0;
    int m_count = 0;
    Step m_step = Step::None; // begun, to be ended after the source's own change
};

} // namespace cf::kds
