// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/key_map.h"
#include "shared/base/clock.h"

#include <QPointer>

namespace cf::kds {

class KdsController;
class TicketLinesModel;

// The board without touch: which ticket, and in item mode which line, the keys are about, and what
// they do to it. Digits name the tickets of the page: 1 to 9, then 0 and a digit for 10 to 19.
// Nothing named: the page's first.
//
// The guard: what a key would bump only since a moment ago is not bumped, nor the same again at
// once: the key was meant for what was there before, or bounced. What is not on the page is never
// bumped.
class BumpBar : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes it")
    Q_PROPERTY(cf::kds::KeyMap *keys READ keys CONSTANT FINAL)
    Q_PROPERTY(bool used READ isUsed NOTIFY changed FINAL) // numbers are worth showing
    Q_PROPERTY(QString selectedOrder READ selectedOrder NOTIFY changed FINAL)
    Q_PROPERTY(QString selectedLine READ selectedLine NOTIFY changed FINAL) // in item mode
    Q_PROPERTY(bool itemMode READ itemMode NOTIFY changed FINAL)
    Q_PROPERTY(bool digitsBump READ digitsBump WRITE setDigitsBump NOTIFY changed FINAL)
    Q_PROPERTY(bool guard READ hasGuard WRITE setGuard NOTIFY changed FINAL)

public:
    BumpBar(KdsController &controller, const Clock &clock, QObject *parent = nullptr);

    Q_INVOKABLE void press(cf::kds::KeyMap::Action action);
    // The rows of the tickets that the page shows.
    Q_INVOKABLE void setPage(int first, int count);

    [[nodiscard]] KeyMap *keys() { return &m_keys; }
    [[nodiscard]] bool isUsed() const { return m_isUsed; }
    [[nodiscard]] QString selectedOrder() const { return m_order; }
    [[nodiscard]] QString selectedLine() const { return m_line; }
    [[nodiscard]] bool itemMode() const { return m_itemMode; }
    // A digit bumps its ticket at once; else it names it, for the key after it.
    [[nodiscard]] bool digitsBump() const { return m_digitsBump; }
    void setDigitsBump(bool bump);
    [[nodiscard]] bool hasGuard() const { return m_hasGuard; }
    void setGuard(bool guard);

Q_SIGNALS:
    void changed();
    void pageTurned(int by);
    void recallRequested();
    void allDayRequested();
    void menuRequested(const QString &orderId, const QString &number);
    void moveRequested(const QString &orderId, const QString &lineId, const QString &name);

private:
    void onTicketsChanged();
    void onDigit(int digit);
    void nameSlot(int slot);
    void bump();
    void turn(int by);
    void step(int by);
    void stepLine(int by);
    [[nodiscard]] bool isThere(const QString &lineId) const;
    void toggleItemMode();
    void openMenu();
    void close();
    void select(const QString &orderId);
    [[nodiscard]] int rowOf(const QString &orderId) const;
    [[nodiscard]] QString orderAt(int row) const;
    [[nodiscard]] QString target() const; // selected, or the page's first
    bool leaveWhatIsNotSeen();
    [[nodiscard]] bool isTooSoon(Monotonic since) const;
    [[nodiscard]] TicketLinesModel *lines() const;

    KdsController &m_controller;
    const Clock &m_clock;
    KeyMap m_keys;
    int m_first = 0;
    int m_count = 0;
    bool m_isUsed = false;
    bool m_itemMode = false;
    bool m_digitsBump = false;
    bool m_hasGuard = true;
    bool m_hasZero = false; // a 0 was pressed: a second digit follows
    QString m_order;
    QString m_line;
    QString m_target;
    Monotonic m_targetSince{};
    QString m_bumped; // last, until a digit names one anew
    Monotonic m_bumpedAt{};
    int m_bumpedSlot = 0; // where digits bump
};

} // namespace cf::kds
