// SPDX-License-Identifier: Apache-2.0
#include "hub/ctl/commands.h"
#include "hub/ctl/event_text.h"
#include "hub/ctl/output.h"
#include "hub/log/sqlite_event_reader.h"
#include "shared/base/ids.h"
#include "shared/protocol/json_codec.h"

namespace cf::hub {

namespace {

// Other orders with the same number that are worth naming.
constexpr int sameNumberMax = 10;

QString idText(const QUuid &id)
{
    return QString::fromLatin1(uuidText(id));
}

// The order meant by an id or a number; of several with that number the newest, and a word about
// the others, because numbers start again each day.
Result<std::optional<QUuid>> findOrder(SqliteEventReader &reader, const QString &wanted)
{
    if (const std::optional<QUuid> id = parseUuid(wanted))
        return id;
    const Result<std::vector<QUuid>> found = reader.ordersByNumber(wanted, sameNumberMax + 1);
    if (!found)
        return found.error();
    if (found->empty())
        return std::optional<QUuid>();
    for (size_t i = 1; i < found->size() && i <= sameNumberMax; ++i) {
        const QString earlier = idText((*found)[i]);
        complain(QStringLiteral("an earlier order had that number too: %1").arg(earlier));
    }
    return std::optional(found->front());
}

bool printTimeline(const std::vector<OrderEvent> &events, bool json)
{
    if (json) {
        for (const OrderEvent &event : events) {
            if (!printJson(eventToJson(event, EventView::Whole)))
                return false;
        }
        return true;
    }
    if (const std::optional<OrderState> whole = foldOrder(events))
        printLine(orderLine(*whole));
    OrderState order;
    for (const OrderEvent &event : events) {
        applyEvent(order, event);
        if (!printLine(eventLine(event, &order)))
            return false;
    }
    return true;
}

} // namespace

int runTimeline(const CommandLine &line)
{
    const Result<std::unique_ptr<SqliteEventReader>> reader = SqliteEventReader::open(line.logPath);
    if (!reader) {
        complain(reader.error().detail);
        return exitFailed;
    }
    const Result<std::optional<QUuid>> id = findOrder(**reader, line.order);
    if (!id) {
        complain(id.error().detail);
        return exitFailed;
    }
    const Result<std::vector<OrderEvent>> events =
        *id ? (*reader)->orderEvents(**id, 0) : Result(std::vector<OrderEvent>());
    if (!events) {
        complain(events.error().detail);
        return exitFailed;
    }
    if (events->empty()) {
        complain(QStringLiteral("no order \"%1\" in %2").arg(printable(line.order), line.logPath));
        return exitFound;
    }
    return printTimeline(*events, line.json) ? exitFine : exitFailed;
}

} // namespace cf::hub
