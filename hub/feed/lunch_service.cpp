// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/lunch_service.h"

#include "shared/order/order_status.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <QTimer>

#include <algorithm>

namespace cf::feed {

namespace {

using namespace std::chrono_literals;
using L1 = QLatin1StringView;

constexpr auto graceMax = 10'000ms;
// Without an end, one lunch follows the other.
constexpr auto endlessService = std::chrono::hours(2);

std::chrono::milliseconds serviceLength(const Options &options)
{
    if (options.duration.count() > 0)
        return options.duration;
    return std::chrono::duration_cast<std::chrono::milliseconds>(endlessService);
}

PlanOptions planOptions(const Options &options)
{
    PlanOptions plan;
    plan.seed = options.seed;
    plan.run = options.run;
    plan.cook = options.cook;
    plan.speed = options.speed;
    return plan;
}

QByteArray stepBody(const PlannedStep &step)
{
    return canonicalJson(QJsonObject{
        {L1("type"), eventTypeName(step.type)},
        {L1("payload"), step.payload},
        {L1("command_id"), QString::fromLatin1(step.commandId)},
        {L1("actor"), actorToJson(step.actor, EventView::Stream)},
    });
}

} // namespace

struct LunchService::LiveOrder {
    PlannedOrder plan;
    QString id;
    std::chrono::milliseconds acknowledged{}; // on m_clock
    size_t next = 0;
};

LunchService::LunchService(const Menu &menu, const Options &options, Tokens tokens, Tally &tally,
                           QObject *parent)
    : QObject(parent), m_options(options), m_tokens(std::move(tokens)), m_tally(tally),
      m_poster(options.hub, options.seed), m_generator(menu, planOptions(options)),
      m_arrivals(options.perMinute, serviceLength(options), options.seed)
{
    connect(&m_poster, &HttpPoster::retried, this, [this] { m_tally.noteRetry(); });
}

void LunchService::start()
{
    m_clock.start();
    if (m_options.duration.count() > 0)
        QTimer::singleShot(m_options.duration, this, &LunchService::stop);
    arriveNext();
}

void LunchService::stop()
{
    if (m_stopping)
        return;
    m_stopping = true;
    // A hub that never answered will not begin now.
    QTimer::singleShot(wasReached() ? graceMax : 0ms, this, [this] { m_poster.giveUp(); });
    finishIfDone();
}

void LunchService::arriveNext()
{
    const std::chrono::milliseconds now(m_clock.elapsed());
    const std::chrono::milliseconds wait = std::max(m_arrivals.next() - now, 0ms);
    QTimer::singleShot(wait, Qt::PreciseTimer, this, [this] {
        if (m_stopping)
            return;
        place(m_placed++);
        arriveNext();
    });
}

void LunchService::place(int index)
{
    const auto live = std::make_shared<LiveOrder>();
    live->plan = m_generator.make(index);
    const PostRequest request{QStringLiteral("/v1/orders"), canonicalJson(live->plan.body),
                              m_tokens.orders, live->plan.idempotencyKey};
    m_poster.post(request, [this, live](const PostAnswer &answer) { onPlaced(live, answer); });
}

void LunchService::onPlaced(const std::shared_ptr<LiveOrder> &live, const PostAnswer &answer)
{
    if (!answer.accepted()) {
        noteFailure(answer);
    } else {
        Acknowledged order;
        order.orderId = live->id = answer.body.value(L1("order_id")).toString();
        order.number = answer.body.value(L1("number")).toString();
        order.trackerToken = answer.body.value(L1("tracker_token")).toString();
        order.seq = answer.body.value(L1("seq")).toInt();
        order.pos = answer.body.value(L1("pos")).toInteger();
        m_tally.noteOrder(order, answer.milliseconds);
        live->acknowledged = std::chrono::milliseconds(m_clock.elapsed());
        scheduleStep(live);
    }
    finishIfDone();
}

void LunchService::scheduleStep(const std::shared_ptr<LiveOrder> &live)
{
    if (m_stopping || live->next >= live->plan.steps.size())
        return;
    const std::chrono::milliseconds now(m_clock.elapsed());
    const auto due = live->acknowledged + live->plan.steps.at(live->next).at;
    QTimer::singleShot(std::max(due - now, 0ms), this, [this, live] { postStep(live); });
}

void LunchService::postStep(const std::shared_ptr<LiveOrder> &live)
{
    if (m_stopping)
        return;
    const QString path = QStringLiteral("/v1/orders/%1/events").arg(live->id);
    const PostRequest request{path, stepBody(live->plan.steps.at(live->next)), m_tokens.events, {}};
    m_poster.post(request, [this, live](const PostAnswer &answer) { onStep(live, answer); });
}

void LunchService::onStep(const std::shared_ptr<LiveOrder> &live, const PostAnswer &answer)
{
    const PlannedStep &step = live->plan.steps.at(live->next++);
    bool over = false;
    if (answer.accepted()) {
        // Somebody at a display was faster: nothing was appended, and there is nothing to count.
        if (answer.body.value(L1("event")).isObject()) {
            Acknowledged event;
            event.orderId = live->id;
            event.type = eventTypeName(step.type);
            event.seq = answer.body.value(L1("seq")).toInt();
            event.pos = answer.body.value(L1("pos")).toInteger();
            m_tally.noteEvent(event, answer.milliseconds);
        }
    } else {
        noteFailure(answer);
        const QJsonObject current = answer.body.value(L1("current")).toObject();
        const auto status = orderStatusFromName(current.value(L1("status")).toString());
        over = answer.status == 404 || (status && !isOpen(*status));
    }
    if (!over)
        scheduleStep(live);
    finishIfDone();
}

void LunchService::noteFailure(const PostAnswer &answer)
{
    if (answer.status == 0) {
        m_tally.noteUnanswered();
        return;
    }
    const QString code = answer.body.value(L1("code")).toString();
    m_tally.noteRefused(code.isEmpty() ? QStringLiteral("http_%1").arg(answer.status) : code);
}

void LunchService::finishIfDone()
{
    if (!m_stopping || m_finished || m_poster.outstanding() > 0)
        return;
    m_finished = true;
    Q_EMIT finished();
}

} // namespace cf::feed
