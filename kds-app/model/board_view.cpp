// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/board_view.h"

#include "kds-app/model/combined_lines.h"
#include "kds-app/model/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cf::kds {

namespace {

struct Kitchen {
    Q_DECLARE_TR_FUNCTIONS(Kitchen)
};

bool hasPending(const OrderState &order)
{
    return std::any_of(order.lines.begin(), order.lines.end(),
                       [](const OrderLine &line) { return isPending(line.status); });
}

} // namespace

BoardView::BoardView(const KitchenSettings &settings, const QString &displayName)
    : m_settings(settings), m_display(settings.display(displayName)), m_routing(settings),
      m_hasShelf(m_display.role == DisplayRole::Prep)
{
    bool isAnyPrep = false;
    for (const DisplaySettings &display : settings.displays) {
        m_hasExpo = m_hasExpo || display.role == DisplayRole::Expo;
        isAnyPrep = isAnyPrep || display.role == DisplayRole::Prep;
        m_hasShelf = m_hasShelf && display.role == DisplayRole::Prep;
    }
    m_expoWaits = settings.expoWaitsForPrep && isAnyPrep;
}

BoardView BoardView::wholeKitchen() const
{
    BoardView whole = *this;
    whole.m_display.role = DisplayRole::Expo;
    return whole;
}

QString BoardView::stationName(const QString &id) const
{
    const Station *station = m_settings.station(id);
    return station ? station->name : QString();
}

QString BoardView::stationsText() const
{
    QStringList names;
    for (const QString &id : m_display.stations)
        names.append(stationName(id));
    return names.join(QStringLiteral(" · "));
}

bool BoardView::shows(const OrderState &order) const
{
    const bool isLive = isLiveTicket(order.status);
    const bool isReady = order.status == OrderStatus::Ready;
    if (m_display.role == DisplayRole::Runner)
        return isReady;
    if (m_display.role == DisplayRole::Expo)
        return isLive || isReady;
    if (!isLive && !isReady)
        return false;
    const std::vector<ShownLine> shown = lines(order);
    return std::any_of(shown.begin(), shown.end(), [&](const ShownLine &one) {
        // Nothing to cook anywhere, and yet not ready: somebody has to say so.
        const bool isCooked = isLive && !hasPending(order) && one.line.status == LineStatus::Ready;
        return one.waitsForVoid() || (isLive && isPending(one.line.status)) || isCooked;
    });
}

bool BoardView::isDone(const OrderState &order) const
{
    if (order.status == OrderStatus::Placed || shows(order))
        return false;
    if (!isOpen(order.status))
        return m_display.role != DisplayRole::Prep || !lines(order).empty();
    return m_display.role == DisplayRole::Prep && !recallable(order).isEmpty();
}

Timestamp BoardView::doneSince(const OrderState &order) const
{
    if (order.status == OrderStatus::Completed)
        return order.completedAt.value_or(order.placedAt);
    if (order.status == OrderStatus::Cancelled)
        return order.cancelledAt.value_or(order.placedAt);
    Timestamp last = order.placedAt;
    for (const ShownLine &shown : lines(order)) {
        if (shown.line.status == LineStatus::Ready)
            last = std::max(last, shown.line.readyAt.value_or(last));
    }
    return last;
}

// The first course is cooked at once, and so is what belongs to none. What came, or went, later
// holds nothing that is on the fire.
bool BoardView::isHeld(const OrderState &order, const OrderLine &line) const
{
    const int course = line.item.course;
    if (!m_settings.holdsCourses || course <= 0)
        return false;
    const bool isFirst =
        std::none_of(order.lines.begin(), order.lines.end(), [&](const OrderLine &other) {
            return other.item.course > 0 && other.item.course < course
                   && other.status != LineStatus::Voided && other.addedSeq <= line.addedSeq;
        });
    return !isFirst
           && !std::binary_search(order.firedCourses.begin(), order.firedCourses.end(), course);
}

namespace {

int courseOf(const OrderLine &line)
{
    return std::max(1, line.item.course); // what belongs to none comes with the first
}

// What the guest waits for from the beginning: when a later course was fired, or something added,
// the order does not say.
bool isOfTheFirst(const OrderState &order, const OrderLine &line)
{
    return line.addedSeq <= 1
           && std::none_of(order.lines.begin(), order.lines.end(), [&](const OrderLine &other) {
                  return other.addedSeq <= 1 && other.status != LineStatus::Voided
                         && courseOf(other) < courseOf(line);
              });
}

} // namespace

std::chrono::seconds BoardView::longestPrep(const OrderState &order) const
{
    std::chrono::seconds longest{0};
    for (const OrderLine &line : order.lines) {
        if (isPending(line.status) && isOfTheFirst(order, line))
            longest = std::max(longest, m_settings.prepTime(line.item.sku, line.item.category));
    }
    return longest;
}

std::vector<ShownLine> BoardView::lines(const OrderState &order) const
{
    std::vector<ShownLine> shown;
    shown.reserve(order.lines.size());
    const bool isPrep = m_display.role == DisplayRole::Prep;
    const auto longest = m_settings.staggersPrep ? longestPrep(order) : std::chrono::seconds(0);
    for (const OrderLine &line : order.lines) {
        const LineShown here = m_routing.shows(m_display, order, line);
        if (here == LineShown::No)
            continue;
        const Station *station = m_settings.station(m_routing.stationOf(order, line));
        ShownLine one;
        one.line = line;
        one.ids = {line.item.lineId};
        one.isUnrouted =
            here == LineShown::Unrouted || (!isPrep && !station && !m_settings.stations.empty());
        one.station = station ? station->name : QString();
        one.isHeld = isPending(line.status) && isHeld(order, line);
        const auto prep = m_settings.prepTime(line.item.sku, line.item.category);
        if (prep < longest && line.status == LineStatus::Open && !one.isHeld
            && isOfTheFirst(order, line))
            one.startsAt = ageStart(order) + (longest - prep);
        one.asksForVoids = isPrep;
        one.asksForAllergens = isPrep && station && station->asksForAllergens;
        // What prep is cooking is prep's to say; back to it goes what an expediter sends back.
        one.canToggle = isPrep
                        || (m_display.role == DisplayRole::Expo
                            && (!m_expoWaits || line.status == LineStatus::Ready));
        shown.push_back(std::move(one));
    }
    return shown;
}

std::vector<ShownLine> BoardView::rows(const OrderState &order) const
{
    return m_settings.combinesLines ? combined(lines(order)) : lines(order);
}

QStringList BoardView::sameAs(const OrderState &order, const QString &lineId) const
{
    for (const ShownLine &row : rows(order)) {
        if (row.ids.contains(lineId))
            return row.ids;
    }
    return {lineId};
}

template<typename Wanted>
QStringList BoardView::idsOf(const OrderState &order, Wanted wanted) const
{
    QStringList ids;
    for (const ShownLine &shown : lines(order)) {
        if (wanted(shown))
            ids.append(shown.line.item.lineId);
    }
    return ids;
}

QStringList BoardView::bumpable(const OrderState &order) const
{
    return idsOf(order,
                 [](const ShownLine &one) { return isPending(one.line.status) && !one.isHeld; });
}

QStringList BoardView::recallable(const OrderState &order) const
{
    return idsOf(order, [](const ShownLine &one) { return one.line.status == LineStatus::Ready; });
}

QStringList BoardView::allergensToAcknowledge(const OrderState &order) const
{
    return idsOf(order,
                 [](const ShownLine &one) { return one.waitsForAllergens() && !one.isHeld; });
}

QStringList BoardView::voidsToAcknowledge(const OrderState &order) const
{
    return idsOf(order, [](const ShownLine &one) { return one.waitsForVoid(); });
}

int BoardView::heldCourse(const OrderState &order) const
{
    int first = 0;
    for (const ShownLine &one : lines(order)) {
        if (one.isHeld && (first == 0 || one.line.item.course < first))
            first = one.line.item.course;
    }
    return first;
}

TicketAction BoardView::action(const OrderState &order, const std::vector<ShownLine> &lines) const
{
    const auto any = [&](auto wanted) { return std::any_of(lines.begin(), lines.end(), wanted); };
    if (any([](const ShownLine &one) { return one.waitsForVoid(); }))
        return TicketAction::AcknowledgeVoids;
    if (any([](const ShownLine &one) { return one.waitsForAllergens() && !one.isHeld; }))
        return TicketAction::AcknowledgeAllergens;
    if (order.status == OrderStatus::Ready)
        return TicketAction::HandOut;
    const bool isAnyPending = any([](const ShownLine &one) { return isPending(one.line.status); });
    const bool isAnyToBump =
        any([](const ShownLine &one) { return isPending(one.line.status) && !one.isHeld; });
    if (isAnyPending && !isAnyToBump)
        return TicketAction::FireCourse;
    if (m_display.role == DisplayRole::Expo && m_expoWaits && isAnyPending)
        return TicketAction::Wait;
    return TicketAction::Bump;
}

// "Grill 2 · Fry 1": what is still cooked where this display does not look after it.
QString BoardView::pendingElsewhere(const OrderState &order) const
{
    if (m_settings.stations.empty() || !isLiveTicket(order.status))
        return {};
    std::map<QString, int> counts;
    for (const OrderLine &line : order.lines) {
        const bool isHere = m_display.role == DisplayRole::Prep
                            && m_routing.shows(m_display, order, line) != LineShown::No;
        if (isPending(line.status) && !isHere)
            counts[m_routing.stationOf(order, line)] += line.item.quantity;
    }
    QStringList texts;
    for (const Station &station : m_settings.stations) {
        if (const auto it = counts.find(station.id); it != counts.end())
            texts.append(QStringLiteral("%1 %2").arg(station.name).arg(it->second));
    }
    if (const auto it = counts.find(QString()); it != counts.end())
        texts.append(Kitchen::tr("unrouted %1").arg(it->second));
    return texts.join(QStringLiteral(" · "));
}

TicketFacts BoardView::facts(const OrderState &order, bool unsent) const
{
    TicketFacts facts = factsOf(order, unsent);
    const std::vector<ShownLine> shown = lines(order);
    for (const ShownLine &one : shown) {
        if (isPending(one.line.status)) {
            ++facts.pendingLines;
            facts.pendingItems += one.line.item.quantity;
        } else if (one.line.status == LineStatus::Ready) {
            ++facts.doneLines;
        }
    }
    facts.action = action(order, shown);
    facts.elsewhereText = pendingElsewhere(order);
    // Who cooks begins, and not before what has to be confirmed.
    facts.canStart =
        facts.isNew && m_display.role == DisplayRole::Prep && facts.action == TicketAction::Bump;
    return facts;
}

Timestamp BoardView::ageStart(const OrderState &order) const
{
    if (m_display.role == DisplayRole::Runner && order.readyAt)
        return *order.readyAt;
    return order.paidAt.value_or(order.placedAt);
}

Timestamp BoardView::lateAt(const OrderState &order) const
{
    const Timestamp byAge = ageStart(order) + m_settings.ageLimits(order.serviceType).late;
    return std::max(byAge, order.dueAt.value_or(byAge));
}

Timestamp BoardView::warnAt(const OrderState &order) const
{
    const AgeLimits limits = m_settings.ageLimits(order.serviceType);
    return lateAt(order) - (limits.late - limits.warning);
}

} // namespace cf::kds
