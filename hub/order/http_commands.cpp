// SPDX-License-Identifier: Apache-2.0
#include "hub/order/answers.h"
#include "hub/order/batch.h"
#include "hub/order/bounded_decide.h"
#include "shared/base/mutant.h"
#include "shared/protocol/canonical_json.h"

#include <QDateTime>
#include <QJsonArray>

namespace cf::hub {

namespace {

using ScopedKey = std::pair<QByteArray, QByteArray>;

// Under what a request to place an order is known again.
std::vector<ScopedKey> keysOf(const PlaceOrder &request)
{
    std::vector<ScopedKey> keys;
    if (!request.idempotencyKey.isEmpty())
        keys.emplace_back(QByteArrayLiteral("idem"), request.idempotencyKey);
    const OrderState &order = request.request.order;
    if (!order.sourceName.isEmpty() && !order.externalId.isEmpty()
        && !isPlanted(Mutant::SourceKeyForgotten)) {
        const QJsonArray pair = {order.sourceName, order.externalId};
        keys.emplace_back(QByteArrayLiteral("source"), canonicalJson(QJsonValue(pair)));
    }
    return keys;
}

QString localDay(Timestamp now)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count());
    return local.date().toString(Qt::ISODate);
}

Answer applied(QByteArray body, const OrderState &order)
{
    Answer answer;
    answer.outcome = Outcome::Applied;
    answer.current = currentOf(order);
    answer.body = std::move(body);
    return answer;
}

} // namespace

Answer OrderService::place(Batch &batch, PlaceOrder request, const Actor &actor)
{
    std::vector<ScopedKey> unseen;
    std::optional<CommandRecord> first;
    for (ScopedKey &key : keysOf(request)) {
        Result<std::optional<CommandRecord>> found = batch.command(key.first, key.second);
        if (!found)
            return storageRefusal();
        if (!*found)
            unseen.push_back(std::move(key));
        else if ((*found)->fingerprint != request.fingerprint)
            return replayOrMismatch(**found, request.fingerprint);
        else
            first = std::move(*found);
    }
    const auto recordUnseen = [&](const QByteArray &body) {
        for (const ScopedKey &key : unseen)
            batch.record(CommandRecord{key.first, key.second, request.fingerprint, body});
    };
    if (first) { // known by one key: from now on by all of them
        recordUnseen(first->answer);
        return replay(*first);
    }
    OrderState order = std::move(request.request.order);
    if (order.number.isEmpty())
        order.number = nextNumber(batch);
    const EventDrafts drafts = decidePlaced(order, request.request.payment);
    OrderState blank;
    blank.id = makeUuidV7(m_clock.now(), m_random);
    const Batch::Staged staged = batch.stage(std::move(blank), drafts, actor);
    const QByteArray token = randomHex(16, m_random);
    batch.record(TrackerRecord{token, staged.order.id});
    const QByteArray body = placedBody(staged.order, token);
    recordUnseen(body);
    return applied(body, staged.order);
}

// Numbers restart each local day; one that an open order still bears is left out, because a cook
// calls numbers, not ids.
QString OrderService::nextNumber(Batch &batch)
{
    const QString today = localDay(m_clock.now());
    if (!batch.dayNumber || batch.dayNumber->day != today)
        batch.dayNumber = DayNumber{today, 0};
    QString number;
    do {
        number = QString::number(++batch.dayNumber->last);
    } while (m_openNumbers.contains(number) || batch.hasNumber(number));
    return number;
}

Answer OrderService::append(Batch &batch, const AppendEvent &request, const Actor &actor)
{
    const Command &command = request.command;
    const QByteArray scope = "cmd:" + uuidText(command.orderId);
    if (!request.commandId.isEmpty()) {
        const Result<std::optional<CommandRecord>> found = batch.command(scope, request.commandId);
        if (!found)
            return storageRefusal();
        if (*found)
            return replayOrMismatch(**found, request.fingerprint);
    }
    const Result<const OrderState *> found = batch.order(command.orderId);
    if (!found)
        return storageRefusal();
    const OrderState *order = *found;
    if (!order)
        return refusal(unknownOrder(command.orderId));
    const Result<EventDrafts> drafts = decideBounded(*order, command);
    if (!drafts)
        return refusal(drafts.error(), order);
    if (drafts->empty())
        return refusal(alreadySo(*order, command.type), order);
    const Batch::Staged staged = batch.stage(*order, *drafts, actor);
    const QByteArray body = appendedBody(staged.first, staged.order);
    if (!request.commandId.isEmpty())
        batch.record(CommandRecord{scope, request.commandId, request.fingerprint, body});
    return applied(body, staged.order);
}

} // namespace cf::hub
