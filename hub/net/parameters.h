// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/http_message.h"
#include "hub/reports/local_days.h"
#include "shared/base/result.h"

#include <QStringList>

namespace cf::hub {

// Reads a request's query strictly and collects what is wrong with it, as Fields does with a body;
// the pointer is the parameter's name. One that is absent or empty is none.
class Parameters
{
public:
    explicit Parameters(const HttpRequest &request) : m_request(request) { }

    [[nodiscard]] bool has(QByteArrayView name) const;
    void fail(QByteArrayView name, const QString &detail);

    [[nodiscard]] QString text(QByteArrayView name, qsizetype lengthMax);
    [[nodiscard]] qint64 integer(QByteArrayView name, qint64 min, qint64 max, qint64 absent);
    // Separated by commas.
    [[nodiscard]] QStringList list(QByteArrayView name, qsizetype lengthMax);
    // A moment (RFC 3339), or a day of the restaurant's: its beginning.
    [[nodiscard]] std::optional<Timestamp> from(QByteArrayView name, const LocalDays &days);
    // Likewise; of a day, its end.
    [[nodiscard]] std::optional<Timestamp> to(QByteArrayView name, const LocalDays &days);

    [[nodiscard]] bool isSound() const { return m_errors.empty(); }
    // Of all that was wrong; at least one thing was.
    [[nodiscard]] Error error() const;

private:
    [[nodiscard]] std::optional<Timestamp> moment(QByteArrayView name, const LocalDays &days,
                                                  int daysLater);

    const HttpRequest &m_request;
    std::vector<FieldError> m_errors;
};

} // namespace cf::hub
