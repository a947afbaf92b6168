// SPDX-License-Identifier: Apache-2.0
// The display's own file, damaged. A first byte below 0x80: the rest are edits of a sound file (see
// edited()); else the rest is the whole file. It opens, or says that the place cannot be used; what
// it opened with is there when it is opened again, and the damaged file has not been lost.
#include "kds-app/store/kds_cache.h"
#include "shared/base/limits.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded_random.h"

#include <QDir>
#include <QFile>

namespace cf::fuzz {

using namespace cf::kds;

namespace {

QString path()
{
    return scratch() + QStringLiteral("/kitchen.db");
}

OrderEvent placed(int n)
{
    OrderEvent event;
    event.pos = n;
    event.seq = 1;
    event.type = EventType::OrderPlaced;
    event.orderId = QUuid(static_cast<uint>(n), 2, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);
    event.payload = {{QStringLiteral("number"), QString::number(n)}};
    return event;
}

// A file with some orders and a command that was answered and one that was not.
QByteArray soundFile()
{
    emptyScratch();
    test::SeededRandom random(1);
    {
        auto cache = KdsCache::open(path(), Timestamp(), random);
        CF_DEMAND(cache.has_value());
        TicketStore tickets;
        tickets.load({}, Cursor{QByteArray(32, 'a'), 0, QByteArray(16, '0')});
        Events frame{1, 0, 3, QByteArray(16, '3'), {}};
        for (int n = 1; n <= 3; ++n)
            frame.events.push_back({placed(n), std::nullopt});
        CF_DEMAND(tickets.applyEvents(frame) == EventsOutcome::Applied);
        CacheWrite write;
        write.tickets = &tickets;
        write.outboxNext = 3;
        for (int n = 1; n <= 2; ++n) {
            OutboxEntry &entry = write.outbox.emplace_back();
            entry.command.n = n;
            entry.command.orderId = placed(1).orderId;
            entry.command.type = QStringLiteral("order_paid");
        }
        write.outbox[0].result = CommandResult{1, CommandStatus::Noop, 0, 0, {}, {}, {}};
        CF_DEMAND((*cache)->save(write).has_value());
    }
    QFile file(path());
    CF_DEMAND(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

bool isSame(const CachedKitchen &a, const CachedKitchen &b)
{
    return a.deviceId == b.deviceId && a.cursor == b.cursor && a.outbox == b.outbox
           && a.outboxNext == b.outboxNext && a.board.digest() == b.board.digest()
           && a.board.count() == b.board.count();
}

} // namespace

void run(QByteArrayView input)
{
    static const QByteArray pristine = soundFile();
    if (input.isEmpty() || input.size() > 64 * 1024)
        return;
    const bool isEdits = static_cast<uchar>(input.front()) < 0x80;
    const QByteArray bytes =
        isEdits ? edited(pristine, input.sliced(1)) : input.sliced(1).toByteArray();
    emptyScratch();
    QFile file(path());
    CF_DEMAND(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    test::SeededRandom random(2);
    auto first = KdsCache::open(path(), Timestamp(), random);
    if (!first)
        return;
    const CachedKitchen loaded = (*first)->takeLoaded();
    CF_DEMAND(!loaded.deviceId.isEmpty());
    for (const OutboxEntry &entry : loaded.outbox)
        CF_DEMAND(entry.command.n >= 1);
    const bool wasSetAside = !(*first)->report().isEmpty();
    const auto aside = QDir(scratch()).entryList({QStringLiteral("*.damaged-*")}, QDir::Files);
    CF_DEMAND(!wasSetAside || !aside.isEmpty());
    first->reset();
    auto again = KdsCache::open(path(), Timestamp(), random);
    CF_DEMAND(again.has_value() && (*again)->report().isEmpty());
    CF_DEMAND(isSame((*again)->takeLoaded(), loaded));
}

} // namespace cf::fuzz
