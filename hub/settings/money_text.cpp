// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/money_text.h"

#include "shared/base/limits.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace cf::hub {

namespace {

qint64 unitsOf(int decimals)
{
    qint64 units = 1;
    for (int i = 0; i < decimals; ++i)
        units *= 10;
    return units;
}

bool isDigits(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString bareNumber(QString text, const QString &currency)
{
    text.remove(currency, Qt::CaseInsensitive);
    QString bare;
    for (const QChar c : std::as_const(text)) {
        if (!c.isSpace() && c.category() != QChar::Symbol_Currency)
            bare.append(c);
    }
    return bare;
}

} // namespace

int currencyDecimals(const QString &currency)
{
    // ISO 4217, list one: those whose minor unit is not a hundredth.
    static const QStringList none = {
        QStringLiteral("BIF"), QStringLiteral("CLP"), QStringLiteral("DJF"), QStringLiteral("GNF"),
        QStringLiteral("ISK"), QStringLiteral("JPY"), QStringLiteral("KMF"), QStringLiteral("KRW"),
        QStringLiteral("PYG"), QStringLiteral("RWF"), QStringLiteral("UGX"), QStringLiteral("UYI"),
        QStringLiteral("VND"), QStringLiteral("VUV"), QStringLiteral("XAF"), QStringLiteral("XOF"),
        QStringLiteral("XPF")};
    static const QStringList three = {
        QStringLiteral("BHD"), QStringLiteral("IQD"), QStringLiteral("JOD"), QStringLiteral("KWD"),
        QStringLiteral("LYD"), QStringLiteral("OMR"), QStringLiteral("TND")};
    if (none.contains(currency))
        return 0;
    if (three.contains(currency))
        return 3;
    return currency == QLatin1StringView("CLF") || currency == QLatin1StringView("UYW") ? 4 : 2;
}

QString moneyText(qint64 minor, const QString &currency)
{
    const int decimals = currencyDecimals(currency);
    const qint64 units = unitsOf(decimals);
    const qint64 amount = minor < 0 ? -minor : minor;
    QString text = (minor < 0 ? QStringLiteral("-") : QString()) + QString::number(amount / units);
    if (decimals > 0)
        text += u'.' + QString::number(amount % units).rightJustified(decimals, u'0');
    return text;
}

std::optional<qint64> moneyFromText(const QString &text, const QString &currency)
{
    const int decimals = currencyDecimals(currency);
    QString bare = bareNumber(text, currency);
    const bool isNegative = bare.startsWith(u'-');
    if (isNegative || bare.startsWith(u'+'))
        bare.remove(0, 1);
    bare.replace(u',', u'.');
    const qsizetype point = bare.indexOf(u'.');
    const QString whole = point < 0 ? bare : bare.left(point);
    const QString part = point < 0 ? QString() : bare.mid(point + 1);
    const bool isWhole = !whole.isEmpty() && whole.size() <= 15 && isDigits(whole);
    const bool isPart = part.size() <= decimals && isDigits(part) && (point < 0 || !part.isEmpty());
    if (!isWhole || !isPart)
        return std::nullopt;
    const qint64 units = unitsOf(decimals);
    if (whole.toLongLong() > limits::moneyMax / units)
        return std::nullopt;
    const qint64 amount =
        whole.toLongLong() * units + part.leftJustified(decimals, u'0').toLongLong();
    return isNegative ? -amount : amount;
}

} // namespace cf::hub
