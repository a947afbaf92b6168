// SPDX-License-Identifier: Apache-2.0
#include "hub/net/problem.h"

#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <QJsonArray>

namespace cf::hub {

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::MalformedJson:
    case ErrorCode::BadRequest: return 400;
    case ErrorCode::Unauthorised: return 401;
    case ErrorCode::Forbidden: return 403;
    case ErrorCode::UnknownOrder:
    case ErrorCode::UnknownDisplay:
    case ErrorCode::NotFound: return 404;
    case ErrorCode::MethodNotAllowed: return 405;
    case ErrorCode::RequestTimeout: return 408;
    case ErrorCode::TransitionNotAllowed:
    case ErrorCode::SeqMismatch:
    case ErrorCode::OutOfOrder:
    case ErrorCode::CommandsMissing:
    case ErrorCode::SettingsChanged: return 409;
    case ErrorCode::SnapshotRequired: return 410;
    case ErrorCode::BodyTooLarge: return 413;
    case ErrorCode::UnsupportedMediaType: return 415;
    case ErrorCode::ValidationFailed:
    case ErrorCode::UnknownLine:
    case ErrorCode::IdempotencyMismatch: return 422;
    case ErrorCode::UpgradeRequired: return 426;
    case ErrorCode::TooManyRequests: return 429;
    case ErrorCode::HeaderTooLarge: return 431;
    case ErrorCode::StorageFailed:
    case ErrorCode::Unavailable: return 503;
    case ErrorCode::Internal: return 500;
    }
    return 500;
}

QLatin1StringView titleOf(ErrorCode code)
{
    using namespace Qt::Literals::StringLiterals;
    switch (code) {
    case ErrorCode::MalformedJson: return "The body is not a JSON object"_L1;
    case ErrorCode::ValidationFailed: return "The request does not hold what it should"_L1;
    case ErrorCode::UnknownLine: return "The order has no such line"_L1;
    case ErrorCode::UnknownOrder: return "There is no such order"_L1;
    case ErrorCode::UnknownDisplay: return "There is no such display"_L1;
    case ErrorCode::TransitionNotAllowed: return "Not possible in the order's present status"_L1;
    case ErrorCode::SeqMismatch: return "The order has moved on"_L1;
    case ErrorCode::IdempotencyMismatch: return "The key was used for another request"_L1;
    case ErrorCode::OutOfOrder: return "An earlier command is missing"_L1;
    case ErrorCode::CommandsMissing: return "The log lacks earlier commands of this device"_L1;
    case ErrorCode::SettingsChanged: return "The settings have changed since they were read"_L1;
    case ErrorCode::NotFound: return "There is nothing here"_L1;
    case ErrorCode::MethodNotAllowed: return "Not a method of this resource"_L1;
    case ErrorCode::Unauthorised: return "A token is needed"_L1;
    case ErrorCode::Forbidden: return "This token does not open this"_L1;
    case ErrorCode::BodyTooLarge: return "The body is too large"_L1;
    case ErrorCode::HeaderTooLarge: return "The header is too large"_L1;
    case ErrorCode::UnsupportedMediaType: return "The body must be JSON"_L1;
    case ErrorCode::BadRequest: return "The request is not well formed"_L1;
    case ErrorCode::RequestTimeout: return "The request took too long to arrive"_L1;
    case ErrorCode::TooManyRequests: return "Too many at once"_L1;
    case ErrorCode::SnapshotRequired: return "A snapshot is needed to go on"_L1;
    case ErrorCode::UpgradeRequired: return "This resource is a stream"_L1;
    case ErrorCode::StorageFailed: return "The order log could not be written"_L1;
    case ErrorCode::Unavailable: return "The hub cannot answer now"_L1;
    case ErrorCode::Internal: return "The hub failed"_L1;
    }
    return "The hub failed"_L1;
}

namespace {

QJsonObject problemDocument(const Error &error, const std::optional<CurrentState> &current)
{
    QJsonObject json{{QStringLiteral("type"), QStringLiteral("about:blank")},
                     {QStringLiteral("title"), QString(titleOf(error.code))},
                     {QStringLiteral("status"), statusOf(error.code)},
                     {QStringLiteral("detail"),
                      error.detail.isEmpty() ? QString(titleOf(error.code)) : error.detail},
                     {QStringLiteral("code"), QString(errorCodeName(error.code))}};
    if (!error.fields.empty()) {
        QJsonArray errors;
        for (const FieldError &field : error.fields)
            errors.append(QJsonObject{{QStringLiteral("pointer"), field.pointer},
                                      {QStringLiteral("detail"), field.detail}});
        json.insert(QStringLiteral("errors"), errors);
    }
    if (current)
        json.insert(
            QStringLiteral("current"),
            QJsonObject{{QStringLiteral("status"), QString(orderStatusName(current->status))},
                        {QStringLiteral("seq"), current->seq}});
    return json;
}

} // namespace

namespace {

HttpResponse respond(const QJsonObject &document, int status)
{
    HttpResponse response =
        textResponse(canonicalJson(document), "application/problem+json", status);
    switch (response.status) {
    case 401: response.with("WWW-Authenticate", "Bearer realm=\"counterfire\""); break;
    case 426: response.with("Upgrade", "websocket"); break;
    case 429:
    case 503: response.with("Retry-After", "1"); break;
    default: break;
    }
    return response;
}

} // namespace

HttpResponse problemResponse(const Error &error, const std::optional<CurrentState> &current)
{
    return respond(problemDocument(error, current), statusOf(error.code));
}

HttpResponse problemResponse(const Error &error, const CommandResult &refused)
{
    QJsonObject document = problemDocument(error, refused.current);
    document.insert(QStringLiteral("res"), resultToJson(refused));
    return respond(document, statusOf(error.code));
}

HttpResponse problemResponse(ErrorCode code, const QString &detail)
{
    return problemResponse(Error{code, detail});
}

} // namespace cf::hub
