// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/ticket_lines_model.h"

#include "kds-app/model/words.h"

#include <algorithm>

namespace cf::kds {

namespace {

TicketLinesModel::LineState stateOf(LineStatus status)
{
    switch (status) {
    case LineStatus::Open: return TicketLinesModel::Open;
    case LineStatus::Started: return TicketLinesModel::Started;
    case LineStatus::Ready: return TicketLinesModel::Ready;
    case LineStatus::Voided: return TicketLinesModel::Voided;
    }
    return TicketLinesModel::Open;
}

QString courseText(int course, const std::vector<int> &fired)
{
    if (course <= 0)
        return {};
    const QString text = QStringLiteral("Course %1").arg(course);
    const bool isFired = std::find(fired.begin(), fired.end(), course) != fired.end();
    return isFired ? text + QStringLiteral(" · fired") : text;
}

// A divider where a later event or another course begins. One course alone needs no heading.
QString dividerBefore(const std::vector<OrderLine> &lines, size_t at, bool severalCourses,
                      const std::vector<int> &fired)
{
    const OrderLine &line = lines[at];
    const OrderLine *before = at == 0 ? nullptr : &lines[at - 1];
    if (line.addedSeq > 1) {
        const bool begins = !before || before->addedSeq != line.addedSeq;
        return begins ? QStringLiteral("Added later") : QString();
    }
    if (severalCourses && (!before || before->item.course != line.item.course))
        return courseText(line.item.course, fired);
    return {};
}

// Course by course, later additions behind them. What it goes by never changes, so that a line
// keeps its row for good.
std::vector<OrderLine> inCourses(std::vector<OrderLine> lines)
{
    std::stable_sort(lines.begin(), lines.end(), [](const OrderLine &a, const OrderLine &b) {
        if (a.addedSeq != b.addedSeq)
            return a.addedSeq < b.addedSeq;
        return a.addedSeq == 1 && a.item.course < b.item.course;
    });
    return lines;
}

} // namespace

TicketLinesModel::TicketLinesModel(QObject *parent) : QAbstractListModel(parent) { }

std::vector<TicketLinesModel::Row> TicketLinesModel::rowsOf(const std::vector<OrderLine> &ordered,
                                                            const std::vector<int> &firedCourses)
{
    const bool severalCourses =
        std::any_of(ordered.begin(), ordered.end(), [&](const OrderLine &line) {
            return line.item.course != ordered.front().item.course;
        });
    std::vector<Row> rows;
    rows.reserve(ordered.size());
    std::vector<OrderLine> lines = inCourses(ordered);
    for (size_t i = 0; i < lines.size(); ++i) {
        const Item &item = lines[i].item;
        Row row;
        row.lineId = item.lineId;
        row.name = item.name;
        row.quantity = item.quantity;
        QStringList modifiers;
        for (const Modifier &modifier : item.modifiers)
            modifiers.append(words::modifier(modifier));
        row.modifiers = modifiers.join(QStringLiteral(" · "));
        row.note = item.note;
        row.allergens = item.allergens.join(QStringLiteral(" · "));
        row.seat = item.seat;
        row.state = stateOf(lines[i].status);
        row.divider = dividerBefore(lines, i, severalCourses, firedCourses);
        row.lateAddition = lines[i].addedSeq > 1;
        rows.push_back(std::move(row));
    }
    return rows;
}

void TicketLinesModel::setLines(const std::vector<OrderLine> &lines,
                                const std::vector<int> &firedCourses)
{
    std::vector<Row> rows = rowsOf(lines, firedCourses);
    // An order only ever gains lines; a shorter list can come from a snapshot alone.
    if (rows.size() < m_rows.size()) {
        beginRemoveRows({}, static_cast<int>(rows.size()), static_cast<int>(m_rows.size()) - 1);
        m_rows.resize(rows.size());
        endRemoveRows();
    }
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i] == rows[i])
            continue;
        m_rows[i] = rows[i];
        const QModelIndex at = index(static_cast<int>(i));
        Q_EMIT dataChanged(at, at);
    }
    if (rows.size() > m_rows.size()) {
        beginInsertRows({}, static_cast<int>(m_rows.size()), static_cast<int>(rows.size()) - 1);
        m_rows.insert(m_rows.end(), rows.begin() + static_cast<qsizetype>(m_rows.size()),
                      rows.end());
        endInsertRows();
    }
}

QStringList TicketLinesModel::pendingIds() const
{
    QStringList ids;
    for (const Row &row : m_rows) {
        if (row.state == Open || row.state == Started)
            ids.append(row.lineId);
    }
    return ids;
}

int TicketLinesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TicketLinesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
    case LineIdRole: return row.lineId;
    case Qt::DisplayRole:
    case NameRole: return row.name;
    case QuantityRole: return row.quantity;
    case ModifiersRole: return row.modifiers;
    case NoteRole: return row.note;
    case AllergensRole: return row.allergens;
    case SeatRole: return row.seat;
    case LineStateRole: return row.state;
    case DividerRole: return row.divider;
    case LateAdditionRole: return row.lateAddition;
    default: return {};
    }
}

QHash<int, QByteArray> TicketLinesModel::roleNames() const
{
    return {
        {LineIdRole, "lineId"},     {NameRole, "name"},
        {QuantityRole, "quantity"}, {ModifiersRole, "modifiers"},
        {NoteRole, "note"},         {AllergensRole, "allergens"},
        {SeatRole, "seat"},         {LineStateRole, "lineState"},
        {DividerRole, "divider"},   {LateAdditionRole, "lateAddition"},
    };
}

} // namespace cf::kds
