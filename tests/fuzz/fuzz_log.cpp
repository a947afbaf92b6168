// SPDX-License-Identifier: Apache-2.0
// A log file that somebody has changed. The input are edits of a sound one (see edited()). The
// verifier comes to an end; what it calls sound has every event that was written, as it was
// written.
#include "hub/log/sqlite_event_log.h"
#include "hub/log/sqlite_event_reader.h"
#include "hub/log/verifier.h"
#include "hub/order/order_service.h"
#include "shared/base/limits.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/fake_clock.h"
#include "tests/support/seeded_random.h"

#include <QFile>

namespace cf::fuzz {

using namespace cf::hub;

namespace {

QString path()
{
    return scratch() + QStringLiteral("/counterfire.db");
}

struct Sound {
    QByteArray bytes;
    LogHead head;
};

OpenOptions options()
{
    OpenOptions options;
    options.newRestaurantId = QStringLiteral("r1");
    return options;
}

Request placing(int n)
{
    PlaceOrder place;
    place.request.order.number = QString::number(n);
    Item &item = place.request.order.lines.emplace_back().item;
    item.lineId = QStringLiteral("1");
    item.name = QStringLiteral("Dish");
    place.request.payment = Payment();
    place.idempotencyKey = QByteArray::number(n);
    return {std::move(place), {}};
}

Sound soundLog()
{
    emptyScratch();
    Sound sound;
    const test::FakeClock clock;
    test::SeededRandom random(1);
    {
        auto log = SqliteEventLog::open(path(), options(), clock, random);
        CF_DEMAND(log.has_value());
        OrderService service(**log, clock, random);
        CF_DEMAND(service.load().has_value());
        CF_DEMAND(!service.handle({placing(1), placing(2), placing(3)}).storageFailed);
        sound.head = (*log)->head();
    }
    QFile file(path());
    CF_DEMAND(file.open(QIODevice::ReadOnly));
    sound.bytes = file.readAll();
    return sound;
}

} // namespace

void run(QByteArrayView input)
{
    static const Sound sound = soundLog();
    if (input.size() > 4096)
        return;
    emptyScratch();
    const QByteArray bytes = edited(sound.bytes, input);
    QFile file(path());
    CF_DEMAND(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    const Result<VerifyReport> report = verifyLog(path());
    if (report) {
        CF_DEMAND(report->problems.size() <= size_t(limits::verifyProblemsMax));
        CF_DEMAND(!report->isSound() || report->head.chain == sound.head.chain);
    }
    if (bytes == sound.bytes)
        CF_DEMAND(report && report->isSound());
    // A hub that finds such a file either refuses it or starts; it never fails half way.
    const test::FakeClock clock;
    test::SeededRandom random(2);
    auto log = SqliteEventLog::open(path(), options(), clock, random);
    if (!log)
        return;
    OrderService service(**log, clock, random);
    (void)service.load();
}

} // namespace cf::fuzz
