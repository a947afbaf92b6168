// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace cf {

// Reads one JSON object's members strictly and collects what is wrong with them, each with its
// JSON pointer. A member that is absent or null is none; a wrong one reads as none too.
class Fields
{
public:
    using Key = QLatin1StringView;

    Fields(QJsonObject json, QString pointer, std::vector<FieldError> &errors);

    [[nodiscard]] QString pointer(Key key) const;
    [[nodiscard]] QJsonValue value(Key key) const { return m_json.value(key); }
    [[nodiscard]] bool has(Key key) const;

    void fail(const QString &at, const QString &detail) const;
    void fail(Key key, const QString &detail) const;

    [[nodiscard]] QString text(Key key, int lengthMax) const;
    // A string that must be there and not blank.
    [[nodiscard]] QString required(Key key, int lengthMax) const;
    // A string, or an integer as its digits: ids and numbers come as either.
    [[nodiscard]] QString label(Key key, int lengthMax) const;
    [[nodiscard]] std::optional<qint64> integer(Key key, qint64 min, qint64 max) const;
    [[nodiscard]] std::optional<bool> boolean(Key key) const;
    [[nodiscard]] QJsonObject object(Key key) const;
    // min to max entries; min 0 lets it be absent.
    [[nodiscard]] QJsonArray array(Key key, int min, int max) const;
    [[nodiscard]] QStringList labels(Key key, int min, int max, int lengthMax) const;

private:
    [[nodiscard]] QString bounded(const QString &at, const QString &text, int lengthMax) const;

    QJsonObject m_json;
    QString m_pointer;
    std::vector<FieldError> &m_errors;
};

// ValidationFailed with all of them, at least one; the first is the detail.
Error invalidFields(std::vector<FieldError> errors);

} // namespace cf
