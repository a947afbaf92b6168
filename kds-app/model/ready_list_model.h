// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/board_view.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace cf::kds {

// Orders that have left the kitchen: either those waiting to be picked up, longest waiting first,
// or what has left this display, newest first, for recall, from its own board or from the hub. Like
// the tickets, told row by row.
class ReadyListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes the board's models")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum class Shows : quint8 {
        WaitingForPickup,
        LastDone,
        Older, // likewise, but found by the hub
    };

    enum Role {
        OrderIdRole = Qt::UserRole + 1,
        NumberRole,
        ServedTextRole, // where it goes; for a place of little room
        ItemsTextRole,
        ClosedTextRole, // "Picked up 1:05 ago · Table 3"
        AgoTextRole,
        CanRecallRole,
        CanCompleteRole,
        OlderRole, // found by the hub
    };

    explicit ReadyListModel(Shows shows, QObject *parent = nullptr);

    void setView(const BoardView &view); // as in TicketListModel
    // Brings one order in, up to date, or (when it does not belong here any more) out.
    void update(const OrderState &order);
    void remove(const QUuid &orderId);
    void keepOnly(const QSet<QUuid> &orderIds);
    // Of the closed ones; what is open stays.
    void keepClosed(const QSet<QUuid> &orderIds);
    void setNow(Timestamp now);

    [[nodiscard]] const OrderState *order(const QUuid &orderId) const;
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    struct Row {
        OrderState order;
        Timestamp since{};
        QString agoText;
    };

    static QString closedText(const Row &row);
    [[nodiscard]] Timestamp sinceWhen(const OrderState &order) const;
    [[nodiscard]] bool belongs(const OrderState &order) const;
    [[nodiscard]] bool before(const Row &a, const Row &b) const;
    [[nodiscard]] int rowOf(const QUuid &orderId) const;
    void insert(const OrderState &order);
    void removeRow(int row);
    bool refreshAgo(Row &row) const;

    Shows m_shows;
    BoardView m_view;
    Timestamp m_now{};
    std::vector<Row> m_rows;
};

} // namespace cf::kds
