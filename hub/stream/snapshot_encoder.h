// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/stream/stream_bounds.h"
#include "shared/order/board.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace cf::hub {

// A snapshot, encoded once for all who ask at the same position.
struct EncodedSnapshot {
    qint64 at = 0;
    QByteArray h;
    int count = 0;
    QByteArray digest;
    struct Part {
        std::vector<QByteArray> orders;
        std::vector<QByteArray> recent;
    };
    std::vector<Part> parts; // at least one
};

// Encodes boards. An order is encoded again only when it has changed, so that a house full of
// displays coming back during the rush costs the changes, not a board for each new position.
class SnapshotEncoder
{
public:
    explicit SnapshotEncoder(const StreamBounds &bounds = {})
        : m_partBytesMax(bounds.snapshotPartBytesMax)
    {
    }

    // The one made last, if it was at this position.
    std::shared_ptr<const EncodedSnapshot> at(const Board &board, qint64 pos, const QByteArray &h);
    // The next is made anew even at the same position.
    void forget();

private:
    struct Encoded {
        int seq = 0;
        QByteArray json;
    };

    QByteArray encoded(const OrderState &order, QHash<QUuid, Encoded> &keep) const;

    int m_partBytesMax;
    QHash<QUuid, Encoded> m_encoded; // of the last snapshot's orders
    std::shared_ptr<const EncodedSnapshot> m_last;
};

} // namespace cf::hub
