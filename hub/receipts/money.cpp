// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/money.h"

#include <algorithm>
#include <array>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

// ISO 4217's list one, 2024: all that have not two.
constexpr std::array none{L1("BIF"), L1("CLP"), L1("DJF"), L1("GNF"), L1("ISK"), L1("JPY"),
                          L1("KMF"), L1("KRW"), L1("PYG"), L1("RWF"), L1("UGX"), L1("UYI"),
                          L1("VND"), L1("VUV"), L1("XAF"), L1("XOF"), L1("XPF")};
constexpr std::array three{L1("BHD"), L1("IQD"), L1("JOD"), L1("KWD"),
                           L1("LYD"), L1("OMR"), L1("TND")};
constexpr std::array four{L1("CLF"), L1("UYW")};

template<typename List>
bool has(const List &list, QStringView currency)
{
    return std::any_of(list.begin(), list.end(), [&](L1 code) { return code == currency; });
}

bool hasCommas(QStringView language)
{
    return language == L1("es");
}

} // namespace

int minorDigits(QStringView currency)
{
    if (has(none, currency))
        return 0;
    if (has(three, currency))
        return 3;
    return has(four, currency) ? 4 : 2;
}

QString moneyText(qint64 minorUnits, QStringView currency, QStringView language)
{
    const int decimals = minorDigits(currency);
    const bool commas = hasCommas(language);
    // Unsigned: the smallest number has no positive.
    const quint64 size =
        minorUnits < 0 ? 0 - static_cast<quint64>(minorUnits) : static_cast<quint64>(minorUnits);
    const QString digits = QString::number(size).rightJustified(decimals + 1, QLatin1Char('0'));
    QString whole = digits.chopped(decimals);
    if (whole.size() > 4) {
        for (qsizetype at = whole.size() - 3; at > 0; at -= 3)
            whole.insert(at, QLatin1Char(commas ? '.' : ','));
    }
    QString text = minorUnits < 0 ? QLatin1Char('-') + whole : whole;
    if (decimals > 0)
        text += QLatin1Char(commas ? ',' : '.') + digits.right(decimals);
    return text;
}

QString rateText(int thousandths, QStringView language)
{
    QString text = QString::number(thousandths / 1000);
    QString decimals = QString::number(thousandths % 1000).rightJustified(3, QLatin1Char('0'));
    while (decimals.endsWith(QLatin1Char('0')))
        decimals.chop(1);
    if (!decimals.isEmpty())
        text += QLatin1Char(hasCommas(language) ? ',' : '.') + decimals;
    return text + QStringLiteral(" %");
}

} // namespace cf::hub
