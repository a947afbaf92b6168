// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/kitchen_port.h"
#include "kds-app/model/ready_list_model.h"

#include <QConcatenateTablesProxyModel>
#include <QtQml/qqmlregistration.h>

namespace cf::kds {

// What was handed out longer ago than this display remembers: found by the hub, for recall. Shown
// below what the display has itself, in `all`.
class OlderList : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes the board's models")
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QAbstractItemModel *all READ all CONSTANT FINAL)

public:
    enum State {
        Idle,   // nothing is looked for
        Asking, // the hub
        Found,  // all that there is
        Failed, // the hub does not answer
    };
    Q_ENUM(State)

    OlderList(KitchenPort &port, ReadyListModel &recent, QObject *parent = nullptr);

    Q_INVOKABLE void lookFor(const QString &text);
    // What the hub answered for `text`; `ok` false: nothing.
    void show(const QString &text, const std::vector<OrderState> &orders, bool ok);
    void setView(const BoardView &view) { m_orders.setView(view); }
    void setNow(Timestamp now) { m_orders.setNow(now); }
    // The display has it itself now.
    void remove(const QUuid &orderId) { m_orders.remove(orderId); }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QAbstractItemModel *all() { return &m_all; }
    [[nodiscard]] const OrderState *order(const QUuid &id) const { return m_orders.order(id); }

Q_SIGNALS:
    void stateChanged();

private:
    // Both have the same roles, which the base class does not tell.
    class Joined : public QConcatenateTablesProxyModel
    {
    public:
        using QConcatenateTablesProxyModel::QConcatenateTablesProxyModel;
        [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    };

    void setState(State state);

    KitchenPort &m_port;
    ReadyListModel &m_recent;
    ReadyListModel m_orders{ReadyListModel::Shows::Older};
    Joined m_all;
    QString m_text;
    State m_state = Idle;
};

} // namespace cf::kds
