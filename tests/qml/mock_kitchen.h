// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/app/language.h"
#include "kds-app/model/kds_controller.h"

#include <QHash>
#include <QObject>

namespace cf::kds {

// Time that stands still unless told.
class StillClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return m_now; }
    [[nodiscard]] Monotonic monotonic() const override { return m_monotonic; }
    void advance(std::chrono::milliseconds by)
    {
        m_now += by;
        m_monotonic += by;
    }

private:
    Timestamp m_now{std::chrono::milliseconds(1'795'262'590'000)};
    Monotonic m_monotonic{};
};

// A kitchen in memory behind the real models and the real state machine: what is wished happens at
// once, as it does on a display.
class MockKitchen : public QObject, public KitchenPort
{
    Q_OBJECT
    Q_PROPERTY(cf::kds::KdsController *controller READ controller CONSTANT)
    Q_PROPERTY(QStringList wishes READ wishes NOTIFY wishesChanged)
    // Each event since the kitchen was filled: "44 item_ready [1]".
    Q_PROPERTY(QStringList log READ log NOTIFY wishesChanged)

public:
    explicit MockKitchen(QObject *parent = nullptr);

    // A full lunch: `tickets` live orders of every kind, a shelf, closed orders.
    Q_INVOKABLE void fill(int tickets);
    Q_INVOKABLE void clear();
    // A restaurant with stations, and what this display is in it: "prep" (of these stations),
    // "expo" or "runner".
    Q_INVOKABLE void setRole(const QString &role, const QStringList &stations = {});
    // As in the settings: theme, layout, columns, rows, text_percent, language; left out: as it is.
    Q_INVOKABLE void setLook(const QVariantMap &look);
    // "grill off", "fry behind"; none: all are looked after.
    Q_INVOKABLE void setAlarms(const QStringList &alarms);
    Q_INVOKABLE void setCoursesHeld(bool held);
    Q_INVOKABLE void setLink(const QString &state); // live, behind, offline, never, refused
    // A grill's line, a salad with milk in the second course, and one that no rule catches.
    Q_INVOKABLE void placeMixed(const QString &number);
    Q_INVOKABLE void keepOnly(const QString &number);
    Q_INVOKABLE void cook(const QString &number); // all of it, as if at other displays
    Q_INVOKABLE void addLate(const QString &number, const QString &item);
    Q_INVOKABLE void voidLine(const QString &number, const QString &lineId);
    Q_INVOKABLE void cancel(const QString &number, const QString &reason);
    Q_INVOKABLE void prioritise(const QString &number);
    Q_INVOKABLE void say(const QString &number, const QString &message);
    Q_INVOKABLE void refuse(const QString &number);
    Q_INVOKABLE void failNextSubmit() { m_failNext = true; }
    Q_INVOKABLE void advance(int seconds);
    Q_INVOKABLE void forgetWishes();
    Q_INVOKABLE QString statusOf(const QString &number) const;
    // "open", "ready" …, with " seen" when what was to be acknowledged was, and " @station" moved
    // to.
    Q_INVOKABLE QString lineOf(const QString &number, const QString &lineId) const;
    Q_INVOKABLE QString idOf(const QString &number) const;

    Status submit(const KitchenIntent &intent) override;
    void refusalSeen(qint64 n) override;
    void lookFor(const QString &text) override;
    // The hub remembers an order of this number, of three days ago.
    Q_INVOKABLE void rememberOlder(const QString &number);
    // answers, or not: "answers", "waits", "fails"
    Q_INVOKABLE void setSearch(const QString &how) { m_search = how; }

    [[nodiscard]] KdsController *controller() { return &m_controller; }
    [[nodiscard]] QStringList wishes() const { return m_wishes; }
    [[nodiscard]] QStringList log() const { return m_log; }

    // One order, `minutesAgo` old; returns its id.
    QUuid place(const QString &number, std::vector<Item> items, int secondsAgo);
    Result<Unit> apply(const QUuid &id, EventType type, const QJsonObject &payload = {});
    OrderState &edit(const QString &number);

Q_SIGNALS:
    void wishesChanged();

private:
    void show(const QUuid &id);
    void showAll();

    StillClock m_clock;
    QHash<QUuid, OrderState> m_orders;
    QHash<QString, QUuid> m_byNumber;
    qint64 m_pos = 0;
    bool m_failNext = false;
    bool m_unsent = false;
    QString m_linkState;
    KitchenSettings m_settings;
    std::vector<OrderState> m_older;
    QString m_search = QStringLiteral("answers");
    QStringList m_wishes;
    QStringList m_log;
    KdsController m_controller;
    Language m_language{*m_controller.look()};
};

} // namespace cf::kds
