// SPDX-License-Identifier: Apache-2.0
#include "shared/base/result.h"

namespace cf {

QLatin1StringView errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::MalformedJson: return QLatin1StringView("malformed_json");
    case ErrorCode::ValidationFailed: return QLatin1StringView("validation_failed");
    case ErrorCode::UnknownLine: return QLatin1StringView("unknown_line");
    case ErrorCode::UnknownOrder: return QLatin1StringView("unknown_order");
    case ErrorCode::UnknownDisplay: return QLatin1StringView("unknown_display");
    case ErrorCode::TransitionNotAllowed: return QLatin1StringView("transition_not_allowed");
    case ErrorCode::SeqMismatch: return QLatin1StringView("seq_mismatch");
    case ErrorCode::IdempotencyMismatch: return QLatin1StringView("idempotency_mismatch");
    case ErrorCode::OutOfOrder: return QLatin1StringView("out_of_order");
    case ErrorCode::CommandsMissing: return QLatin1StringView("commands_missing");
    case ErrorCode::SettingsChanged: return QLatin1StringView("settings_changed");
    case ErrorCode::NotFound: return QLatin1StringView("not_found");
    case ErrorCode::MethodNotAllowed: return QLatin1StringView("method_not_allowed");
    case ErrorCode::Unauthorised: return QLatin1StringView("unauthorised");
    case ErrorCode::Forbidden: return QLatin1StringView("forbidden");
    case ErrorCode::BodyTooLarge: return QLatin1StringView("body_too_large");
    case ErrorCode::HeaderTooLarge: return QLatin1StringView("header_too_large");
    case ErrorCode::UnsupportedMediaType: return QLatin1StringView("unsupported_media_type");
    case ErrorCode::BadRequest: return QLatin1StringView("bad_request");
    case ErrorCode::RequestTimeout: return QLatin1StringView("request_timeout");
    case ErrorCode::TooManyRequests: return QLatin1StringView("too_many_requests");
    case ErrorCode::SnapshotRequired: return QLatin1StringView("snapshot_required");
    case ErrorCode::UpgradeRequired: return QLatin1StringView("upgrade_required");
    case ErrorCode::StorageFailed: return QLatin1StringView("storage_failed");
    case ErrorCode::Unavailable: return QLatin1StringView("unavailable");
    case ErrorCode::Internal: return QLatin1StringView("internal");
    }
    return QLatin1StringView("internal");
}

std::optional<ErrorCode> errorCodeFromName(QStringView name)
{
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        if (errorCodeName(code) == name)
            return code;
    }
    return std::nullopt;
}

} // namespace cf
