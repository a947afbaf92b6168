// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_event.h"

#include <QByteArray>

#include <array>

namespace cf {

// SHA-256 chain over the log: chain[0] is 32 zero bytes, chain[n] = SHA-256(chain[n-1] || canonical
// bytes of event n). See README.md beside this file for the canonical bytes and test vectors.
using ChainHash = std::array<quint8, 32>;

QByteArray canonicalBytes(const OrderEvent &event);
ChainHash nextChain(const ChainHash &previous, QByteArrayView canonical);
// The first 16 hex digits: what a cursor carries.
QByteArray chainPrefix(const ChainHash &hash);

} // namespace cf
