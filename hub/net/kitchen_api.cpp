// SPDX-License-Identifier: Apache-2.0
#include "hub/net/board_json.h"
#include "hub/net/json_pieces.h"
#include "hub/net/kitchen_session.h"
#include "hub/net/long_poll.h"
#include "hub/net/order_lookup.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/order/answers.h"
#include "hub/stream/resume.h"
#include "shared/protocol/json_codec.h"
#include "shared/protocol/message_names.h"

#include <algorithm>

namespace cf::hub {

namespace {

Actor displayActor(const ExchangePtr &exchange)
{
    Actor actor = actorOf(exchange->caller, exchange->request);
    actor.kind = ActorKind::Kitchen;
    return actor;
}

QString textParameter(const HttpRequest &request, QByteArrayView name, qsizetype lengthMax)
{
    return QString::fromUtf8(request.parameter(name).value_or(QByteArray())).left(lengthMax);
}

// An event stream cannot acknowledge, so it is no device that others could wait for: its progress
// is the socket's. What it says of itself is only a name.
Hello streamHello(const HttpRequest &request)
{
    Hello hello;
    hello.name = textParameter(request, "name", limits::deviceNameLengthMax);
    if (hello.name.isEmpty())
        hello.name = textParameter(request, "device", limits::deviceNameLengthMax);
    QByteArray since = request.header("last-event-id");
    if (since.isEmpty())
        since = request.parameter("since").value_or(QByteArray());
    hello.cursor = parseCursor(since);
    hello.settings = request.parameter("settings");
    hello.alarms = request.parameter("alarms");
    return hello;
}

// One poll: what it asked, and how far it got.
struct Poll {
    Services &services;
    ExchangePtr exchange;
    Cursor since;
    int limit = limits::pollEventsDefault;
    bool mayWait = true;
    std::optional<qint64> outboxLast = {};   // of the device that asks
    std::optional<QByteArray> settings = {}; // the id of those that it holds
    std::optional<QByteArray> alarms = {};   // likewise
};

struct Page {
    qint64 pos = 0; // after it
    QByteArray h;
    std::vector<QByteArray> events;
};

void snapshotRequired(const Poll &poll, const QString &why)
{
    poll.exchange->reply(problemResponse(ErrorCode::SnapshotRequired, why));
}

// count and digest are the board's at the head: they belong to the cursor when `more` is false.
void replyPage(const Poll &poll, const Page &page)
{
    OrderHub &hub = poll.services.backend.hub();
    const bool more = page.pos < hub.head().pos;
    QByteArray json = "{\"count\":" + QByteArray::number(hub.board().count()) + ",\"cursor\":\""
                      + Cursor{poll.since.epoch, page.pos, page.h}.text() + "\",\"digest\":\""
                      + hub.digest() + "\",\"events\":";
    appendJsonArray(json, page.events);
    json.append(more ? ",\"more\":true" : ",\"more\":false");
    if (poll.outboxLast)
        json.append(",\"outbox_last\":").append(QByteArray::number(*poll.outboxLast));
    if (poll.settings && *poll.settings != hub.settingsId())
        json.append(",\"settings\":").append(settingsBody(hub.settings()));
    if (poll.alarms && *poll.alarms != hub.alarmsId())
        json.append(",\"alarms\":").append(hub.alarms());
    json.append('}');
    poll.exchange->reply(jsonResponse(std::move(json)));
}

void replyFromTail(const Poll &poll)
{
    Page page{poll.since.pos, poll.since.h, {}};
    const auto events =
        poll.services.backend.hub().tailAfter(poll.since.pos, poll.limit, limits::frameBytesMax);
    for (const TailEvent *event : events) {
        page.events.push_back(event->encoded);
        page.pos = event->pos;
        page.h = event->h;
    }
    replyPage(poll, page);
}

Result<Page> readPage(EventReader &reader, const NeedEvents &need, const Cursor &since,
                      const StreamBounds &bounds)
{
    const NeedCheck check{need.after, need.upTo};
    const GapCheck gap = checkGap(reader, check);
    if (gap.failed)
        return Error{ErrorCode::StorageFailed, QStringLiteral("the log could not be read")};
    const ResumePlan plan = judgeCheck(since, gap.chain, gap.bytes, bounds);
    if (plan.kind != ResumePlan::Kind::Resume)
        return Error{ErrorCode::SnapshotRequired,
                     QStringLiteral("the cursor cannot be continued: %1")
                         .arg(snapshotReasonName(plan.reason))};
    const ReplayRead read = readReplay(reader, need);
    if (read.failed)
        return Error{ErrorCode::StorageFailed, QStringLiteral("the log could not be read")};
    Page page{since.pos, since.h, {}};
    for (const ReplayEvent &one : read.events) {
        page.events.push_back(encodeStreamEvent(one.event, one.whole ? &*one.whole : nullptr));
        page.pos = one.event.pos;
        page.h = chainPrefix(one.chain);
    }
    return page;
}

void replyFromLog(const Poll &poll)
{
    const NeedEvents need{poll.since.pos, poll.services.backend.hub().head().pos, poll.limit,
                          limits::frameBytesMax};
    readLog<Page>(
        poll.services,
        [need, since = poll.since, bounds = poll.services.backend.hub().bounds()](
            EventReader &reader) { return readPage(reader, need, since, bounds); },
        [poll](const Result<Page> &page) {
            if (!page)
                poll.exchange->reply(problemResponse(page.error()));
            else if (poll.services.backend.hub().head().epoch != poll.since.epoch)
                snapshotRequired(poll, QStringLiteral("the log has a new epoch"));
            else
                replyPage(poll, *page);
        });
}

// A cursor ahead of the log waits for the new epoch, so that it never goes back within one.
struct Renewal {
    Services &services;
    ExchangePtr exchange;
    Cursor since;
    Monotonic until;
    std::function<void()> answer; // called when it is no longer ahead
};

void awaitRenewal(const Renewal &renewal)
{
    Services &services = renewal.services;
    if (planResume(services.backend.hub(), renewal.since).kind != ResumePlan::Kind::Renew) {
        renewal.answer();
        return;
    }
    const auto left = renewal.until - services.backend.clock().monotonic();
    if (left <= left.zero() || services.stopping) {
        renewal.exchange->reply(
            problemResponse(ErrorCode::Unavailable,
                            QStringLiteral("the log's new epoch could not be written yet")));
        return;
    }
    const auto watch = [](OrderHub &hub, std::function<void()> callback) {
        return hub.watchBoard(std::move(callback));
    };
    holdRequest(services, renewal.exchange, left, watch, [renewal] { awaitRenewal(renewal); });
}

// False: there is nothing to wait for.
bool waitForRenewal(Services &services, const ExchangePtr &exchange, const Cursor &since,
                    std::function<void()> answer)
{
    OrderHub &hub = services.backend.hub();
    if (planResume(hub, since).kind != ResumePlan::Kind::Renew || !hub.reportBehind(since))
        return false;
    const Monotonic until = services.backend.clock().monotonic() + limits::noProgressMax;
    awaitRenewal({services, exchange, since, until, std::move(answer)});
    return true;
}

// A display that says so is looked after like one that listens. Only of this log: its positions
// mean nothing in another.
void notePolled(const Poll &poll)
{
    const HttpRequest &request = poll.exchange->request;
    DisplayInfo display;
    display.device = textParameter(request, "display", limits::deviceIdLengthMax);
    display.name = textParameter(request, "name", limits::deviceNameLengthMax);
    display.pos = poll.since.pos;
    display.shown = request.parameter("shown").value_or(QByteArray()).toLongLong();
    display.shown = std::clamp<qint64>(display.shown, 0, display.pos);
    poll.services.backend.hub().notePolled(display);
}

void answerPoll(Poll poll)
{
    OrderHub &hub = poll.services.backend.hub();
    if (waitForRenewal(poll.services, poll.exchange, poll.since, [poll] { answerPoll(poll); }))
        return;
    const ResumePlan plan = planResume(hub, poll.since);
    if (plan.kind == ResumePlan::Kind::Renew || plan.kind == ResumePlan::Kind::Snapshot) {
        snapshotRequired(poll, QStringLiteral("the cursor cannot be continued: %1")
                                   .arg(snapshotReasonName(plan.reason)));
        return;
    }
    if (poll.mayWait) // not again when the wait is over: it may have gone meanwhile
        notePolled(poll);
    const auto wait = waitOf(poll.exchange->request, poll.services.config.limits);
    const bool isNew = poll.since.pos != hub.head().pos
                       || (poll.settings && *poll.settings != hub.settingsId())
                       || (poll.alarms && *poll.alarms != hub.alarmsId());
    if (poll.mayWait && wait.count() > 0 && !isNew && !poll.services.stopping) {
        poll.mayWait = false;
        const auto watch = [](OrderHub &board, std::function<void()> callback) {
            return board.watchBoard(std::move(callback));
        };
        holdRequest(poll.services, poll.exchange, wait, watch, [poll] { answerPoll(poll); });
        return;
    }
    if (plan.kind == ResumePlan::Kind::Resume)
        replyFromTail(poll);
    else
        replyFromLog(poll);
}

// Calls `reply` with the number of the last command that the log has of `?device=`; at once, with
// nullopt, where none is named.
void withOutboxLast(Services &services, const ExchangePtr &exchange,
                    const std::function<void(std::optional<qint64>)> &reply)
{
    const QString device = textParameter(exchange->request, "device", limits::deviceIdLengthMax);
    if (device.isEmpty()) {
        reply(std::nullopt);
        return;
    }
    readLog<qint64>(
        services, [device](EventReader &reader) { return reader.lastDeviceCommand(device); },
        [exchange, reply](const Result<qint64> &last) {
            if (last)
                reply(*last);
            else
                exchange->reply(problemResponse(last.error()));
        });
}

} // namespace

void getKitchenStream(Services &services, const ExchangePtr &exchange)
{
    const HttpRequest &request = exchange->request;
    const Actor actor = displayActor(exchange);
    if (request.isWebSocketUpgrade() && !request.isHead()) {
        exchange->upgrade([&services, actor](Channel &channel) {
            return std::make_shared<KitchenSession>(services, channel, StreamFraming::WebSocket,
                                                    actor, std::nullopt);
        });
        return;
    }
    if (!request.accepts("text/event-stream")) {
        exchange->reply(
            problemResponse(ErrorCode::UpgradeRequired,
                            QStringLiteral("ask for a WebSocket, or accept text/event-stream")));
        return;
    }
    if (request.isHead()) {
        exchange->reply(textResponse({}, "text/event-stream"));
        return;
    }
    exchange->streamEvents([&services, actor, hello = streamHello(request)](Channel &channel) {
        return std::make_shared<KitchenSession>(services, channel, StreamFraming::EventStream,
                                                actor, hello);
    });
}

void getKitchenEvents(Services &services, const ExchangePtr &exchange)
{
    const HttpRequest &request = exchange->request;
    const std::optional<Cursor> since =
        parseCursor(request.parameter("since").value_or(QByteArray()));
    Poll poll{services, exchange, since.value_or(Cursor{})};
    if (!since) {
        snapshotRequired(poll, QStringLiteral("?since= is not a cursor"));
        return;
    }
    bool ok = false;
    const int limit = request.parameter("limit").value_or(QByteArray()).toInt(&ok);
    if (ok)
        poll.limit = std::clamp(limit, 1, limits::pollEventsMax);
    poll.settings = request.parameter("settings");
    poll.alarms = request.parameter("alarms");
    withOutboxLast(services, exchange, [poll](std::optional<qint64> last) mutable {
        poll.outboxLast = last;
        answerPoll(poll);
    });
}

void getKitchenSnapshot(Services &services, const ExchangePtr &exchange)
{
    const std::optional<Cursor> since =
        parseCursor(exchange->request.parameter("since").value_or(QByteArray()));
    withOutboxLast(services, exchange, [&services, exchange, since](std::optional<qint64> last) {
        const auto answer = [&services, exchange, last] {
            exchange->reply(jsonResponse(boardJson(services, true, last)));
        };
        if (!since || !waitForRenewal(services, exchange, *since, answer))
            answer();
    });
}

} // namespace cf::hub
