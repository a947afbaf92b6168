// SPDX-License-Identifier: Apache-2.0
#include "hub/net/board_json.h"
#include "hub/net/event_request.h"
#include "hub/net/order_lookup.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

HttpResponse answerResponse(const Answer &answer)
{
    switch (answer.outcome) {
    case Outcome::Applied: return jsonResponse(answer.body, 201);
    case Outcome::Replayed: return jsonResponse(answer.body).with("Idempotency-Replayed", "true");
    case Outcome::Refused: return problemResponse(answer.error, answer.current);
    }
    return problemResponse(ErrorCode::Internal, {});
}

// {status, seq, pos, res}: the order after it, and what the stream would have answered. A command
// that was refused is a problem document, also when it is told again.
HttpResponse displayResponse(const Answer &answer)
{
    if (!answer.result)
        return problemResponse(answer.error);
    const CommandResult &result = *answer.result;
    HttpResponse response;
    if (result.status == CommandStatus::Rejected || !result.code.isEmpty()) {
        const ErrorCode code =
            errorCodeFromName(result.code).value_or(ErrorCode::TransitionNotAllowed);
        const bool isNew = answer.outcome == Outcome::Refused;
        response = problemResponse(isNew ? answer.error : Error{code, result.detail}, result);
    } else {
        QJsonObject json{{L1("res"), resultToJson(result)}};
        if (result.current) {
            json.insert(L1("status"), orderStatusName(result.current->status));
            json.insert(L1("seq"), result.current->seq);
        }
        json.insert(L1("pos"), result.pos > 0 ? QJsonValue(result.pos) : QJsonValue());
        const bool isNew = result.status == CommandStatus::Applied;
        response = jsonResponse(canonicalJson(json), isNew ? 201 : 200);
    }
    if (result.status == CommandStatus::Duplicate)
        response.with("Idempotency-Replayed", "true");
    return response;
}

using Responder = HttpResponse (*)(const Answer &);

void submit(Services &services, const ExchangePtr &exchange, Request request,
            Responder respond = answerResponse)
{
    const bool queued =
        services.backend.submit(std::move(request), [exchange, respond](const Answer &answer) {
            exchange->reply(respond(answer));
        });
    if (!queued)
        exchange->reply(problemResponse(ErrorCode::Unavailable,
                                        QStringLiteral("the hub has more to write than it may "
                                                       "hold; nothing was kept")));
}

void postDisplayCommand(Services &services, const ExchangePtr &exchange, DisplayCommand command,
                        const QJsonObject &body)
{
    Result<Actor> actor = actingDisplay(exchange->caller, exchange->request, body);
    if (!actor) {
        exchange->reply(problemResponse(actor.error()));
        return;
    }
    submit(services, exchange, {std::move(command), std::move(*actor)}, displayResponse);
}

std::optional<QUuid> orderIdOf(const ExchangePtr &exchange)
{
    return parseUuid(QString::fromLatin1(exchange->arguments.front()));
}

HttpResponse unknownOrder()
{
    return problemResponse(ErrorCode::UnknownOrder, QStringLiteral("there is no such order"));
}

// The folded order, with the address of the customer's page: for a receipt printed again.
void replyOrder(Services &services, const ExchangePtr &exchange, const OrderState &order)
{
    using Token = std::optional<QByteArray>;
    readLog<Token>(
        services, [id = order.id](EventReader &reader) { return reader.trackerForOrder(id); },
        [exchange, order](const Result<Token> &token) {
            if (!token) {
                exchange->reply(problemResponse(token.error()));
                return;
            }
            QJsonObject json = orderToJson(order);
            if (*token)
                json.insert(L1("tracker_url"),
                            QStringLiteral("/t/") + QString::fromLatin1(**token));
            exchange->reply(jsonResponse(canonicalJson(json)));
        });
}

} // namespace

void postOrder(Services &services, const ExchangePtr &exchange)
{
    Result<PlaceOrder> place = parsePlaceOrder(exchange->request);
    if (!place) {
        exchange->reply(problemResponse(place.error()));
        return;
    }
    submit(services, exchange, {std::move(*place), actorOf(exchange->caller, exchange->request)});
}

void postEvent(Services &services, const ExchangePtr &exchange)
{
    const Result<QJsonObject> body = bodyObject(exchange->request);
    if (!body) {
        exchange->reply(problemResponse(body.error()));
        return;
    }
    const std::optional<QUuid> orderId = orderIdOf(exchange);
    if (!orderId) {
        exchange->reply(unknownOrder());
        return;
    }
    Result<std::optional<DisplayCommand>> command = parseDisplayCommand(*orderId, *body);
    if (!command) {
        exchange->reply(problemResponse(command.error()));
        return;
    }
    if (*command) {
        postDisplayCommand(services, exchange, std::move(**command), *body);
        return;
    }
    Result<AppendEvent> append = parseAppendEvent(*orderId, *body);
    if (!append) {
        exchange->reply(problemResponse(append.error()));
        return;
    }
    Result<Actor> actor = actingAs(exchange->caller, exchange->request, *body);
    if (!actor) {
        exchange->reply(problemResponse(actor.error()));
        return;
    }
    submit(services, exchange, {std::move(*append), std::move(*actor)});
}

void getOrder(Services &services, const ExchangePtr &exchange)
{
    const std::optional<QUuid> orderId = orderIdOf(exchange);
    if (!orderId) {
        exchange->reply(unknownOrder());
        return;
    }
    findOrder(services, *orderId, [&services, exchange](const Result<OrderState> &order) {
        if (order)
            replyOrder(services, exchange, *order);
        else
            exchange->reply(problemResponse(order.error()));
    });
}

// Asked for any in particular, they are looked for in the ledger; else what the board holds:
// {count, cursor, digest, orders}, and without ?open=1 also `recent`: the last closed ones.
void getOrders(Services &services, const ExchangePtr &exchange)
{
    if (isSearch(exchange->request)) {
        searchOrders(services, exchange);
        return;
    }
    const bool openOnly = exchange->request.parameter("open").value_or("0") == "1";
    exchange->reply(jsonResponse(boardJson(services, !openOnly)));
}

} // namespace cf::hub
