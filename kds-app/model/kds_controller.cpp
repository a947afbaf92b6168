// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/kds_controller.h"

#include "shared/base/limits.h"

#include <QCoreApplication>
#include <QSet>

namespace cf::kds {

namespace {

struct Kitchen {
    Q_DECLARE_TR_FUNCTIONS(Kitchen)
};

} // namespace

KdsController::KdsController(QString stationName, KitchenPort &port, const Clock &clock,
                             QObject *parent)
    : QObject(parent), m_stationName(std::move(stationName)), m_port(port), m_clock(clock),
      m_bumpBar(*this, clock)
{
    connect(&m_tickets, &TicketListModel::ticketCancelled, this,
            [this](const QString &number, const QString &reason) {
                const QString what =
                    Kitchen::tr("%1 cancelled: stop cooking").arg(words::number(number));
                m_notices.add(NoticeQueue::Cancelled,
                              reason.isEmpty() ? what
                                               : QStringLiteral("%1 (%2)").arg(what, reason));
            });
    listenForAlerts();
    m_timer.setInterval(limits::ageTick);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &KdsController::tick);
    m_timer.start();
    tick();
}

void KdsController::listenForAlerts()
{
    connect(&m_tickets, &TicketListModel::ticketArrived, &m_alerts, [this](bool isRecalled) {
        m_alerts.raise(isRecalled ? Alerts::Recalled : Alerts::New);
    });
    connect(&m_tickets, &TicketListModel::ticketChanged, &m_alerts,
            [this] { m_alerts.raise(Alerts::Changed); });
    connect(&m_tickets, &TicketListModel::lineVoided, &m_alerts,
            [this] { m_alerts.raise(Alerts::Voided); });
    connect(&m_tickets, &TicketListModel::ticketCancelled, &m_alerts,
            [this] { m_alerts.raise(Alerts::Voided); });
    connect(&m_tickets, &TicketListModel::ticketLate, &m_alerts,
            [this] { m_alerts.raise(Alerts::Late); });
    // Done, here or elsewhere.
    connect(&m_tickets, &TicketListModel::countsChanged, &m_alerts, [this] {
        if (m_tickets.lateCount() == 0)
            m_alerts.end(Alerts::Late);
        if (m_tickets.count() > 0)
            return;
        for (const Alerts::Sound sound : {Alerts::New, Alerts::Changed, Alerts::Recalled})
            m_alerts.end(sound);
    });
    connect(&m_link, &LinkModel::changed, this, &KdsController::onLinkChanged);
}

void KdsController::onLinkChanged()
{
    const bool isLost =
        m_link.state() == LinkModel::Offline || m_link.state() == LinkModel::Refused;
    if (isLost && !m_isLost)
        m_lostSince = m_clock.monotonic();
    if (!isLost) {
        m_lostSince.reset();
        m_alerts.end(Alerts::Lost);
    }
    m_isLost = isLost;
}

void KdsController::setSettings(const KitchenSettings &settings)
{
    m_view = BoardView(settings, m_stationName);
    m_look.setLook(m_view.display().look);
    m_alerts.setSounds(m_view.display().sounds);
    m_tickets.setView(m_view);
    m_ready.setView(m_view);
    m_closed.setView(m_view);
    m_older.setView(m_view);
    m_allDay.setView(m_view);
    Q_EMIT settingsChanged();
    Q_EMIT alarmsChanged();
}

void KdsController::showOrder(const OrderState &order, bool unsent)
{
    m_tickets.update(order, unsent);
    m_ready.update(order);
    m_closed.update(order);
    m_older.remove(order.id);
    m_allDay.update(order);
}

void KdsController::forgetOrder(const QUuid &orderId)
{
    m_tickets.remove(orderId);
    m_ready.remove(orderId);
    m_closed.remove(orderId);
    m_allDay.remove(orderId);
}

void KdsController::showAll(const std::vector<const OrderState *> &orders,
                            const QSet<QUuid> &unsent)
{
    QSet<QUuid> ids;
    for (const OrderState *order : orders)
        ids.insert(order->id);
    m_tickets.keepOnly(ids);
    m_ready.keepOnly(ids);
    m_closed.keepOnly(ids);
    m_allDay.keepOnly(ids);
    for (const OrderState *order : orders)
        showOrder(*order, unsent.contains(order->id));
    m_alerts.begin();
}

void KdsController::showClosed(const std::vector<const OrderState *> &orders)
{
    QSet<QUuid> ids;
    for (const OrderState *order : orders)
        ids.insert(order->id);
    m_closed.keepClosed(ids);
    for (const OrderState *order : orders)
        m_closed.update(*order);
}

void KdsController::showOlder(const QString &text, const std::vector<OrderState> &orders, bool ok)
{
    m_older.show(text, orders, ok);
}

void KdsController::showRefusal(const words::Refusal &refusal)
{
    m_notices.add(NoticeQueue::Refused, words::refusal(refusal), refusal.n);
}

void KdsController::setAlarms(const std::vector<StationAlarm> &alarms)
{
    if (alarms == m_alarms)
        return;
    m_alarms = alarms;
    Q_EMIT alarmsChanged();
}

bool KdsController::showsAlarms() const
{
    return m_view.role() == DisplayRole::Expo || !m_view.hasExpo();
}

QStringList KdsController::alarmedStations() const
{
    QStringList names;
    for (const StationAlarm &alarm : m_alarms) {
        const QString name = m_view.stationName(alarm.station);
        names.append(name.isEmpty() ? Kitchen::tr("The kitchen") : name);
    }
    return names;
}

QString KdsController::alarmTitle() const
{
    return showsAlarms() ? words::alarmTitle(m_alarms, alarmedStations()) : QString();
}

QString KdsController::alarmDetail() const
{
    return showsAlarms() ? words::alarmDetail(m_alarms, alarmedStations()) : QString();
}

void KdsController::setRestaurantName(const QString &name)
{
    if (name == m_restaurantName)
        return;
    m_restaurantName = name;
    Q_EMIT restaurantNameChanged();
}

void KdsController::setHubOffset(std::chrono::milliseconds offset)
{
    m_hubOffset = offset;
    tick();
}

Timestamp KdsController::hubNow() const
{
    return m_clock.now() + m_hubOffset;
}

const OrderState *KdsController::order(const QUuid &orderId) const
{
    if (const OrderState *live = m_tickets.order(orderId))
        return live;
    if (const OrderState *ready = m_ready.order(orderId))
        return ready;
    if (const OrderState *closed = m_closed.order(orderId))
        return closed;
    return m_older.order(orderId);
}

void KdsController::tick()
{
    const Timestamp now = hubNow();
    m_tickets.setNow(now);
    m_ready.setNow(now);
    m_closed.setNow(now);
    m_older.setNow(now);
    m_link.setNow(now);
    // One that comes back at once was none that anybody missed.
    if (m_lostSince && m_clock.monotonic() - *m_lostSince >= limits::lostUnheard) {
        m_lostSince.reset();
        m_alerts.raise(Alerts::Lost);
    }
    m_alerts.tick(m_clock.monotonic());
    if (!m_undoText.isEmpty() && m_clock.monotonic() >= m_undoUntil)
        clearUndo();
    QString text = words::clockMinutes(now);
    if (text == m_clockText)
        return;
    m_clockText = std::move(text);
    Q_EMIT clockTextChanged();
}

} // namespace cf::kds
