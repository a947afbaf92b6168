// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/mock_kitchen.h"

#include "kds-app/app/wishes.h"
#include "shared/order/payload.h"
#include "shared/order/transition.h"
#include "tests/qml/mock_menu.h"

#include <QRandomGenerator>
#include <QSet>

namespace cf::kds {

using namespace std::chrono_literals;

namespace {

QString nameOf(IntentKind kind)
{
    switch (kind) {
    case IntentKind::Start: return QStringLiteral("start");
    case IntentKind::LinesReady: return QStringLiteral("ready");
    case IntentKind::OrderReady: return QStringLiteral("orderReady");
    case IntentKind::RecallLines: return QStringLiteral("recallLines");
    case IntentKind::RecallOrder: return QStringLiteral("recall");
    case IntentKind::Complete: return QStringLiteral("complete");
    case IntentKind::MoveLines: return QStringLiteral("move");
    case IntentKind::AcknowledgeAllergens: return QStringLiteral("allergens");
    case IntentKind::AcknowledgeVoids: return QStringLiteral("voids");
    case IntentKind::FireCourse: return QStringLiteral("fire");
    case IntentKind::HoldCourse: return QStringLiteral("hold");
    case IntentKind::Prioritise: return QStringLiteral("first");
    case IntentKind::Deprioritise: return QStringLiteral("notFirst");
    case IntentKind::TellFront: return QStringLiteral("tell");
    }
    return {};
}

} // namespace

MockKitchen::MockKitchen(QObject *parent)
    : QObject(parent), m_controller(QStringLiteral("Grill 1"), *this, m_clock)
{
    m_controller.setRestaurantName(QStringLiteral("Trattoria Kaminfeuer"));
    setLink(QStringLiteral("live"));
}

QUuid MockKitchen::place(const QString &number, std::vector<Item> items, int secondsAgo)
{
    OrderState order;
    order.id = QUuid::createUuidV5(QUuid(), number);
    order.status = OrderStatus::Paid;
    order.seq = 2;
    order.openedPos = ++m_pos;
    order.number = number;
    order.placedAt = m_clock.now() - std::chrono::seconds(secondsAgo);
    order.paidAt = order.placedAt;
    int lineId = 0;
    for (Item &item : items) {
        item.lineId = QString::number(++lineId);
        OrderLine line;
        line.item = std::move(item);
        order.lines.push_back(std::move(line));
    }
    m_byNumber.insert(number, order.id);
    m_orders.insert(order.id, order);
    show(order.id);
    return order.id;
}

Result<Unit> MockKitchen::apply(const QUuid &id, EventType type, const QJsonObject &payload)
{
    Command command;
    command.orderId = id;
    command.type = type;
    command.payload = payload;
    Result<EventDrafts> drafts = decide(m_orders[id], command);
    if (!drafts)
        return drafts.error();
    for (const EventDraft &draft : *drafts) {
        OrderEvent event;
        event.pos = ++m_pos;
        event.orderId = id;
        event.seq = m_orders[id].seq + 1;
        event.type = draft.type;
        event.payload = draft.payload;
        event.at = m_clock.now();
        applyEvent(m_orders[id], event);
        m_log.append(QStringLiteral("%1 %2 [%3]")
                         .arg(m_orders[id].number, eventTypeName(event.type),
                              linesOf(event.payload).value_or(QStringList()).join(u',')));
    }
    show(id);
    return Unit{};
}

void MockKitchen::lookFor(const QString &text)
{
    if (text.isEmpty() || m_search == QLatin1StringView("waits"))
        return;
    std::vector<OrderState> found;
    for (const OrderState &order : m_older) {
        if (order.number.contains(text))
            found.push_back(order);
    }
    m_controller.showOlder(text, found, m_search == QLatin1StringView("answers"));
}

void MockKitchen::rememberOlder(const QString &number)
{
    QRandomGenerator random(3);
    constexpr int threeDays = 3 * 24 * 3'600;
    const QUuid id = place(number, mock::itemsFor(2, random), threeDays);
    for (const EventType type :
         {EventType::OrderStarted, EventType::OrderReady, EventType::OrderCompleted})
        (void)apply(id, type);
    m_orders[id].completedAt = m_clock.now() - std::chrono::seconds(threeDays);
    m_older.push_back(m_orders[id]);
    m_controller.forgetOrder(id);
}

OrderState &MockKitchen::edit(const QString &number)
{
    return m_orders[m_byNumber.value(number)];
}

void MockKitchen::show(const QUuid &id)
{
    m_controller.showOrder(m_orders[id], m_unsent);
}

void MockKitchen::fill(int tickets)
{
    QRandomGenerator random(7);
    clear();
    for (int i = 0; i < tickets; ++i) {
        const QString number = QString::number(41 + i);
        const int age = std::max(2, 470 - i * 460 / std::max(1, tickets));
        const QUuid id = place(number, mock::itemsFor(i, random), age);
        mock::dress(m_orders[id], i, m_clock.now());
        if (i % 3 == 0)
            (void)apply(id, EventType::OrderStarted);
        if (i % 6 == 3 && m_orders[id].lines.size() > 1)
            (void)apply(id, EventType::ItemReady, linesPayload({QStringLiteral("1")}));
        show(id);
    }
    for (int i = 0; i < 11; ++i) {
        const QString number = QString::number(21 + i);
        const QUuid id = place(number, mock::itemsFor(i + 3, random), 900 - i * 20);
        mock::dress(m_orders[id], i + 2, m_clock.now());
        (void)apply(id, EventType::OrderStarted);
        m_clock.advance(13s);
        (void)apply(id, EventType::OrderReady);
        if (i < 6)
            (void)apply(id, EventType::OrderCompleted);
    }
    setLink(m_linkState); // its proof would be as old as the lunch
    m_controller.tick();
    forgetWishes();
    m_log.clear();
}

void MockKitchen::clear()
{
    m_orders.clear();
    m_byNumber.clear();
    m_controller.showAll({}, {});
    m_controller.dismissUndo();
    while (m_controller.notices()->count() > 0)
        m_controller.dismissNotice();
    forgetWishes();
}

void MockKitchen::setRole(const QString &role, const QStringList &stations)
{
    const auto station = [](const QString &id, bool asksForAllergens) {
        Station one;
        one.id = id;
        one.name = id.left(1).toUpper() + id.mid(1);
        one.asksForAllergens = asksForAllergens;
        return one;
    };
    m_settings.stations = {station(QStringLiteral("grill"), false),
                           station(QStringLiteral("fry"), false),
                           station(QStringLiteral("salad"), true)};
    m_settings.displays = {{m_controller.stationName(), *displayRoleFromName(role), stations},
                           {QStringLiteral("elsewhere"), DisplayRole::Prep, {}},
                           {QStringLiteral("pass"), DisplayRole::Expo, {}}};
    m_settings.routing.byCategory = {{QStringLiteral("grill"), QStringLiteral("grill")},
                                     {QStringLiteral("fry"), QStringLiteral("fry")},
                                     {QStringLiteral("salad"), QStringLiteral("salad")}};
    showAll();
}

void MockKitchen::setLook(const QVariantMap &look)
{
    if (m_settings.displays.empty())
        m_settings.displays.push_back({m_controller.stationName(), DisplayRole::Prep, {}});
    for (DisplaySettings &display : m_settings.displays) {
        DisplayLook &is = display.look;
        const auto text = [&](const char *key) { return look.value(QString::fromLatin1(key)); };
        is.theme = displayThemeFromName(text("theme").toString()).value_or(is.theme);
        is.layout = boardLayoutFromName(text("layout").toString()).value_or(is.layout);
        is.language = look.value(QStringLiteral("language"), is.language).toString();
        is.columns = look.value(QStringLiteral("columns"), is.columns).toInt();
        is.rows = look.value(QStringLiteral("rows"), is.rows).toInt();
        is.textPercent = look.value(QStringLiteral("text_percent"), is.textPercent).toInt();
    }
    showAll();
}

void MockKitchen::setAlarms(const QStringList &alarms)
{
    std::vector<StationAlarm> stations;
    for (const QString &alarm : alarms) {
        stations.push_back(
            {alarm.section(u' ', 0, 0),
             alarmReasonFromName(alarm.section(u' ', 1)).value_or(AlarmReason::Behind),
             m_clock.now() - std::chrono::minutes(2), 3});
    }
    m_controller.setAlarms(stations);
}

void MockKitchen::setCoursesHeld(bool held)
{
    m_settings.holdsCourses = held;
    showAll();
}

void MockKitchen::showAll()
{
    m_controller.setSettings(m_settings);
    std::vector<const OrderState *> orders;
    for (const OrderState &order : std::as_const(m_orders))
        orders.push_back(&order);
    m_controller.showAll(orders, {});
}

void MockKitchen::setLink(const QString &state)
{
    LinkFacts facts;
    facts.provenAt = m_clock.now() - 2s;
    m_linkState = state;
    m_unsent = state == u"offline";
    if (state == u"live") {
        facts.state = LinkFacts::State::Live;
    } else if (state == u"behind") {
        facts.state = LinkFacts::State::CatchingUp;
        facts.eventsBehind = 120;
    } else if (state == u"refused") {
        facts.state = LinkFacts::State::Refused;
    } else if (state == u"never") {
        facts.provenAt.reset();
    } else {
        facts.outbox = 3;
    }
    m_controller.link()->setFacts(facts);
}

void MockKitchen::placeMixed(const QString &number)
{
    Item burger;
    burger.name = QStringLiteral("Burger");
    burger.category = QStringLiteral("grill");
    burger.course = 1;
    Item salad;
    salad.name = QStringLiteral("Greek salad");
    salad.category = QStringLiteral("salad");
    salad.quantity = 2;
    salad.course = 2;
    salad.allergens = {QStringLiteral("milk")};
    Item mystery;
    mystery.name = QStringLiteral("Dish of the day");
    mystery.course = 2;
    (void)place(number, {burger, salad, mystery}, 60);
}

void MockKitchen::keepOnly(const QString &number)
{
    const QUuid kept = m_byNumber.value(number);
    m_orders.removeIf([&](auto it) { return it.key() != kept; });
    showAll();
}

void MockKitchen::cook(const QString &number)
{
    QStringList pending;
    for (const OrderLine &line : edit(number).lines) {
        if (isPending(line.status))
            pending.append(line.item.lineId);
    }
    (void)apply(m_byNumber.value(number), EventType::ItemReady, linesPayload(pending));
}

void MockKitchen::addLate(const QString &number, const QString &name)
{
    Item item;
    item.name = name;
    item.quantity = 1;
    (void)apply(m_byNumber.value(number), EventType::ItemsAdded, withItems({}, {item}));
}

void MockKitchen::voidLine(const QString &number, const QString &lineId)
{
    (void)apply(m_byNumber.value(number), EventType::ItemVoided, linesPayload({lineId}));
}

void MockKitchen::cancel(const QString &number, const QString &reason)
{
    (void)apply(m_byNumber.value(number), EventType::OrderCancelled,
                {{QStringLiteral("reason"), reason}});
}

void MockKitchen::prioritise(const QString &number)
{
    (void)apply(m_byNumber.value(number), EventType::OrderPrioritised);
}

void MockKitchen::say(const QString &number, const QString &message)
{
    (void)apply(m_byNumber.value(number), EventType::KitchenNotified,
                {{QStringLiteral("message"), message}});
}

void MockKitchen::refuse(const QString &number)
{
    m_controller.showRefusal(
        {7, IntentKind::LinesReady, number, QStringLiteral("transition_not_allowed"),
         QStringLiteral("item_ready is not possible"), OrderStatus::Cancelled});
}

void MockKitchen::advance(int seconds)
{
    m_clock.advance(std::chrono::seconds(seconds));
    m_controller.tick();
}

void MockKitchen::forgetWishes()
{
    m_wishes.clear();
    Q_EMIT wishesChanged();
}

QString MockKitchen::statusOf(const QString &number) const
{
    return orderStatusName(m_orders.value(m_byNumber.value(number)).status);
}

QString MockKitchen::lineOf(const QString &number, const QString &lineId) const
{
    const OrderState order = m_orders.value(m_byNumber.value(number));
    const OrderLine *line = order.line(lineId);
    if (!line)
        return {};
    QString text = lineStatusName(line->status);
    if (line->allergensAcknowledged || line->voidAcknowledged)
        text += QStringLiteral(" seen");
    if (!line->movedTo.isEmpty())
        text += QStringLiteral(" @") + line->movedTo;
    return text;
}

QString MockKitchen::idOf(const QString &number) const
{
    return m_byNumber.value(number).toString(QUuid::WithoutBraces);
}

Status MockKitchen::submit(const KitchenIntent &intent)
{
    if (std::exchange(m_failNext, false))
        return Error{ErrorCode::StorageFailed, QStringLiteral("the disk is full")};
    QString told = QStringLiteral("%1 %2 [%3]")
                       .arg(nameOf(intent.kind), m_orders.value(intent.orderId).number,
                            intent.lines.join(u','));
    if (!intent.text.isEmpty())
        told += u' ' + intent.text;
    m_wishes.append(told);
    Q_EMIT wishesChanged();
    const Wish wish = wishOf(intent);
    return apply(intent.orderId, wish.type, wish.payload);
}

void MockKitchen::refusalSeen(qint64 n)
{
    m_wishes.append(QStringLiteral("seen %1").arg(n));
    Q_EMIT wishesChanged();
}

} // namespace cf::kds
