// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/board_view.h"
#include "kds-app/model/ticket_lines_model.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace cf::kds {

// The live tickets: priority first, then oldest first. Changes are told row by row; there is never
// a reset, not even for a snapshot, so that no ticket moves that need not.
class TicketListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes the board's models")
    Q_PROPERTY(int count READ count NOTIFY countsChanged FINAL)
    Q_PROPERTY(int lateCount READ lateCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(int pendingItems READ pendingItems NOTIFY countsChanged FINAL)

public:
    enum AgeState { Fresh, Warning, Late };
    Q_ENUM(AgeState)

    // TicketAction, for QML.
    enum Action { Bump, AcknowledgeAllergens, AcknowledgeVoids, FireCourse, Wait, HandOut };
    Q_ENUM(Action)

    enum Role {
        OrderIdRole = Qt::UserRole + 1,
        NumberRole,
        ServedTextRole,
        NotesRole,
        MessagesRole,
        StatusTextRole,
        IsNewRole,
        PriorityRole,
        RecalledRole,
        UnsentRole,
        PendingLinesRole,
        PendingItemsRole,
        DoneLinesRole,
        LinesRole,
        AgeTextRole,
        AgeStateRole,
        IsReadyRole,
        CanStartRole,
        ActionRole,
        ElsewhereTextRole,
        DueTextRole, // "due in 8 min"; empty: no time was said
    };

    explicit TicketListModel(QObject *parent = nullptr);
    ~TicketListModel() override;

    // What the orders that come from now on are shown by; bring all of them in again after it.
    void setView(const BoardView &view) { m_view = view; }
    // Brings one order in, up to date, or (when it is no ticket of this display's) out.
    void update(const OrderState &order, bool unsent);
    void remove(const QUuid &orderId);
    // Removes every ticket that is not among these.
    void keepOnly(const QSet<QUuid> &orderIds);
    // What this display's own cook does to an order is no news.
    void setOwn(const QUuid &orderId) { m_own = orderId; }
    // The hub's time: ages follow it.
    void setNow(Timestamp now);

    [[nodiscard]] const OrderState *order(const QUuid &orderId) const;
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] int lateCount() const { return m_lateCount; }
    [[nodiscard]] int pendingItems() const { return m_pendingItems; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countsChanged();
    // A ticket that was on the board has been cancelled.
    void ticketCancelled(const QString &number, const QString &reason);
    // What is worth a sound. A ticket is new on this board, or back on it; something on it is
    // others than before; something of it is not wanted any more; it has become late.
    void ticketArrived(bool isRecalled);
    void ticketChanged();
    void lineVoided();
    void ticketLate();

private:
    struct Row {
        OrderState order;
        TicketFacts facts;
        QString ageText;
        AgeState ageState = Fresh;
        QString dueText;
        TicketLinesModel *lines = nullptr; // child of the model
    };

    [[nodiscard]] int rowOf(const QUuid &orderId) const;
    [[nodiscard]] int placeFor(const TicketKey &key) const;
    void insert(const OrderState &order, bool unsent);
    void change(int row, const OrderState &order, bool unsent);
    int moveToPlace(int row, const TicketKey &key);
    void removeRow(int row);
    bool refreshAge(Row &row) const;
    void recount();

    void listenTo(const TicketLinesModel &lines, const QUuid &orderId);

    BoardView m_view;
    QUuid m_own;
    Timestamp m_now{};
    std::vector<Row> m_rows;
    int m_countTold = 0;
    int m_lateCount = 0;
    int m_pendingItems = 0;
};

} // namespace cf::kds
