// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/ticket_lines_model.h"

#include "kds-app/model/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace cf::kds {

namespace {

struct Kitchen {
    Q_DECLARE_TR_FUNCTIONS(Kitchen)
};

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

// Do they stand under one heading?
bool areTogether(const OrderLine &a, const OrderLine &b)
{
    return a.addedSeq == b.addedSeq && (a.addedSeq > 1 || a.item.course == b.item.course);
}

// Under the heading that begins at `at`, the first course that can be fired; 0: none.
int heldCourse(const std::vector<ShownLine> &lines, size_t at)
{
    int course = 0;
    for (size_t i = at; i < lines.size() && areTogether(lines[at].line, lines[i].line); ++i) {
        const int held = lines[i].isHeld ? lines[i].line.item.course : 0;
        course = course == 0 || (held > 0 && held < course) ? held : course;
    }
    return course;
}

QString courseText(int course, const std::vector<int> &fired, int held)
{
    if (course <= 0)
        return {};
    const bool isFired = std::find(fired.begin(), fired.end(), course) != fired.end();
    if (held > 0)
        return Kitchen::tr("Course %1 · hold").arg(course);
    return (isFired ? Kitchen::tr("Course %1 · fired") : Kitchen::tr("Course %1")).arg(course);
}

// A divider where a later event or another course begins. One course alone needs no heading.
QString dividerBefore(const std::vector<ShownLine> &lines, size_t at, bool severalCourses,
                      const std::vector<int> &fired)
{
    const OrderLine &line = lines[at].line;
    const OrderLine *before = at == 0 ? nullptr : &lines[at - 1].line;
    if (line.addedSeq > 1) {
        const bool begins = !before || before->addedSeq != line.addedSeq;
        if (!begins)
            return {};
        return heldCourse(lines, at) > 0 ? Kitchen::tr("Added later · hold")
                                         : Kitchen::tr("Added later");
    }
    if (severalCourses && (!before || before->item.course != line.item.course))
        return courseText(line.item.course, fired, heldCourse(lines, at));
    return {};
}

// Course by course, later additions behind them. What it goes by never changes, so that a line
// keeps its row for good.
std::vector<ShownLine> inCourses(std::vector<ShownLine> lines)
{
    std::stable_sort(lines.begin(), lines.end(), [](const ShownLine &one, const ShownLine &other) {
        const OrderLine &a = one.line;
        const OrderLine &b = other.line;
        if (a.addedSeq != b.addedSeq)
            return a.addedSeq < b.addedSeq;
        return a.addedSeq == 1 && a.item.course < b.item.course;
    });
    return lines;
}

} // namespace

TicketLinesModel::TicketLinesModel(QObject *parent) : QAbstractListModel(parent) { }

std::vector<TicketLinesModel::Row> TicketLinesModel::rowsOf(const std::vector<ShownLine> &ordered,
                                                            const std::vector<int> &firedCourses)
{
    const bool severalCourses =
        std::any_of(ordered.begin(), ordered.end(), [&](const ShownLine &shown) {
            return shown.line.item.course != ordered.front().line.item.course;
        });
    std::vector<Row> rows;
    rows.reserve(ordered.size());
    const std::vector<ShownLine> lines = inCourses(ordered);
    for (size_t i = 0; i < lines.size(); ++i) {
        const ShownLine &shown = lines[i];
        const Item &item = shown.line.item;
        Row row;
        row.lineId = item.lineId;
        row.ids = shown.ids;
        row.startsAt = shown.startsAt;
        row.name = item.name;
        row.quantity = item.quantity;
        QStringList modifiers;
        for (const Modifier &modifier : item.modifiers)
            modifiers.append(words::modifier(modifier));
        row.modifiers = modifiers.join(QStringLiteral(" · "));
        row.note = item.note;
        row.allergens = item.allergens.join(QStringLiteral(" · "));
        row.seat = item.seat;
        row.state = stateOf(shown.line.status);
        row.divider = dividerBefore(lines, i, severalCourses, firedCourses);
        row.lateAddition = shown.line.addedSeq > 1;
        row.station = shown.station;
        row.unrouted = shown.isUnrouted;
        row.held = shown.isHeld;
        row.toConfirm = shown.waitsForVoid() || shown.waitsForAllergens();
        row.course = row.divider.isEmpty() ? 0 : heldCourse(lines, i);
        rows.push_back(std::move(row));
    }
    return rows;
}

void TicketLinesModel::setLines(const std::vector<ShownLine> &lines,
                                const std::vector<int> &firedCourses)
{
    std::vector<Row> rows = rowsOf(lines, firedCourses);
    for (Row &row : rows)
        row.startText = startText(row);
    const std::vector<Row> before = m_rows;
    // Gone: moved to another station, or a snapshot's.
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        if (rowOf(rows, m_rows[static_cast<size_t>(row)].lineId) < 0)
            removeRow(row);
    }
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        const Row &wanted = rows[static_cast<size_t>(row)];
        const int at = rowOf(m_rows, wanted.lineId);
        if (at > row) // what it is ordered by never changes, but who knows what a snapshot brings
            removeRow(at);
        if (at != row) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, wanted);
            endInsertRows();
        } else if (!(m_rows[static_cast<size_t>(row)] == wanted)) {
            m_rows[static_cast<size_t>(row)] = wanted;
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
    tellWhatIsNews(before);
}

// By line, whatever rows they stood in.
void TicketLinesModel::tellWhatIsNews(const std::vector<Row> &before)
{
    bool isVoided = false;
    bool isDue = false;
    for (const Row &row : m_rows) {
        for (const QString &id : row.ids) {
            const auto was = std::find_if(before.begin(), before.end(),
                                          [&](const Row &one) { return one.ids.contains(id); });
            if (was == before.end() || was->state == Voided)
                continue;
            isVoided = isVoided || row.state == Voided;
            // Fired, sent back, or no longer to wait for.
            const bool waited = was->held || !was->startText.isEmpty() || was->state == Ready;
            isDue = isDue || (waited && row.state == Open && !row.held && row.startText.isEmpty());
        }
    }
    if (isVoided)
        Q_EMIT voided();
    if (isDue)
        Q_EMIT due();
}

QString TicketLinesModel::startText(const Row &row) const
{
    return row.startsAt && m_now < *row.startsAt ? words::startsIn(*row.startsAt - m_now)
                                                 : QString();
}

void TicketLinesModel::setNow(Timestamp now)
{
    m_now = now;
    bool isAnyDue = false;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows[i];
        if (row.startText.isEmpty() && !row.startsAt)
            continue;
        const QString text = startText(row);
        if (text == row.startText)
            continue;
        isAnyDue = isAnyDue || text.isEmpty();
        row.startText = text;
        const QModelIndex at = index(static_cast<int>(i));
        Q_EMIT dataChanged(at, at, {StartTextRole});
    }
    if (isAnyDue)
        Q_EMIT due();
}

int TicketLinesModel::rowOf(const std::vector<Row> &rows, const QString &lineId)
{
    const auto it = std::find_if(rows.begin(), rows.end(),
                                 [&](const Row &row) { return row.lineId == lineId; });
    return it == rows.end() ? -1 : static_cast<int>(it - rows.begin());
}

void TicketLinesModel::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

QStringList TicketLinesModel::pendingIds() const
{
    QStringList ids;
    for (const Row &row : m_rows) {
        if (row.state == Open || row.state == Started || row.toConfirm)
            ids.append(row.ids);
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
    case StationRole: return row.station;
    case UnroutedRole: return row.unrouted;
    case HeldRole: return row.held;
    case ToConfirmRole: return row.toConfirm;
    case CourseRole: return row.course;
    case StartTextRole: return row.startText;
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
        {StationRole, "station"},   {UnroutedRole, "unrouted"},
        {HeldRole, "held"},         {ToConfirmRole, "toConfirm"},
        {CourseRole, "course"},     {StartTextRole, "startText"},
    };
}

} // namespace cf::kds
