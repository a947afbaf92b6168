// SPDX-License-Identifier: Apache-2.0
#include "hub/health/health_source.h"
#include "hub/net/json_pieces.h"
#include "hub/net/order_lookup.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/past/past_json.h"
#include "shared/base/limits.h"
#include "shared/order/board.h"
#include "shared/order/fields.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/cursor.h"
#include "shared/protocol/json_codec.h"

#include <QJsonArray>

#include <algorithm>

// The board at any moment, what happened from there on, and how much happened when.
namespace cf::hub {

using namespace std::chrono_literals;
using L1 = QLatin1StringView;

namespace {

// A moment as it was asked for: a position, or a time.
struct Moment {
    std::optional<qint64> pos;
    std::optional<Timestamp> at;
};

// What was wrong is named as "/at" is in a body: a query has no pointers of its own.
std::optional<Moment> momentOf(const HttpRequest &request, QByteArrayView name,
                               std::vector<FieldError> &errors)
{
    const std::optional<QByteArray> text = request.parameter(name);
    if (!text)
        return std::nullopt;
    bool isNumber = false;
    const qint64 pos = text->toLongLong(&isNumber);
    if (isNumber && pos >= 0)
        return Moment{pos, std::nullopt};
    // A plus in a query reads as a space; in a time it is the offset's.
    QString time = QString::fromUtf8(*text);
    time.replace(QLatin1Char(' '), QLatin1Char('+'));
    if (const std::optional<Timestamp> at = parseTimestamp(time))
        return Moment{std::nullopt, at};
    errors.push_back({QLatin1Char('/') + QString::fromLatin1(name),
                      QStringLiteral("is a position of the log or an RFC 3339 time")});
    return std::nullopt;
}

std::optional<int> numberOf(const HttpRequest &request, QByteArrayView name, int most,
                            std::vector<FieldError> &errors)
{
    const std::optional<QByteArray> text = request.parameter(name);
    if (!text)
        return std::nullopt;
    bool isNumber = false;
    const int number = text->toInt(&isNumber);
    if (isNumber && number >= 1 && number <= most)
        return number;
    errors.push_back({QLatin1Char('/') + QString::fromLatin1(name),
                      QStringLiteral("is a number from 1 to %1").arg(most)});
    return std::nullopt;
}

Error invalid(const QString &pointer, const QString &detail)
{
    return invalidFields({{pointer, detail}});
}

// Its position, at most the head's.
Result<qint64> positionOf(EventReader &reader, const Moment &moment, qint64 head,
                          const QString &pointer)
{
    if (moment.pos) {
        return *moment.pos <= head
                   ? Result<qint64>(*moment.pos)
                   : invalid(pointer, QStringLiteral("the log ends at position %1").arg(head));
    }
    const Result<qint64> pos = positionAt(reader, *moment.at);
    return pos ? Result<qint64>(std::min(*pos, head)) : pos;
}

struct BoardQuestion {
    Moment moment;
    QString station;
    LogHead head;
    Timestamp now;
};

Status checkStation(const PastKitchen &kitchen, const QString &station)
{
    if (station.isEmpty() || kitchen.knows(station))
        return ok();
    return invalid(QStringLiteral("/station"),
                   QStringLiteral("there was no such station at that time"));
}

QJsonObject boardToJson(const PastBoard &board, const BoardQuestion &question, Timestamp at,
                        const PastKitchen &kitchen)
{
    QJsonArray orders;
    for (const OrderState &order : board.orders) {
        if (kitchen.shows(order, question.station))
            orders.append(kitchen.ticket(order, question.station));
    }
    const Cursor cursor{question.head.epoch, board.pos, chainPrefix(board.chain)};
    return {{L1("at"), QString::fromLatin1(formatTimestamp(at))},
            {L1("pos"), board.pos},
            {L1("head"), question.head.pos},
            {L1("last_event_at"), board.pos > 0
                                      ? QJsonValue(QString::fromLatin1(formatTimestamp(board.at)))
                                      : QJsonValue()},
            {L1("cursor"), QString::fromLatin1(cursor.text())},
            {L1("count"), board.count},
            {L1("digest"), QString::fromLatin1(digestText(board.digest))},
            {L1("truncated"), board.count > static_cast<int>(board.orders.size())},
            {L1("station"), question.station.isEmpty() ? QJsonValue() : question.station},
            {L1("stations"), stationsToJson(kitchen.settings())},
            {L1("settings_rev"), kitchen.rev()},
            {L1("orders"), orders}};
}

Result<HttpResponse> answerBoard(EventReader &reader, Keyframes &keyframes,
                                 const BoardQuestion &question)
{
    const Result<qint64> pos =
        positionOf(reader, question.moment, question.head.pos, QStringLiteral("/at"));
    if (!pos)
        return pos.error();
    const Result<PastBoard> board = boardAt(reader, keyframes, *pos);
    if (!board)
        return board.error();
    // Of a time, ages are told as of then; what is to come is told as of now.
    const Timestamp at = question.moment.at
                             ? std::min(*question.moment.at, std::max(question.now, board->at))
                             : board->at;
    const Result<PastKitchen> kitchen = PastKitchen::at(reader, at);
    if (!kitchen)
        return kitchen.error();
    if (Status known = checkStation(*kitchen, question.station); !known)
        return known.error();
    return jsonResponse(canonicalJson(boardToJson(*board, question, at, *kitchen)));
}

struct StepsQuestion {
    Moment from;
    std::optional<Moment> to;
    QString station;
    int limit = limits::pastStepsMax;
    LogHead head;
};

QJsonObject stepToJson(const PastStep &step, const PastKitchen &kitchen, const QString &station)
{
    QJsonObject json = eventToJson(step.event, EventView::Stream);
    json.insert(L1("number"), step.order.number);
    json.insert(L1("order"), kitchen.shows(step.order, station)
                                 ? QJsonValue(kitchen.ticket(step.order, station))
                                 : QJsonValue());
    json.insert(L1("settings_rev"), kitchen.rev());
    return json;
}

// Each step, by the settings of its own time, as many as fit.
Result<std::vector<QByteArray>> encodeSteps(EventReader &reader, const std::vector<PastStep> &steps,
                                            const QString &station)
{
    std::vector<QByteArray> pieces;
    std::optional<PastKitchen> kitchen;
    qint64 bytes = 0;
    for (const PastStep &step : steps) {
        const Result<SettingsRecord> record = reader.settingsAt("kitchen", step.event.at);
        if (!record)
            return record.error();
        if (!kitchen || kitchen->rev() != record->rev) {
            Result<PastKitchen> other = PastKitchen::at(reader, step.event.at);
            if (!other)
                return other.error();
            kitchen = std::move(*other);
        }
        QByteArray piece = canonicalJson(stepToJson(step, *kitchen, station));
        bytes += piece.size();
        if (bytes > limits::gapBytesMax && !pieces.empty())
            break;
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

Result<HttpResponse> answerSteps(EventReader &reader, const StepsQuestion &question)
{
    const Result<qint64> from =
        positionOf(reader, question.from, question.head.pos, QStringLiteral("/from"));
    const Result<qint64> to =
        question.to ? positionOf(reader, *question.to, question.head.pos, QStringLiteral("/to"))
                    : question.head.pos;
    if (!from || !to)
        return from ? to.error() : from.error();
    if (*to < *from)
        return invalid(QStringLiteral("/to"), QStringLiteral("is before \"from\""));
    const Result<std::vector<PastStep>> steps = stepsBetween(reader, *from, *to, question.limit);
    if (!steps)
        return steps.error();
    const Result<std::vector<QByteArray>> pieces = encodeSteps(reader, *steps, question.station);
    if (!pieces)
        return pieces.error();
    const qint64 next = *from + static_cast<qint64>(pieces->size());
    QByteArray json = "{\"events\":";
    appendJsonArray(json, *pieces);
    json.append(",\"from\":").append(QByteArray::number(*from));
    json.append(",\"head\":").append(QByteArray::number(question.head.pos));
    json.append(next < *to ? ",\"more\":true" : ",\"more\":false");
    json.append(",\"next\":").append(QByteArray::number(next));
    json.append(",\"to\":").append(QByteArray::number(*to)).append('}');
    return jsonResponse(std::move(json));
}

Result<HttpResponse> answerDensity(EventReader &reader, Timestamp from, Timestamp to, int buckets)
{
    const Result<std::vector<qint64>> counts = eventDensity(reader, from, to, buckets);
    if (!counts)
        return counts.error();
    QJsonArray list;
    for (const qint64 count : *counts)
        list.append(count);
    return jsonResponse(
        canonicalJson(QJsonObject{{L1("from"), QString::fromLatin1(formatTimestamp(from))},
                                  {L1("to"), QString::fromLatin1(formatTimestamp(to))},
                                  {L1("counts"), list}}));
}

template<typename Job>
void replyFromLog(Services &services, const ExchangePtr &exchange, Job job)
{
    readLog<HttpResponse>(services, std::move(job), [exchange](Result<HttpResponse> response) {
        exchange->reply(response ? std::move(*response) : problemResponse(response.error()));
    });
}

QString stationOf(const HttpRequest &request)
{
    return QString::fromUtf8(request.parameter("station").value_or(QByteArray()))
        .left(limits::nameLengthMax);
}

} // namespace

void getBoard(Services &services, const ExchangePtr &exchange)
{
    std::vector<FieldError> errors;
    const std::optional<Moment> moment = momentOf(exchange->request, "at", errors);
    if (!errors.empty()) {
        exchange->reply(problemResponse(invalidFields(std::move(errors))));
        return;
    }
    if (!services.config.health) {
        exchange->reply(problemResponse(ErrorCode::Unavailable, {}));
        return;
    }
    const OrderHub &hub = services.backend.hub();
    BoardQuestion question{moment.value_or(Moment{hub.head().pos, std::nullopt}),
                           stationOf(exchange->request), hub.head(),
                           services.backend.clock().now()};
    if (!moment)
        question.moment = {std::nullopt, question.now};
    replyFromLog(services, exchange,
                 [question, keyframes = &services.config.health->keyframes()](EventReader &reader) {
                     return answerBoard(reader, *keyframes, question);
                 });
}

void getBoardEvents(Services &services, const ExchangePtr &exchange)
{
    std::vector<FieldError> errors;
    const HttpRequest &request = exchange->request;
    const std::optional<Moment> from = momentOf(request, "from", errors);
    const std::optional<Moment> to = momentOf(request, "to", errors);
    const std::optional<int> limit = numberOf(request, "limit", limits::pastStepsMax, errors);
    if (!from && errors.empty())
        errors.push_back({QStringLiteral("/from"), QStringLiteral("is required")});
    if (!errors.empty()) {
        exchange->reply(problemResponse(invalidFields(std::move(errors))));
        return;
    }
    const StepsQuestion question{*from, to, stationOf(request),
                                 limit.value_or(limits::pastStepsMax),
                                 services.backend.hub().head()};
    replyFromLog(services, exchange,
                 [question](EventReader &reader) { return answerSteps(reader, question); });
}

void getBoardDensity(Services &services, const ExchangePtr &exchange)
{
    std::vector<FieldError> errors;
    const HttpRequest &request = exchange->request;
    const std::optional<Moment> from = momentOf(request, "from", errors);
    const std::optional<Moment> to = momentOf(request, "to", errors);
    const std::optional<int> buckets = numberOf(request, "buckets", limits::pastBucketsMax, errors);
    if (errors.empty() && (!from || !from->at))
        errors.push_back({QStringLiteral("/from"), QStringLiteral("is a time")});
    else if (errors.empty() && (!to || !to->at || *to->at <= *from->at))
        errors.push_back({QStringLiteral("/to"), QStringLiteral("is a time after \"from\"")});
    if (!errors.empty()) {
        exchange->reply(problemResponse(invalidFields(std::move(errors))));
        return;
    }
    replyFromLog(services, exchange,
                 [begin = *from->at, end = *to->at, parts = buckets.value_or(96)](
                     EventReader &reader) { return answerDensity(reader, begin, end, parts); });
}

} // namespace cf::hub
