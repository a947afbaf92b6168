// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/snapshot_encoder.h"

#include "shared/base/mutant.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

namespace cf::hub {

namespace {

// Fills parts one after the other; orders first, then the recent ones.
class PartCutter
{
public:
    PartCutter(std::vector<EncodedSnapshot::Part> &parts, int partBytesMax)
        : m_parts(parts), m_partBytesMax(partBytesMax)
    {
        m_parts.emplace_back();
    }

    void add(const QByteArray &order, bool recent)
    {
        if (m_bytes > 0 && m_bytes + order.size() > m_partBytesMax) {
            m_parts.emplace_back();
            m_bytes = 0;
        }
        m_bytes += order.size();
        EncodedSnapshot::Part &part = m_parts.back();
        (recent ? part.recent : part.orders).push_back(order);
    }

private:
    std::vector<EncodedSnapshot::Part> &m_parts;
    int m_partBytesMax;
    qint64 m_bytes = 0;
};

} // namespace

std::shared_ptr<const EncodedSnapshot> SnapshotEncoder::at(const Board &board, qint64 pos,
                                                           const QByteArray &h)
{
    if (m_last && m_last->at == pos && m_last->h == h)
        return m_last;
    if (isPlanted(Mutant::SnapshotStale) && m_last) {
        auto stale = std::make_shared<EncodedSnapshot>(*m_last);
        stale->at = pos;
        stale->h = h;
        m_last = std::move(stale);
        return m_last;
    }
    auto snapshot = std::make_shared<EncodedSnapshot>();
    snapshot->at = pos;
    snapshot->h = h;
    snapshot->count = board.count();
    snapshot->digest = digestText(board.digest());
    QHash<QUuid, Encoded> keep;
    PartCutter cutter(snapshot->parts, m_partBytesMax);
    for (const OrderState *order : board.openOrders())
        cutter.add(encoded(*order, keep), false);
    for (const OrderState *order : board.recentOrders())
        cutter.add(encoded(*order, keep), true);
    m_encoded = std::move(keep);
    m_last = std::move(snapshot);
    return m_last;
}

void SnapshotEncoder::forget()
{
    m_encoded.clear();
    m_last.reset();
}

QByteArray SnapshotEncoder::encoded(const OrderState &order, QHash<QUuid, Encoded> &keep) const
{
    const auto it = m_encoded.constFind(order.id);
    const Encoded entry =
        it != m_encoded.constEnd() && (it->seq == order.seq || isPlanted(Mutant::PieceStale))
            ? *it
            : Encoded{order.seq, canonicalJson(orderToJson(order))};
    return keep.insert(order.id, entry)->json;
}

} // namespace cf::hub
