// SPDX-License-Identifier: Apache-2.0
// The small texts: cursors, ids, moments, a log's witness, and JSON itself. What is accepted must
// be written again as it was.
#include "hub/log/log_file.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/cursor.h"
#include "tests/fuzz/fuzz.h"

#include <QStringDecoder>

namespace cf::fuzz {

void run(QByteArrayView input)
{
    const QByteArray bytes = input.toByteArray();
    const QString text = QString::fromUtf8(bytes);
    if (const auto cursor = parseCursor(bytes))
        CF_DEMAND(cursor->text() == bytes);
    if (const auto cursor = parseTrackerCursor(bytes))
        CF_DEMAND(cursor->text() == bytes);
    if (const auto id = parseUuid(text))
        CF_DEMAND(uuidText(*id) == text.toLower().toUtf8());
    if (const auto at = parseTimestamp(text))
        CF_DEMAND(parseTimestamp(QString::fromLatin1(formatTimestamp(*at))) == at);
    if (const auto witness = hub::witnessFromLine(bytes))
        CF_DEMAND(hub::witnessFromLine(hub::witnessLine(*witness)) == witness);
    const Result<QJsonObject> json = parseJsonObject(bytes, limits::inputDepthMax);
    if (!json)
        return;
    const QByteArray canonical = canonicalJson(*json);
    const Result<QJsonObject> again = parseJsonObject(canonical);
    CF_DEMAND(again.has_value());
    CF_DEMAND(canonicalJson(*again) == canonical);
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = utf8(canonical);
    CF_DEMAND(!utf8.hasError() && !decoded.isEmpty());
}

} // namespace cf::fuzz
