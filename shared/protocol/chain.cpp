// SPDX-License-Identifier: Apache-2.0
#include "shared/protocol/chain.h"

#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

#include <QCryptographicHash>

#include <algorithm>

namespace cf {

QByteArray canonicalBytes(const OrderEvent &event)
{
    return canonicalJson(eventToJson(event, EventView::Whole));
}

ChainHash nextChain(const ChainHash &previous, QByteArrayView canonical)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArrayView(previous.data(), previous.size()));
    hash.addData(canonical);
    const QByteArrayView result = hash.resultView();
    ChainHash chain{};
    std::copy(result.begin(), result.end(), chain.begin());
    return chain;
}

QByteArray chainPrefix(const ChainHash &hash)
{
    return QByteArray(reinterpret_cast<const char *>(hash.data()), 8).toHex();
}

} // namespace cf
