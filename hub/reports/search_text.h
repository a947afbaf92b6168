// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/order_state.h"

namespace cf::hub {

// Text as it is compared when an order is looked for: without case, accents and the differences of
// width that Unicode calls compatible, UTF-8. "Łukasz" and "LUKASZ" are the same, "ガ" and "ｶﾞ"
// too. Every letter counts, so that two characters of Chinese are found as well as twenty of Latin.
QByteArray foldedText(const QString &text);

// What of an order is looked through: a line each for its number, name, external id, table and
// items. Bounded; the items that no longer fit are left out.
QByteArray searchText(const OrderState &order);

// The words of what was asked for, folded: each must be there, anywhere. At most searchWordsMax.
std::vector<QByteArray> searchWords(const QString &text);

// How numbers are compared: folded, without white space and a leading "#".
QByteArray numberKey(const QString &number);

} // namespace cf::hub
