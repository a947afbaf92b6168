// SPDX-License-Identifier: Apache-2.0
#include "kds-app/store/kds_cache.h"
#include "tests/shared/property/board_model.h"
#include "tests/shared/property/property_test.h"
#include "tests/support/seeded_random.h"

#include <QTemporaryDir>

#include <set>

using namespace cf;
using namespace cf::kds;
using namespace cf::prop;

namespace {

const QByteArray epoch(32, 'a');

QByteArray hashAt(qint64 pos)
{
    return QByteArray::number(pos, 16).rightJustified(16, '0');
}

Events frame(const Log &log, qint64 prev, qint64 to)
{
    Events events{1, prev, to, hashAt(to), {}};
    for (qint64 pos = prev + 1; pos <= to; ++pos)
        events.events.push_back(log.at(static_cast<size_t>(pos - 1)).streamed);
    return events;
}

BoardModel modelAt(const Log &log, qint64 pos)
{
    BoardModel model;
    for (qint64 i = 0; i < pos; ++i)
        model.take(log.at(static_cast<size_t>(i)).streamed.event);
    return model;
}

// A snapshot of the log at a position, in some parts.
SnapshotOutcome takeSnapshot(TicketStore &store, const BoardModel &model, qint64 at)
{
    store.beginSnapshot(epoch);
    std::vector<OrderState> open = model.open();
    const int count = static_cast<int>(open.size());
    const int parts = *within(1, 4);
    for (int part = 1; part <= parts; ++part) {
        SnapPart message{1, at, part, parts, {}, {}};
        const auto share = part == parts ? open.size() : open.size() / 2;
        message.orders.assign(open.begin(), open.begin() + static_cast<long>(share));
        open.erase(open.begin(), open.begin() + static_cast<long>(share));
        if (part == parts)
            message.recent = model.recent();
        RC_ASSERT(store.addSnapshotPart(message));
    }
    return store.endSnapshot({1, at, hashAt(at), count, model.digest()});
}

TicketStore emptyStore()
{
    TicketStore store;
    store.load({}, Cursor{epoch, 0, hashAt(0)});
    return store;
}

// What a screen shows that hears of changes only.
class Mirror
{
public:
    void take(const TicketStore &store, const ChangeSet &changes)
    {
        if (changes.reset) {
            m_open.clear();
            for (const OrderState *order : store.shownOpen())
                m_open[order->id] = *order;
            return;
        }
        for (const QUuid &id : changes.opened)
            RC_ASSERT(m_open.emplace(id, *store.shown(id)).second);
        for (const QUuid &id : changes.changed)
            m_open.at(id) = *store.shown(id);
        for (const QUuid &id : changes.closed)
            RC_ASSERT(m_open.erase(id) == 1U);
        for (const QUuid &id : changes.removed)
            m_open.erase(id);
    }

    [[nodiscard]] bool isWhatIsShown(const TicketStore &store) const
    {
        const std::vector<const OrderState *> shown = store.shownOpen();
        return shown.size() == m_open.size()
               && std::all_of(shown.begin(), shown.end(), [this](const OrderState *order) {
                      const auto it = m_open.find(order->id);
                      return it != m_open.end() && it->second == *order;
                  });
    }

private:
    std::map<QUuid, OrderState> m_open;
};

} // namespace

class TestPropertyTickets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyFramesGiveTheSameBoard()
    {
        CF_HOLDS("frames of any size, repeated, skipped or resumed, and snapshots: one board", [] {
            const Log events = *log(40);
            const auto head = static_cast<qint64>(events.size());
            TicketStore store = emptyStore();
            qint64 applied = 0;
            while (store.position() < head) {
                const qint64 from = store.position();
                const qint64 to = *within<qint64>(from, head + 1);
                switch (*rc::gen::weightedElement<int>({{6, 0}, {2, 1}, {2, 2}, {1, 3}})) {
                case 0:
                    RC_ASSERT(store.applyEvents(frame(events, from, to)) == EventsOutcome::Applied);
                    applied += to - from;
                    break;
                case 1: { // from elsewhere: an older connection's, or one with a gap before it
                    const qint64 prev = *within<qint64>(0, head + 1);
                    if (prev == from)
                        break;
                    RC_ASSERT(store.applyEvents(frame(events, prev, head))
                              == EventsOutcome::WrongPosition);
                    RC_ASSERT(store.position() == from);
                    break;
                }
                case 2: { // an event twice in one frame
                    Events twice = frame(events, from, to);
                    if (twice.events.empty())
                        break;
                    twice.events.push_back(twice.events.front());
                    RC_ASSERT(store.applyEvents(twice) == EventsOutcome::Malformed);
                    break;
                }
                default:
                    RC_ASSERT(takeSnapshot(store, modelAt(events, to), to)
                              == SnapshotOutcome::Replaced);
                }
            }
            const BoardModel model = modelAt(events, head);
            RC_ASSERT(model.differenceTo(store.folded()) == std::string());
            RC_ASSERT(store.compare(head, store.folded().count(), model.digest())
                      == DigestOutcome::Equal);
            RC_ASSERT(store.appliedEvents() == applied);
            RC_ASSERT(store.duplicateEvents() == 0);
        });
    }

    void aFrameIsTakenWholeOrNotAtAll()
    {
        CF_HOLDS("a frame with a hole in it changes nothing", [] {
            const Log events = *log(30);
            const auto head = static_cast<qint64>(events.size());
            TicketStore store = emptyStore();
            Events holed = frame(events, 0, head);
            const auto missing = *within<size_t>(0, holed.events.size());
            const QUuid id = holed.events[missing].event.orderId;
            holed.events.erase(holed.events.begin() + static_cast<long>(missing));
            const bool isHealed =
                std::none_of(holed.events.begin() + static_cast<long>(missing), holed.events.end(),
                             [&](const StreamEvent &e) { return e.event.orderId == id; });
            RC_PRE(!isHealed);
            const EventsOutcome outcome = store.applyEvents(holed);
            if (outcome == EventsOutcome::Applied) // a later event brought the whole order
                return;
            RC_ASSERT(outcome == EventsOutcome::Hole);
            RC_ASSERT(store.position() == 0);
            RC_ASSERT(store.folded().count() == 0);
            RC_ASSERT(store.dirty().isEmpty());
        });
    }

    void aSnapshotIsWhatItSays()
    {
        CF_HOLDS("a snapshot that is not what its digest says replaces nothing", [] {
            const Log events = *log(20);
            const auto head = static_cast<qint64>(events.size());
            const BoardModel model = modelAt(events, head);
            TicketStore store = emptyStore();
            store.beginSnapshot(epoch);
            std::vector<OrderState> open = model.open();
            RC_PRE(!open.empty());
            const auto which = *within<size_t>(0, open.size());
            switch (*within(0, 3)) {
            case 0: open.erase(open.begin() + static_cast<long>(which)); break;
            case 1: ++open[which].seq; break;
            default: open[which].status = OrderStatus::Completed;
            }
            RC_ASSERT(store.addSnapshotPart({1, head, 1, 1, open, model.recent()}));
            const auto count = static_cast<int>(model.open().size());
            RC_ASSERT(store.endSnapshot({1, head, hashAt(head), count, model.digest()})
                      == SnapshotOutcome::Differs);
            RC_ASSERT(store.position() == 0);
        });
    }

    void wishesShowUntilTheyAreSettled()
    {
        CF_HOLDS("pending commands, settled in any order, leave the folded board and no trace", [] {
            const Log events = *log(40);
            const auto head = static_cast<qint64>(events.size());
            TicketStore store = emptyStore();
            Mirror mirror;
            std::set<qint64> pending;
            qint64 n = 0;
            const auto settleOne = [&] {
                const auto it =
                    std::next(pending.begin(), *within<long>(0, static_cast<long>(pending.size())));
                // Refused, or its event is somewhere in the log.
                store.settle(*it, *within<qint64>(0, head + 1));
                pending.erase(it);
            };
            while (store.position() < head || !pending.empty()) {
                const int what = *within(0, 3);
                const std::vector<const OrderState *> shown = store.shownOpen();
                if (what == 0 && !shown.empty() && n < 20) {
                    const OrderState &order = **rc::gen::elementOf(shown);
                    const Command wish = *command(order);
                    store.addPending({++n, order.id, wish.type, wish.payload, {}});
                    pending.insert(n);
                } else if (what == 1 && !pending.empty()) {
                    settleOne();
                } else if (store.position() < head) {
                    const qint64 to = *within<qint64>(store.position() + 1, head + 1);
                    RC_ASSERT(store.applyEvents(frame(events, store.position(), to))
                              == EventsOutcome::Applied);
                }
                mirror.take(store, store.takeChanges());
                RC_ASSERT(mirror.isWhatIsShown(store));
            }
            RC_ASSERT(modelAt(events, head).differenceTo(store.folded()) == std::string());
            for (const OrderState *order : store.folded().openOrders()) {
                RC_ASSERT(!store.hasPending(order->id));
                RC_ASSERT(*store.shown(order->id) == *order);
            }
            RC_ASSERT(store.shownOpen().size() == store.folded().openOrders().size());
        });
    }

    void theFileIsTheBoard()
    {
        const QTemporaryDir dir;
        int file = 0;
        CF_HOLDS("what is saved now and then is, when opened again, the board it was", [&] {
            const Log events = *log(20);
            const auto head = static_cast<qint64>(events.size());
            const QString path = dir.filePath(QString::number(++file));
            test::SeededRandom random(1);
            Result<std::unique_ptr<KdsCache>> cache = KdsCache::open(path, Timestamp(), random);
            RC_ASSERT(cache.has_value());
            TicketStore store = emptyStore();
            while (store.position() < head) {
                const qint64 to = *within<qint64>(store.position() + 1, head + 1);
                if (*within(0, 5) == 0)
                    (void)takeSnapshot(store, modelAt(events, to), to);
                else
                    (void)store.applyEvents(frame(events, store.position(), to));
                if (store.position() < head && *rc::gen::arbitrary<bool>())
                    continue; // not yet
                CacheWrite write;
                write.tickets = &store;
                RC_ASSERT((*cache)->save(write).has_value());
                store.clean();
            }
            cache = KdsCache::open(path, Timestamp(), random);
            RC_ASSERT(cache.has_value());
            RC_ASSERT((*cache)->report().isEmpty());
            const CachedKitchen loaded = (*cache)->takeLoaded();
            RC_ASSERT(loaded.cursor == store.cursor());
            RC_ASSERT(modelAt(events, head).differenceTo(loaded.board) == std::string());
        });
    }
};

QTEST_GUILESS_MAIN(TestPropertyTickets)
#include "test_property_tickets.moc"
