// SPDX-License-Identifier: Apache-2.0
#include "hub/app/proof_note.h"

#include "shared/protocol/canonical_json.h"

#include <QFile>
#include <QSaveFile>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

constexpr qint64 noteBytesMax = 4 * 1024; // ours has a hundred bytes

} // namespace

std::optional<FinishedProof> readProofNote(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > noteBytesMax)
        return std::nullopt;
    const Result<QJsonObject> json = parseJsonObject(file.readAll());
    if (!json)
        return std::nullopt;
    const std::optional<Timestamp> at = parseTimestamp(json->value(L1("at")).toString());
    if (!at)
        return std::nullopt;
    return FinishedProof{*at, json->value(L1("pos")).toInteger(), json->value(L1("sound")).toBool(),
                         std::chrono::milliseconds(json->value(L1("ms")).toInteger())};
}

Status writeProofNote(const QString &path, const FinishedProof &proof)
{
    const QJsonObject json{{L1("v"), 1},
                           {L1("at"), QString::fromLatin1(formatTimestamp(proof.at))},
                           {L1("pos"), proof.pos},
                           {L1("sound"), proof.isSound},
                           {L1("ms"), static_cast<qint64>(proof.took.count())}};
    const QByteArray text = canonicalJson(json) + '\n';
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return ok();
    return Error{ErrorCode::StorageFailed,
                 QStringLiteral("writing %1: %2").arg(path, file.errorString())};
}

} // namespace cf::hub
