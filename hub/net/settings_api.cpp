// SPDX-License-Identifier: Apache-2.0
#include "hub/net/event_request.h"
#include "hub/net/order_lookup.h"
#include "hub/net/problem.h"
#include "hub/net/routes.h"
#include "hub/order/answers.h"
#include "hub/settings/documents.h"
#include "shared/order/fields.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <limits>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

constexpr qint64 revMax = std::numeric_limits<qint32>::max();

// The document that the path names, `kitchen` when it names none. Null, and answered, when there is
// none, or it is not the caller's to read.
const DocumentKind *documentOf(const ExchangePtr &exchange)
{
    const DocumentKind *kind = documentKind(
        exchange->arguments.empty() ? SettingsRecord().name : exchange->arguments.front());
    if (!kind) {
        exchange->reply(problemResponse(ErrorCode::NotFound, {}));
        return nullptr;
    }
    const bool readable =
        kind->readableBy == ReadableBy::Everyone
        || isPermitted(kind->readableBy == ReadableBy::Kitchen ? Permission::Kitchen
                                                               : Permission::Manager,
                       exchange->caller);
    if (readable)
        return kind;
    exchange->reply(problemResponse(ErrorCode::Forbidden, {}));
    return nullptr;
}

// {rev, settings}: what they shall be, and the revision that was looked at.
Result<ChangeSettings> parseChange(const DocumentKind &kind, const HttpRequest &request)
{
    const Result<QJsonObject> body = bodyObject(request);
    if (!body)
        return body.error();
    std::vector<FieldError> errors;
    const Fields fields(*body, QString(), errors);
    const QJsonObject json = fields.object(L1("settings"));
    if (!fields.has(L1("settings")))
        fields.fail(L1("settings"), QStringLiteral("is required"));
    if (!fields.has(L1("rev")))
        fields.fail(L1("rev"), QStringLiteral("is required"));
    const auto rev = fields.integer(L1("rev"), 0, revMax);
    const Result<QJsonObject> settings = kind.normalise(json);
    if (!settings) {
        for (const FieldError &error : settings.error().fields)
            errors.push_back({QStringLiteral("/settings") + error.pointer, error.detail});
    }
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return ChangeSettings{kind.name.toByteArray(), canonicalJson(*settings), *rev};
}

QByteArray historyJson(const DocumentKind &kind, const std::vector<SettingsRecord> &history)
{
    QJsonArray revisions;
    for (const SettingsRecord &record : history) {
        Result<QJsonObject> settings = parseJsonObject(record.body);
        if (settings && kind.shown)
            settings = kind.shown(*settings);
        revisions.append(QJsonObject{{L1("rev"), record.rev},
                                     {L1("at"), QString::fromLatin1(formatTimestamp(record.at))},
                                     {L1("actor"), actorToJson(record.actor, EventView::Whole)},
                                     {L1("settings"), settings ? *settings : QJsonObject()}});
    }
    return canonicalJson(QJsonObject{{L1("revisions"), revisions}});
}

} // namespace

void getSettings(Services &services, const ExchangePtr &exchange)
{
    if (const DocumentKind *kind = documentOf(exchange)) {
        const SettingsRecord record = services.backend.hub().document(kind->name.toByteArray());
        exchange->reply(jsonResponse(shownBody(*kind, settingsBody(record))));
    }
}

void putSettings(Services &services, const ExchangePtr &exchange)
{
    const DocumentKind *kind = documentOf(exchange);
    if (!kind)
        return;
    if (kind->shown) { // a route of its own, which the router did not find for this path
        exchange->reply(problemResponse(ErrorCode::NotFound, {}));
        return;
    }
    Result<ChangeSettings> change = parseChange(*kind, exchange->request);
    if (!change) {
        exchange->reply(problemResponse(change.error()));
        return;
    }
    Request request{std::move(*change), actorOf(exchange->caller, exchange->request)};
    const bool queued =
        services.backend.submit(std::move(request), [exchange](const Answer &answer) {
            exchange->reply(answer.outcome == Outcome::Refused ? problemResponse(answer.error)
                                                               : jsonResponse(answer.body));
        });
    if (!queued)
        exchange->reply(problemResponse(ErrorCode::Unavailable, {}));
}

// {revisions: [{rev, at, actor, settings}, …]}, newest first; ?before=REV for older ones.
void getSettingsHistory(Services &services, const ExchangePtr &exchange)
{
    const DocumentKind *kind = documentOf(exchange);
    if (!kind)
        return;
    const qint64 before = exchange->request.parameter("before").value_or("").toLongLong();
    const int limit = exchange->request.parameter("limit").value_or("").toInt();
    using History = std::vector<SettingsRecord>;
    readLog<History>(
        services,
        [name = kind->name.toByteArray(), before = before > 0 ? before : revMax + 1,
         limit = limit > 0 ? std::min(limit, limits::settingsHistoryMax)
                           : limits::settingsHistoryDefault](EventReader &reader) {
            return reader.settingsHistory(name, before, limit);
        },
        [exchange, kind](const Result<History> &history) {
            exchange->reply(history ? jsonResponse(historyJson(*kind, *history))
                                    : problemResponse(history.error()));
        });
}

} // namespace cf::hub
