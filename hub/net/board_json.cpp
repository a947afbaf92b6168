// SPDX-License-Identifier: Apache-2.0
#include "hub/net/board_json.h"

#include "hub/net/json_pieces.h"

namespace cf::hub {

QByteArray boardJson(Services &services, bool withRecent, std::optional<qint64> outboxLast)
{
    OrderHub &hub = services.backend.hub();
    const std::shared_ptr<const EncodedSnapshot> snapshot = hub.snapshot();
    std::vector<QByteArray> orders;
    std::vector<QByteArray> recent;
    for (const EncodedSnapshot::Part &part : snapshot->parts) {
        orders.insert(orders.end(), part.orders.begin(), part.orders.end());
        recent.insert(recent.end(), part.recent.begin(), part.recent.end());
    }
    const Cursor cursor{hub.head().epoch, snapshot->at, snapshot->h};
    QByteArray json = "{\"count\":" + QByteArray::number(snapshot->count) + ",\"cursor\":\""
                      + cursor.text() + "\",\"digest\":\"" + snapshot->digest + "\",\"orders\":";
    appendJsonArray(json, orders);
    if (outboxLast)
        json.append(",\"outbox_last\":").append(QByteArray::number(*outboxLast));
    if (withRecent) {
        json.append(",\"recent\":");
        appendJsonArray(json, recent);
    }
    json.append('}');
    return json;
}

} // namespace cf::hub
