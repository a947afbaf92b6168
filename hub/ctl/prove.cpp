// SPDX-License-Identifier: Apache-2.0
#include "hub/ctl/commands.h"
#include "hub/ctl/output.h"

#include <QCoreApplication>
#include <QFile>

#include <unistd.h>

namespace cf::hub {

// A program of its own, installed beside this one: it brings the display along, which a hub's tools
// need for nothing else.
int runProve(const QStringList &arguments)
{
    const QString program =
        QCoreApplication::applicationDirPath() + QStringLiteral("/counterfire-prove");
    QByteArrayList encoded = {QFile::encodeName(program)};
    for (const QString &argument : arguments)
        encoded.append(argument.toLocal8Bit());
    std::vector<char *> words;
    words.reserve(static_cast<size_t>(encoded.size()) + 1);
    for (QByteArray &word : encoded)
        words.push_back(word.data());
    words.push_back(nullptr);
    ::execv(words.front(), words.data());
    complain(QStringLiteral("%1 is not there: install it, or build with the display").arg(program));
    return exitFailed;
}

} // namespace cf::hub
