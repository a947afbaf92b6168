// SPDX-License-Identifier: Apache-2.0
#include "shared/base/ids.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace cf {

void SystemRandom::fill(std::span<quint8> bytes)
{
    for (quint8 &byte : bytes)
        byte = static_cast<quint8>(QRandomGenerator::system()->generate() & 0xff);
}

QUuid makeUuidV7(Timestamp now, Random &random)
{
    std::array<quint8, 16> b{};
    random.fill(std::span(b).subspan(6));
    const auto ms = static_cast<quint64>(now.time_since_epoch().count());
    for (int i = 0; i < 6; ++i)
        b[static_cast<size_t>(i)] = static_cast<quint8>(ms >> (8 * (5 - i)));
    b[6] = static_cast<quint8>((b[6] & 0x0f) | 0x70);
    b[8] = static_cast<quint8>((b[8] & 0x3f) | 0x80);
    return QUuid::fromRfc4122(QByteArrayView(b.data(), b.size()));
}

QByteArray uuidText(const QUuid &id)
{
    return id.toByteArray(QUuid::WithoutBraces);
}

std::optional<QUuid> parseUuid(QStringView text)
{
    if (text.size() != 36)
        return std::nullopt;
    const QUuid id = QUuid::fromString(text);
    return id.isNull() ? std::nullopt : std::optional(id);
}

QByteArray randomHex(int byteCount, Random &random)
{
    QByteArray raw(byteCount, '\0');
    random.fill({reinterpret_cast<quint8 *>(raw.data()), static_cast<size_t>(byteCount)});
    return raw.toHex();
}

QByteArray contentId(QByteArrayView canonical)
{
    if (canonical.isEmpty())
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(canonical);
    return hash.result().toHex().left(16);
}

bool isLowerHex(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace cf
