// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/board.h"
#include "shared/protocol/messages.h"

#include <QMetaType>
#include <QSet>

#include <map>
#include <vector>

namespace cf::kds {

// What became different in the orders as shown since the last time it was asked. One per batch.
struct ChangeSet {
    bool reset = false;         // everything may be different: read it all; the lists are empty
    std::vector<QUuid> opened;  // among the open orders now, and was not
    std::vector<QUuid> changed; // open before and after, with something different in it
    std::vector<QUuid> closed;  // was open, is among the recent ones now
    std::vector<QUuid> removed; // was shown, open or recent, and is nowhere now
    bool recentChanged = false; // read the recent ones again
    bool operator==(const ChangeSet &) const = default;

    [[nodiscard]] bool isEmpty() const { return *this == ChangeSet(); }
};

// A command whose answer has not come yet, as far as showing its effect needs it.
struct PendingCommand {
    qint64 n = 0;
    QUuid orderId;
    EventType type = EventType::Unknown;
    QJsonObject payload; // validated
    Timestamp madeAt{};  // hub time
    bool operator==(const PendingCommand &) const = default;
};

enum class EventsOutcome : quint8 {
    Applied,
    WrongPosition, // `prev` is not where this board is: reconnect from the cursor
    Hole,          // an order's earlier event is missing: only a snapshot heals
    Malformed,     // positions that cannot be
};

enum class SnapshotOutcome : quint8 {
    Replaced,
    Differs,   // count or digest are not what the hub says: nothing was replaced
    Malformed, // parts missing, twice, or of another snapshot: nothing was replaced
};

enum class DigestOutcome : quint8 {
    Equal,
    Different,
    NotComparable, // the hub speaks of another position
};

// The display's state: board and cursor, and over them the wishes the hub has not answered yet.
// Sans-IO, one thread. A frame is applied whole or not at all; nothing is applied twice.
//
// *Folded* is what the hub has said. *Shown* is folded with the pending commands applied by the
// hub's own rules, so that a bump shows at once, hub or no hub.
class TicketStore
{
public:
    // From the cache.
    void load(Board board, std::optional<Cursor> cursor);

    [[nodiscard]] const std::optional<Cursor> &cursor() const { return m_cursor; }
    [[nodiscard]] qint64 position() const { return m_cursor ? m_cursor->pos : 0; }
    [[nodiscard]] const Board &folded() const { return m_board; }

    // --- from the hub ---------------------------------------------------------------------------
    EventsOutcome applyEvents(const Events &frame);
    // A snapshot is assembled aside and replaces everything at once, after its digest was checked.
    void beginSnapshot(const QByteArray &epoch);
    [[nodiscard]] bool isInSnapshot() const { return m_snapshot.has_value(); }
    bool addSnapshotPart(SnapPart part); // false: malformed, the snapshot is given up
    SnapshotOutcome endSnapshot(const SnapEnd &end);
    void dropSnapshot() { m_snapshot.reset(); }
    [[nodiscard]] DigestOutcome compare(qint64 pos, int count, const QByteArray &digest) const;

    // --- pending commands -----------------------------------------------------------------------
    void addPending(PendingCommand command);
    // The answer is here: the command's effect is shown until the board has reached `pos`, its
    // event's position (0: it has none, or was refused).
    void settle(qint64 n, qint64 pos);
    [[nodiscard]] bool hasPending(const QUuid &orderId) const;

    // --- as shown -------------------------------------------------------------------------------
    // Pointers hold until the next call that is not const.
    [[nodiscard]] const OrderState *shown(const QUuid &orderId) const; // open or recent
    // shown(), or one of setOlder().
    [[nodiscard]] const OrderState *known(const QUuid &orderId) const;
    [[nodiscard]] std::vector<const OrderState *> shownOpen() const;   // by openedPos
    [[nodiscard]] std::vector<const OrderState *> shownRecent() const; // oldest closed first

    // Orders that have left the board long ago, as the hub has told them when it was asked. They
    // are no part of it, and on no screen, unless something is wished of them.
    void setOlder(const std::vector<OrderState> &orders);

    ChangeSet takeChanges();

    // --- for the cache --------------------------------------------------------------------------
    struct Dirty {
        bool whole = false;  // write the whole board
        QSet<QUuid> orders;  // folded orders that are different now
        bool cursor = false; // the cursor moved
        [[nodiscard]] bool isEmpty() const { return !whole && !cursor && orders.isEmpty(); }
    };
    [[nodiscard]] const Dirty &dirty() const { return m_dirty; }
    void clean() { m_dirty = {}; }

    // --- counts, since the start ----------------------------------------------------------------
    [[nodiscard]] qint64 appliedEvents() const { return m_applied; }
    [[nodiscard]] qint64 duplicateEvents() const { return m_duplicates; }
    [[nodiscard]] qint64 unknownEvents() const { return m_board.unknownEvents(); }

private:
    struct Assembly {
        QByteArray epoch;
        qint64 at = -1;
        int parts = 0;
        int received = 0;
        std::vector<OrderState> orders;
        std::vector<OrderState> recent;
    };
    struct Pending {
        PendingCommand command;
        std::optional<qint64> settledAt;
    };
    enum class Place : quint8 { Nowhere, Open, Recent };

    void replaced();
    void touch(const QUuid &orderId);
    void tell(const QUuid &orderId, ChangeSet &changes);
    void rebuildOverlay(const QUuid &orderId);
    void dropSettled(bool all);
    [[nodiscard]] std::optional<OrderState> overlaid(const QUuid &orderId) const;
    // Of orders that only a wish has brought back.
    [[nodiscard]] std::vector<const OrderState *> broughtBack() const;
    [[nodiscard]] QHash<QUuid, Place> places() const;

    Board m_board;
    std::optional<Cursor> m_cursor;
    std::optional<Assembly> m_snapshot;
    std::map<qint64, Pending> m_pending; // by n
    QHash<QUuid, OrderState> m_older;    // see setOlder()
    QHash<QUuid, OrderState> m_overlay;  // shown orders that differ from the folded ones
    QHash<QUuid, Place> m_told;          // as of the last takeChanges()
    QSet<QUuid> m_touched;
    bool m_reset = false;
    Dirty m_dirty;
    qint64 m_applied = 0;
    qint64 m_duplicates = 0;
};

} // namespace cf::kds

Q_DECLARE_METATYPE(cf::kds::ChangeSet)
