// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/board_view.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace cf::kds {

// The lines of one ticket: by course, as ordered, what was added later at the end. Updated in
// place: a line keeps its row, so a finger that is on it stays on it.
class TicketLinesModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Lines belong to a ticket")

public:
    enum LineState { Open, Started, Ready, Voided };
    Q_ENUM(LineState)

    enum Role {
        LineIdRole = Qt::UserRole + 1,
        NameRole,
        QuantityRole,
        ModifiersRole,
        NoteRole,
        AllergensRole,
        SeatRole,
        LineStateRole,
        DividerRole, // text above the line: "Added later", "Course 2"; else empty
        LateAdditionRole,
        StationRole,
        UnroutedRole,
        HeldRole,
        ToConfirmRole, // its allergens, or that it is voided, must be acknowledged
        CourseRole,    // that the divider above it can fire; 0: none
        StartTextRole, // "in 3 min": nobody need begin before; empty: now
    };

    explicit TicketLinesModel(QObject *parent = nullptr);

    // `courses`: those already fired.
    void setLines(const std::vector<ShownLine> &lines, const std::vector<int> &firedCourses);
    // The hub's time: what need not begin yet follows it.
    void setNow(Timestamp now);
    // The lines still to be cooked, or acknowledged, as they stand now.
    Q_INVOKABLE QStringList pendingIds() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    // Some line of the ticket is not wanted any more.
    void voided();
    // Some line is to be begun now.
    void due();

private:
    struct Row {
        QString lineId;
        QStringList ids; // of all the lines that it stands for
        QString name;
        int quantity = 1;
        QString modifiers; // "Rare · 2 × Bacon"
        QString note;
        QString allergens; // "milk · egg"
        QString seat;
        LineState state = Open;
        QString divider;
        bool lateAddition = false;
        QString station;
        bool unrouted = false;
        bool held = false;
        bool toConfirm = false;
        int course = 0;
        std::optional<Timestamp> startsAt;
        QString startText;
        bool operator==(const Row &) const = default;
    };
    static std::vector<Row> rowsOf(const std::vector<ShownLine> &ordered,
                                   const std::vector<int> &firedCourses);

    [[nodiscard]] QString startText(const Row &row) const;
    static int rowOf(const std::vector<Row> &rows, const QString &lineId);
    void removeRow(int row);
    void tellWhatIsNews(const std::vector<Row> &before);

    std::vector<Row> m_rows;
    Timestamp m_now{};
};

} // namespace cf::kds
