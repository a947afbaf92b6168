// SPDX-License-Identifier: Apache-2.0
#include "hub/net/event_text.h"

namespace cf::hub {

QByteArray eventText(QLatin1StringView name, QByteArrayView data, QByteArrayView id)
{
    QByteArray out;
    out.reserve(name.size() + data.size() + id.size() + 32);
    if (!id.isEmpty())
        out.append("id: ").append(id).append('\n');
    out.append("event: ").append(name.data(), name.size()).append('\n');
    out.append("data: ").append(data).append("\n\n");
    return out;
}

QByteArray retryText(int milliseconds)
{
    return "retry: " + QByteArray::number(milliseconds) + "\n\n";
}

} // namespace cf::hub
