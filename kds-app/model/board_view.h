// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/ticket_facts.h"
#include "shared/kitchen/routing.h"

namespace cf::kds {

// One line as this display shows it, or several that are the same.
struct ShownLine {
    OrderLine line;
    QStringList ids;         // of the lines that it stands for, its own first
    QString station;         // its name; empty: no rule says where
    bool isUnrouted = false; // here because nothing says where: see Routing
    bool isHeld = false;     // of a course that was not fired yet
    // When to begin, so that it is done together with what takes longest; pending lines only.
    std::optional<Timestamp> startsAt;
    bool asksForAllergens = false;
    bool asksForVoids = true;
    bool canToggle = true; // a tap says that it is cooked, or was not after all
    bool operator==(const ShownLine &) const = default;

    // To be acknowledged before it is bumped.
    [[nodiscard]] bool waitsForAllergens() const
    {
        return asksForAllergens && isPending(line.status) && !line.item.allergens.isEmpty()
               && !line.allergensAcknowledged;
    }
    [[nodiscard]] bool waitsForVoid() const
    {
        return asksForVoids && line.status == LineStatus::Voided && !line.voidAcknowledged;
    }
};

// Which part of the kitchen a display shows, by the restaurant's settings: which orders are tickets
// on it, which of their lines, and what a bump of one means there. No item is ever on no screen;
// Routing sees to the lines, and what waits to be acknowledged keeps its ticket.
class BoardView
{
public:
    // Nothing said: a kitchen with one board that shows all.
    BoardView() = default;
    BoardView(const KitchenSettings &settings, const QString &displayName);

    // The same kitchen with nobody's lines left out.
    [[nodiscard]] BoardView wholeKitchen() const;

    [[nodiscard]] DisplayRole role() const { return m_display.role; }
    // "Grill · Fry"; empty: all of them.
    [[nodiscard]] QString stationsText() const;
    // Ready orders are kept at hand here, because no other display hands them out.
    [[nodiscard]] bool hasShelf() const { return m_hasShelf; }
    // Some display brings the orders together.
    [[nodiscard]] bool hasExpo() const { return m_hasExpo; }
    [[nodiscard]] const std::vector<Station> &stations() const { return m_settings.stations; }
    [[nodiscard]] QString stationName(const QString &id) const;
    [[nodiscard]] QString stationOf(const OrderState &order, const OrderLine &line) const
    {
        return m_routing.stationOf(order, line);
    }

    // Is it a ticket on this board?
    [[nodiscard]] bool shows(const OrderState &order) const;
    // Has it left this board, so that it can be called back?
    [[nodiscard]] bool isDone(const OrderState &order) const;
    [[nodiscard]] Timestamp doneSince(const OrderState &order) const;

    // As ordered.
    [[nodiscard]] std::vector<ShownLine> lines(const OrderState &order) const;
    // The same, and those that are alike as one, if the restaurant wants that.
    [[nodiscard]] std::vector<ShownLine> rows(const OrderState &order) const;
    // What a tap on the row of this line means: all lines of the row.
    [[nodiscard]] QStringList sameAs(const OrderState &order, const QString &lineId) const;
    [[nodiscard]] TicketFacts facts(const OrderState &order, bool unsent) const;
    // What a bump says is cooked: pending, shown here, and not held.
    [[nodiscard]] QStringList bumpable(const OrderState &order) const;
    // What a recall here brings back.
    [[nodiscard]] QStringList recallable(const OrderState &order) const;
    [[nodiscard]] QStringList allergensToAcknowledge(const OrderState &order) const;
    [[nodiscard]] QStringList voidsToAcknowledge(const OrderState &order) const;
    // The first course that is held here; 0: none.
    [[nodiscard]] int heldCourse(const OrderState &order) const;

    [[nodiscard]] const DisplaySettings &display() const { return m_display; }
    [[nodiscard]] Timestamp ageStart(const OrderState &order) const;
    // When it is to be pointed out, and when it is late: by its age, or, when it was ordered for
    // later than that, when it is due.
    [[nodiscard]] Timestamp warnAt(const OrderState &order) const;
    [[nodiscard]] Timestamp lateAt(const OrderState &order) const;

private:
    [[nodiscard]] std::chrono::seconds longestPrep(const OrderState &order) const;
    [[nodiscard]] bool isHeld(const OrderState &order, const OrderLine &line) const;
    [[nodiscard]] TicketAction action(const OrderState &order,
                                      const std::vector<ShownLine> &lines) const;
    [[nodiscard]] QString pendingElsewhere(const OrderState &order) const;
    template<typename Wanted>
    [[nodiscard]] QStringList idsOf(const OrderState &order, Wanted wanted) const;

    KitchenSettings m_settings;
    DisplaySettings m_display;
    Routing m_routing;
    bool m_hasShelf = true;
    bool m_hasExpo = false;
    bool m_expoWaits = false; // for prep displays: where there is none, for nobody
};

} // namespace cf::kds
