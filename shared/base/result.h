// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace cf {

// Every way a request can fail, named as the wire names it (see errorCodeName).
enum class ErrorCode {
    MalformedJson,    // the bytes are not one JSON object
    ValidationFailed, // a field is missing, of the wrong type or out of bounds
    UnknownLine,      // an item event names a line the order does not have
    UnknownOrder,
    UnknownDisplay,
    TransitionNotAllowed, // the state machine refuses
    SeqMismatch,          // expected_seq is not the order's seq
    IdempotencyMismatch,  // the key was seen with another body
    OutOfOrder,           // a device's command number was skipped over before
    CommandsMissing,      // the log lacks earlier commands that this device had answered
    SettingsChanged,      // by somebody else, since they were read
    NotFound,
    MethodNotAllowed,
    Unauthorised,
    Forbidden,
    BodyTooLarge,
    HeaderTooLarge,
    UnsupportedMediaType,
    BadRequest, // not HTTP/1.1 as we accept it
    RequestTimeout,
    TooManyRequests,
    SnapshotRequired, // a poller's cursor cannot be continued
    UpgradeRequired,
    StorageFailed, // the log could not commit; nothing was kept
    Unavailable,   // starting, stopping or out of room
    Internal,
};

// The `code` member of a problem document, e.g. "transition_not_allowed".
QLatin1StringView errorCodeName(ErrorCode code);
std::optional<ErrorCode> errorCodeFromName(QStringView name);

struct FieldError {
    QString pointer; // RFC 6901 into the request body
    QString detail;
    bool operator==(const FieldError &) const = default;
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString detail;
    std::vector<FieldError> fields = {};
    bool operator==(const Error &) const = default;
};

struct Unit {
    bool operator==(const Unit &) const = default;
};

// A value or an Error; shaped like std::expected, which g++ 12 does not have.
template<typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) { }
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) { }

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] T &operator*() & { return value(); }
    [[nodiscard]] const T &operator*() const & { return value(); }
    [[nodiscard]] T *operator->() { return &value(); }
    [[nodiscard]] const T *operator->() const { return &value(); }

    [[nodiscard]] const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

using Status = Result<Unit>;
inline Status ok()
{
    return Unit{};
}

} // namespace cf
