// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/replace_file.h"

#include <QFile>

#include <cstdio>

namespace cf::kds {

bool replaceFile(const QString &path, const QByteArray &bytes)
{
    const QString beside = path + QStringLiteral(".new");
    QFile file(beside);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return false;
    const bool whole = file.write(bytes) == bytes.size() && file.flush();
    file.close();
    return whole
           && std::rename(QFile::encodeName(beside).constData(),
                          QFile::encodeName(path).constData())
                  == 0;
}

} // namespace cf::kds
