// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace cf::hub {

// How many decimals ISO 4217 gives a currency; 2 for one that it does not know.
int minorDigits(QStringView currency);

// 123456 EUR: "1234.56", in Spanish "1234,56"; from five digits on in groups of three.
QString moneyText(qint64 minorUnits, QStringView currency, QStringView language);

// Thousandths of a per cent as "7.7 %", "21 %".
QString rateText(int thousandths, QStringView language);

} // namespace cf::hub
