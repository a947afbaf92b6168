// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/alerts.h"
#include "kds-app/model/all_day_model.h"
#include "kds-app/model/bump_bar.h"
#include "kds-app/model/kitchen_port.h"
#include "kds-app/model/link_model.h"
#include "kds-app/model/look_model.h"
#include "kds-app/model/notice_queue.h"
#include "kds-app/model/older_list.h"
#include "kds-app/model/ready_list_model.h"
#include "kds-app/model/ticket_list_model.h"
#include "kds-app/model/words.h"

#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace cf::kds {

// Owns the board's models and turns taps into intents (kds_taps.cpp). Decides nothing about orders:
// that is the hub's. One timer drives every age on the screen, in the hub's time.
class KdsController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes the board's models")
    Q_PROPERTY(cf::kds::TicketListModel *tickets READ tickets CONSTANT FINAL)
    Q_PROPERTY(cf::kds::ReadyListModel *ready READ ready CONSTANT FINAL)
    Q_PROPERTY(cf::kds::ReadyListModel *closed READ closed CONSTANT FINAL)
    Q_PROPERTY(cf::kds::OlderList *older READ older CONSTANT FINAL)
    Q_PROPERTY(cf::kds::AllDayModel *allDay READ allDay CONSTANT FINAL)
    Q_PROPERTY(cf::kds::LinkModel *link READ link CONSTANT FINAL)
    Q_PROPERTY(cf::kds::Alerts *alerts READ alerts CONSTANT FINAL)
    Q_PROPERTY(cf::kds::LookModel *look READ look CONSTANT FINAL)
    Q_PROPERTY(cf::kds::NoticeQueue *notices READ notices CONSTANT FINAL)
    Q_PROPERTY(cf::kds::BumpBar *bumpBar READ bumpBar CONSTANT FINAL)
    Q_PROPERTY(QString stationName READ stationName CONSTANT FINAL)
    Q_PROPERTY(QString restaurantName READ restaurantName NOTIFY restaurantNameChanged FINAL)
    Q_PROPERTY(Role role READ role NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QString stationsText READ stationsText NOTIFY settingsChanged FINAL)
    Q_PROPERTY(bool hasShelf READ hasShelf NOTIFY settingsChanged FINAL)
    Q_PROPERTY(QString clockText READ clockText NOTIFY clockTextChanged FINAL)
    // Stations that nobody looks after: where the orders come together, and where nobody does that.
    Q_PROPERTY(QString alarmTitle READ alarmTitle NOTIFY alarmsChanged FINAL)
    Q_PROPERTY(QString alarmDetail READ alarmDetail NOTIFY alarmsChanged FINAL)
    // What the last tap did, for a while; canUndo: and there is a way back.
    Q_PROPERTY(QString undoText READ undoText NOTIFY undoChanged FINAL)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY undoChanged FINAL)

public:
    KdsController(QString stationName, KitchenPort &port, const Clock &clock,
                  QObject *parent = nullptr);

    enum Role { Prep, Expo, Runner };
    Q_ENUM(Role)

    // --- the board ------------------------------------------------------------------------------
    // Bring all orders in again after it.
    void setSettings(const KitchenSettings &settings);
    // One order as it now stands. `unsent`: changed here, not yet confirmed by the hub.
    void showOrder(const OrderState &order, bool unsent);
    // It is neither open nor among the last closed any more.
    void forgetOrder(const QUuid &orderId);
    // Everything there is: what is not in `orders` goes, what is equal stays untouched.
    void showAll(const std::vector<const OrderState *> &orders, const QSet<QUuid> &unsent);
    // The last closed orders; what is not among them is forgotten.
    void showClosed(const std::vector<const OrderState *> &orders);
    // What the hub has found of orders that left this display long ago.
    void showOlder(const QString &text, const std::vector<OrderState> &orders, bool ok);
    void showRefusal(const words::Refusal &refusal);
    void setAlarms(const std::vector<StationAlarm> &alarms);
    void setRestaurantName(const QString &name);
    // Hub time minus this machine's time.
    void setHubOffset(std::chrono::milliseconds offset);

    // --- taps -----------------------------------------------------------------------------------
    Q_INVOKABLE void start(const QString &orderId);
    // What the ticket's main button said, and the lines the cook saw, when the finger came down.
    // Only that is meant: a line that arrives under the finger is not swallowed, and a button that
    // has come to mean something else does nothing.
    Q_INVOKABLE void bump(const QString &orderId, const QStringList &seenLines,
                          cf::kds::TicketListModel::Action seenAction);
    // The same for the ticket as it stands.
    Q_INVOKABLE void bumpAll(const QString &orderId);
    // Cooked, or, when it was, not cooked after all; what has to be confirmed first is that.
    Q_INVOKABLE void toggleLine(const QString &orderId, const QString &lineId);
    Q_INVOKABLE void moveLine(const QString &orderId, const QString &lineId,
                              const QString &station);
    Q_INVOKABLE void toggleCourse(const QString &orderId, int course); // fire, or hold again
    Q_INVOKABLE void togglePriority(const QString &orderId);
    Q_INVOKABLE void tellFront(const QString &orderId, const QString &message);
    Q_INVOKABLE void recall(const QString &orderId);
    Q_INVOKABLE void complete(const QString &orderId);
    Q_INVOKABLE void undo();
    Q_INVOKABLE void dismissUndo();
    Q_INVOKABLE void dismissNotice();

    [[nodiscard]] TicketListModel *tickets() { return &m_tickets; }
    [[nodiscard]] ReadyListModel *ready() { return &m_ready; }
    [[nodiscard]] ReadyListModel *closed() { return &m_closed; }
    [[nodiscard]] OlderList *older() { return &m_older; }
    [[nodiscard]] AllDayModel *allDay() { return &m_allDay; }
    [[nodiscard]] LinkModel *link() { return &m_link; }
    [[nodiscard]] Alerts *alerts() { return &m_alerts; }
    [[nodiscard]] LookModel *look() { return &m_look; }
    [[nodiscard]] NoticeQueue *notices() { return &m_notices; }
    // Where a line can be moved to: {id, name}, without where it is.
    Q_INVOKABLE [[nodiscard]] QVariantList stationsFor(const QString &orderId,
                                                       const QString &lineId) const;

    [[nodiscard]] Role role() const { return static_cast<Role>(m_view.role()); }
    [[nodiscard]] QString stationsText() const { return m_view.stationsText(); }
    [[nodiscard]] bool hasShelf() const { return m_view.hasShelf(); }
    [[nodiscard]] bool canUndo() const { return m_canUndo; }
    [[nodiscard]] BumpBar *bumpBar() { return &m_bumpBar; }
    [[nodiscard]] QString stationName() const { return m_stationName; }
    [[nodiscard]] QString restaurantName() const { return m_restaurantName; }
    [[nodiscard]] QString alarmTitle() const;
    [[nodiscard]] QString alarmDetail() const;
    [[nodiscard]] QString clockText() const { return m_clockText; }
    [[nodiscard]] QString undoText() const { return m_undoText; }
    [[nodiscard]] Timestamp hubNow() const;
    // A live, ready or recently closed order, or one that the hub has found; nullptr for any other.
    [[nodiscard]] const OrderState *order(const QUuid &orderId) const;

    // What the timer calls; public so that a test's clock can be told.
    void tick();

Q_SIGNALS:
    void restaurantNameChanged();
    void settingsChanged();
    void alarmsChanged();
    void clockTextChanged();
    void undoChanged();

private:
    void listenForAlerts();
    void onLinkChanged();
    [[nodiscard]] bool showsAlarms() const;
    [[nodiscard]] QStringList alarmedStations() const;
    void bumpLines(const OrderState &order, const QStringList &seen);
    void acknowledge(IntentKind kind, const OrderState &order, const QStringList &lines);
    bool submit(const KitchenIntent &intent, const QString &number);
    void submitUndoable(const KitchenIntent &intent, const OrderState &order, const QString &text);
    void offerUndo(const KitchenIntent &done, const QString &text, bool canUndo);
    void clearUndo();

    QString m_stationName;
    QString m_restaurantName;
    KitchenPort &m_port;
    const Clock &m_clock;
    std::chrono::milliseconds m_hubOffset{};
    BoardView m_view;
    TicketListModel m_tickets;
    ReadyListModel m_ready{ReadyListModel::Shows::WaitingForPickup};
    ReadyListModel m_closed{ReadyListModel::Shows::LastDone};
    OlderList m_older{m_port, m_closed};
    AllDayModel m_allDay;
    BumpBar m_bumpBar;
    LinkModel m_link;
    LookModel m_look;
    Alerts m_alerts;
    NoticeQueue m_notices;
    std::vector<StationAlarm> m_alarms;
    QTimer m_timer;
    QString m_clockText;
    QString m_undoText;
    bool m_canUndo = false;
    bool m_isLost = true;                 // until the first connection nothing was lost
    std::optional<Monotonic> m_lostSince; // and not heard yet
    KitchenIntent m_undoable;
    Monotonic m_undoUntil{};
};

} // namespace cf::kds
