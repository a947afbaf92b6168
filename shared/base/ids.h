// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <QByteArray>
#include <QUuid>

#include <optional>
#include <span>

namespace cf {

// Randomness is passed in like time is: one seed must be able to decide everything.
class Random
{
public:
    virtual ~Random() = default;
    virtual void fill(std::span<quint8> bytes) = 0;
};

// The operating system's generator; fit for secrets.
class SystemRandom final : public Random
{
public:
    void fill(std::span<quint8> bytes) override;
};

// RFC 9562 version 7: 48 bits of Unix milliseconds, then 74 random bits.
QUuid makeUuidV7(Timestamp now, Random &random);
// 36 lower-case characters, no braces.
QByteArray uuidText(const QUuid &id);
// Only the 36-character form; nullopt for anything else, the nil UUID included.
std::optional<QUuid> parseUuid(QStringView text);
// 2 * byteCount lower-case hex digits.
QByteArray randomHex(int byteCount, Random &random);
// Names what canonical JSON says, whoever says it: the first 16 hex digits of its SHA-256; empty
// for nothing.
QByteArray contentId(QByteArrayView canonical);
bool isLowerHex(QByteArrayView text);

} // namespace cf
