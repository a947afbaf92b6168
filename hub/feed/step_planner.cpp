// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/step_planner.h"

#include "hub/feed/guests.h"
#include "shared/order/payload.h"

#include <algorithm>
#include <map>

namespace cf::feed {

namespace {

using L1 = QLatin1StringView;

// How often things happen, out of all orders.
constexpr double lateAdditions = 0.08;
constexpr double voids = 0.06;
constexpr double cancellations = 0.03;
constexpr double notes = 0.08;
constexpr double priorities = 0.05;
constexpr double messagesIn = 0.05;
constexpr double messagesOut = 0.05;
constexpr double itemRecalls = 0.03;
constexpr double moves = 0.02;
constexpr double earlyFires = 0.1; // of the courses after the first
constexpr double orderRecalls = 0.05;
constexpr double wholeBumps = 0.3;

Actor floorActor()
{
    return {ActorKind::Manager, QStringLiteral("floor"), {}, {}};
}

Actor kitchenActor(const QString &station)
{
    return {ActorKind::Kitchen, station + QStringLiteral("-1"), {}, {}};
}

// One line on its way through the kitchen; seconds after the order was acknowledged.
struct Cooking {
    Item item;
    double begin = 0;
    double done = 0;
};

// Times are seconds of a real kitchen until the end, where they are divided by the speed.
class StepPlanner
{
public:
    StepPlanner(const OrderState &order, const Menu &menu, const PlanOptions &options, Dice &dice)
        : m_order(order), m_menu(menu), m_options(options), m_dice(dice)
    {
    }

    std::vector<PlannedStep> plan(const Payment &payment)
    {
        pay(payment);
        cookLines();
        addLate();
        voidOne();
        talk();
        if (m_options.cook) {
            cook();
            finish();
        }
        return sorted(cancelTime());
    }

private:
    void add(double at, EventType type, const QJsonObject &payload, const Actor &actor)
    {
        PlannedStep step;
        const double ms = at * 1'000.0 / m_options.speed;
        step.at = std::chrono::milliseconds(static_cast<qint64>(ms));
        step.type = type;
        step.payload = payload;
        step.actor = actor;
        m_steps.push_back(step);
    }

    void addLine(double at, EventType type, const Item &item)
    {
        add(at, type, linesPayload({item.lineId}), kitchenActor(item.station));
    }

    void pay(const Payment &payment)
    {
        if (!m_order.payment) {
            m_paid = m_dice.between(2.0, 15.0);
            add(m_paid, EventType::OrderPaid, paidPayload(payment),
                {ActorKind::Integration, m_order.sourceName, {}, {}});
        }
        m_accepted = m_paid + m_dice.between(4.0, 20.0);
        m_started = m_accepted + m_dice.between(5.0, 45.0);
    }

    Cooking cookItem(const Item &item, double earliest)
    {
        const Dish *dish = m_menu.find(item.sku);
        const double seconds = dish ? static_cast<double>(dish->cooking.count()) : 60.0;
        Cooking cooking;
        cooking.item = item;
        cooking.begin = earliest + m_dice.between(1.0, 40.0);
        cooking.done = cooking.begin + seconds * m_dice.between(0.6, 1.1);
        return cooking;
    }

    // At a table one course is cooked after the other: the floor fires the next.
    void cookLines()
    {
        std::map<int, std::vector<Item>> courses;
        const bool byCourse = m_order.serviceType == ServiceType::DineIn;
        for (const OrderLine &line : m_order.lines)
            courses[byCourse ? line.item.course : 0].push_back(line.item);
        double earliest = m_started;
        bool first = true;
        for (const auto &course : courses) {
            if (!first)
                fire(course.first, earliest);
            first = false;
            double last = earliest;
            for (const Item &item : course.second) {
                m_cooking.push_back(cookItem(item, earliest + 1));
                last = std::max(last, m_cooking.back().done);
            }
            earliest += (last - earliest) * m_dice.between(0.5, 0.9);
        }
    }

    void fire(int course, double at)
    {
        const QJsonObject payload{{L1("course"), course}};
        if (m_dice.chance(earlyFires)) { // too early, and taken back
            const double early = m_dice.between(m_paid + 1, at - 3);
            add(early, EventType::CourseFired, payload, floorActor());
            add(early + 2, EventType::CourseHeld, payload, floorActor());
        }
        add(at, EventType::CourseFired, payload, floorActor());
    }

    [[nodiscard]] double lastDone() const
    {
        double last = m_started;
        for (const Cooking &cooking : m_cooking)
            last = std::max(last, cooking.done);
        return last;
    }

    double during() { return m_dice.between(m_started + 2, lastDone()); }

    void addLate()
    {
        if (!m_dice.chance(lateAdditions))
            return;
        const double at = during();
        std::vector<Item> items;
        const int count = m_dice.between(1, 2);
        for (int i = 0; i < count; ++i) {
            Item item = m_menu.pick(m_dice).item;
            item.lineId = QString::number(m_cooking.size() + 1);
            items.push_back(item);
            m_cooking.push_back(cookItem(item, at + 5));
        }
        add(at, EventType::ItemsAdded, {{L1("items"), itemsToJson(items)}}, floorActor());
    }

    // Never an order's only line: that would be a cancellation.
    void voidOne()
    {
        if (m_order.lines.size() < 2 || !m_dice.chance(voids))
            return;
        const auto which = m_cooking.begin() + m_dice.below(static_cast<int>(m_order.lines.size()));
        // Only as long as nobody has begun to cook it.
        const double at = m_dice.between(m_paid + 1, which->begin - 0.5);
        QJsonObject payload = linesPayload({which->item.lineId});
        payload.insert(L1("reason"), voidReason(m_dice));
        add(at, EventType::ItemVoided, payload, floorActor());
        if (m_options.cook)
            addLine(at + m_dice.between(1.0, 10.0), EventType::VoidAcknowledged, which->item);
        m_cooking.erase(which);
    }

    void talk()
    {
        if (m_dice.chance(notes))
            say(EventType::OrderNoteAdded, "note", lateNote(m_dice), floorActor());
        if (m_dice.chance(priorities))
            add(during(), EventType::OrderPrioritised, {{L1("priority"), true}}, floorActor());
        if (m_dice.chance(messagesIn))
            say(EventType::KitchenNotified, "message", kitchenMessage(m_dice), floorActor());
        if (m_options.cook && m_dice.chance(messagesOut)) {
            say(EventType::FrontNotified, "message", frontMessage(m_dice),
                kitchenActor(m_cooking.front().item.station));
        }
    }

    void say(EventType type, const char *key, const QString &text, const Actor &actor)
    {
        add(during(), type, {{L1(key), text}}, actor);
    }

    void cook()
    {
        const Actor expo = kitchenActor(QStringLiteral("expo"));
        add(m_accepted, EventType::OrderAccepted, {}, expo);
        add(m_started, EventType::OrderStarted, {}, kitchenActor(m_cooking.front().item.station));
        const bool bumpedWhole = m_dice.chance(wholeBumps);
        const double last = lastDone();
        for (const Cooking &cooking : m_cooking) {
            if (!cooking.item.allergens.isEmpty() && m_dice.chance(0.6))
                addLine(cooking.begin, EventType::AllergensAcknowledged, cooking.item);
            if (m_dice.chance(moves))
                moveLine(cooking);
            if (m_dice.chance(0.6))
                addLine(cooking.begin, EventType::ItemStarted, cooking.item);
            const bool left = bumpedWhole && cooking.done > last - 20;
            if (!left)
                addLine(cooking.done, EventType::ItemReady, cooking.item);
            if (!left && cooking.done < last - 1 && m_dice.chance(itemRecalls))
                cookAgain(cooking);
        }
        m_ready = std::max(m_ready, last);
        if (bumpedWhole)
            add(m_ready + 1, EventType::OrderReady, {}, expo);
    }

    // The station is drowning: another one makes it.
    void moveLine(const Cooking &cooking)
    {
        QJsonObject payload = linesPayload({cooking.item.lineId});
        payload.insert(L1("station"), m_menu.pick(m_dice).item.station);
        add(cooking.begin, EventType::ItemMoved, payload, kitchenActor(cooking.item.station));
    }

    // Came back from the pass.
    void cookAgain(const Cooking &cooking)
    {
        const double back = cooking.done + m_dice.between(5.0, 30.0);
        const double done = back + m_dice.between(40.0, 120.0);
        addLine(back, EventType::ItemRecalled, cooking.item);
        addLine(done, EventType::ItemReady, cooking.item);
        m_ready = std::max(m_ready, done);
    }

    void finish()
    {
        const Actor expo = kitchenActor(QStringLiteral("expo"));
        double served = m_ready + m_dice.between(15.0, 90.0);
        if (m_dice.chance(orderRecalls)) {
            const bool wasServed = m_dice.chance(0.5);
            if (wasServed)
                add(served, EventType::OrderCompleted, {}, expo);
            const double back = wasServed ? served + m_dice.between(5.0, 40.0) : served - 5;
            const double again = back + m_dice.between(40.0, 150.0);
            add(back, EventType::OrderRecalled, {}, expo);
            add(again, EventType::OrderReady, {}, expo);
            served = again + m_dice.between(15.0, 60.0);
        }
        add(served, EventType::OrderCompleted, {}, expo);
    }

    std::optional<std::chrono::milliseconds> cancelTime()
    {
        if (!m_dice.chance(cancellations))
            return std::nullopt;
        const double at = m_dice.between(m_paid + 2, lastDone() - 5);
        add(at, EventType::OrderCancelled, {{L1("reason"), cancelReason(m_dice)}}, floorActor());
        return m_steps.back().at;
    }

    // Nothing happens to an order once it is cancelled.
    std::vector<PlannedStep> sorted(std::optional<std::chrono::milliseconds> cancelled)
    {
        if (cancelled) {
            std::erase_if(m_steps, [&](const PlannedStep &step) {
                return step.type != EventType::OrderCancelled && step.at >= *cancelled;
            });
        }
        std::stable_sort(m_steps.begin(), m_steps.end(),
                         [](const PlannedStep &a, const PlannedStep &b) { return a.at < b.at; });
        return std::move(m_steps);
    }

    const OrderState &m_order;
    const Menu &m_menu;
    const PlanOptions &m_options;
    Dice &m_dice;
    std::vector<Cooking> m_cooking;
    std::vector<PlannedStep> m_steps;
    double m_paid = 0;
    double m_accepted = 0;
    double m_started = 0;
    double m_ready = 0;
};

} // namespace

std::vector<PlannedStep> planSteps(const OrderState &order, const Payment &payment,
                                   const Menu &menu, const PlanOptions &options, Dice &dice)
{
    return StepPlanner(order, menu, options, dice).plan(payment);
}

} // namespace cf::feed
