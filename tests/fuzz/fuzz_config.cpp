// SPDX-License-Identifier: Apache-2.0
// The hub's command line (cut at newlines), and its token file. What is accepted is within bounds.
#include "hub/app/config.h"
#include "hub/app/token_file.h"
#include "shared/base/ids.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded_random.h"

#include <QFile>

namespace cf::fuzz {

using namespace cf::hub;

namespace {

void commandLine(QByteArrayView input)
{
    QStringList arguments;
    for (const QByteArray &argument : pieces(input, '\n', 16))
        arguments.append(QString::fromUtf8(argument));
    const Result<Config> config = parseConfig(arguments, {QStringLiteral("/var/lib/counterfire")});
    if (!config) {
        CF_DEMAND(!config.error().detail.isEmpty() && !config.error().detail.contains(u'\n'));
        return;
    }
    CF_DEMAND(config->tlsCert.isEmpty() == config->tlsKey.isEmpty());
    CF_DEMAND(config->action != ConfigAction::Serve || !config->dataDir.isEmpty());
    CF_DEMAND(!authorityText(config->address, config->port).isEmpty());
}

void tokenFile(QByteArrayView input)
{
    emptyScratch();
    const QString path = scratch() + QStringLiteral("/tokens.json");
    QFile file(path);
    CF_DEMAND(file.open(QIODevice::WriteOnly));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(input.data(), input.size());
    file.close();
    test::SeededRandom random(1);
    const Result<TokenFile> tokens = loadOrCreateTokens(scratch(), random);
    if (!tokens)
        return;
    CF_DEMAND(!tokens->created);
    for (const QByteArray &token :
         {tokens->tokens.kitchen, tokens->tokens.manager, tokens->tokens.integration})
        CF_DEMAND(token.size() == 64 && isLowerHex(token));
}

} // namespace

void run(QByteArrayView input)
{
    commandLine(input);
    tokenFile(input);
}

} // namespace cf::fuzz
