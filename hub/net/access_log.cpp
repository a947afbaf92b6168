// SPDX-License-Identifier: Apache-2.0
#include "hub/net/access_log.h"

namespace cf::hub {

namespace {

constexpr qsizetype pathLengthMax = 200; // longer ones are nobody's but a prober's

} // namespace

QByteArray loggablePath(const QByteArray &path)
{
    for (const char *prefix : {"/t/", "/v1/track/"}) {
        if (!path.startsWith(prefix))
            continue;
        const qsizetype tokenAt = static_cast<qsizetype>(qstrlen(prefix));
        const qsizetype end = path.indexOf('/', tokenAt);
        return path.first(tokenAt) + "***"
               + (end < 0 ? QByteArray() : path.mid(end).left(pathLengthMax));
    }
    return path.left(pathLengthMax);
}

} // namespace cf::hub
