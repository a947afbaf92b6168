// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace cf::hub {

// The decimals of a currency's minor unit by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. Two for a
// code that is not known.
int currencyDecimals(const QString &currency);

// "9.50", "-0.50"; "950" in a currency without decimals.
QString moneyText(qint64 minor, const QString &currency);

// As people write it into a table: "9.50", "9,5", "€ 9,50", "-0.50 EUR". No thousands are parted,
// because "1.250" would mean two things; that, and more decimals than there are, is no amount.
std::optional<qint64> moneyFromText(const QString &text, const QString &currency);

} // namespace cf::hub
