// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/limits.h"
#include "shared/base/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace cf {

// RFC 8785 (JSON Canonicalization Scheme): keys in UTF-16 code unit order, no white space, the
// shortest number that reads back, minimal escapes. Numbers are IEEE 754 doubles; a lone surrogate
// becomes U+FFFD. This is also how the hub writes JSON on the wire.
QByteArray canonicalJson(const QJsonValue &value);
QByteArray canonicalJson(const QJsonObject &object);
void appendCanonical(QByteArray &out, const QJsonValue &value);
void appendCanonical(QByteArray &out, const QJsonObject &object);
void appendCanonicalString(QByteArray &out, QStringView text);

// One JSON object of at most depthMax levels, its strings well-formed Unicode; MalformedJson says
// where it went wrong. What others send is read with limits::inputDepthMax.
Result<QJsonObject> parseJsonObject(QByteArrayView bytes, int depthMax = limits::jsonDepthMax);

} // namespace cf
