// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/board_view.h"

#include <QAbstractListModel>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace cf::kds {

// How much of each item is still to be cooked, over all tickets: this display's, or the whole
// kitchen's. By name, so that an item keeps its place while its number changes. Counted only while
// somebody looks, once for all changes that come together.
class AllDayModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes the board's models")
    Q_PROPERTY(bool wholeKitchen MEMBER m_wholeKitchen WRITE setWholeKitchen NOTIFY changed FINAL)
    Q_PROPERTY(bool watched MEMBER m_watched WRITE setWatched NOTIFY changed FINAL)
    Q_PROPERTY(int total READ total NOTIFY changed FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        TotalRole,
        StartedRole,   // of them being cooked
        ModifiersRole, // "No onion", or "3: plain · 2: No onion"; empty: none is modified
    };

    explicit AllDayModel(QObject *parent = nullptr);

    void setView(const BoardView &view);
    void update(const OrderState &order);
    void remove(const QUuid &orderId);
    void keepOnly(const QSet<QUuid> &orderIds);

    void setWholeKitchen(bool whole);
    void setWatched(bool watched);
    [[nodiscard]] int total() const; // items
    // What is due, at once; else it is done when the event loop comes round.
    void refresh();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QString name;
        int total = 0;
        int started = 0;
        QString modifiers;
        bool operator==(const Row &) const = default;
    };
    [[nodiscard]] std::vector<Row> counted() const;
    void soon();
    void removeRow(int row);

    BoardView m_view;
    QHash<QUuid, OrderState> m_orders; // live ones
    std::vector<Row> m_rows;
    QTimer m_soon;
    bool m_wholeKitchen = false;
    bool m_watched = false;
};

} // namespace cf::kds
