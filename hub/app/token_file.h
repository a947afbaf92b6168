// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/ids.h"
#include "shared/base/result.h"

#include <QByteArray>
#include <QString>

namespace cf::hub {

// What opens the hub, by role: 256 random bits each, as 64 lower-case hex digits. Secrets: never
// logged, never printed.
struct TokenSet {
    QByteArray kitchen;
    QByteArray manager;
    QByteArray integration;
    bool operator==(const TokenSet &) const = default;
};

struct TokenFile {
    QString path;
    TokenSet tokens;
    bool created = false; // by this call
};

// DATA/tokens.json: {"integration":"...","kitchen":"...","manager":"..."}, mode 0600. Made on the
// first start: whole or not at all, and never over an existing one. A file that others can read or
// write, that belongs to someone else, or that is not a plain file is refused.
Result<TokenFile> loadOrCreateTokens(const QString &dataDir, Random &random);

// The hub's directory, made with mode 0700; refused when others may write to it.
Status prepareDataDir(const QString &dataDir);

} // namespace cf::hub
