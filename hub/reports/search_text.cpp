// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/search_text.h"

#include "hub/reports/report_limits.h"

#include <QSet>

namespace cf::hub {

namespace {

// Marks that are written over a letter and left out on most keyboards: accents, Arabic vowels.
bool isAccent(QChar c)
{
    return (c >= QChar(0x0300) && c <= QChar(0x036F)) || (c >= QChar(0x064B) && c <= QChar(0x0652));
}

// Letters that Unicode does not take apart, as they are typed without them.
QLatin1StringView plainLetter(QChar c)
{
    switch (c.unicode()) {
    case 0x00F8: return QLatin1StringView("o");  // ø
    case 0x0142: return QLatin1StringView("l");  // ł
    case 0x0111: return QLatin1StringView("d");  // đ
    case 0x0131: return QLatin1StringView("i");  // ı
    case 0x00E6: return QLatin1StringView("ae"); // æ
    case 0x0153: return QLatin1StringView("oe"); // œ
    default: return {};
    }
}

void addLine(QByteArray &text, const QString &line)
{
    if (!line.isEmpty())
        text += foldedText(line) + '\n';
}

} // namespace

QByteArray foldedText(const QString &text)
{
    // Twice: folding can bring forth what is to be taken apart, "İ" for one.
    const QString apart = text.normalized(QString::NormalizationForm_KD)
                              .toCaseFolded()
                              .normalized(QString::NormalizationForm_KD);
    QString folded;
    folded.reserve(apart.size());
    for (const QChar c : apart) {
        if (isAccent(c))
            continue;
        const QLatin1StringView plain = plainLetter(c);
        if (!plain.isEmpty())
            folded += plain;
        else if (c.isSpace() || c.category() == QChar::Other_Control)
            folded += QLatin1Char(' ');
        else
            folded += c;
    }
    return folded.simplified().toUtf8();
}

QByteArray searchText(const OrderState &order)
{
    QByteArray text;
    addLine(text, order.number);
    addLine(text, order.customerName);
    addLine(text, order.externalId);
    addLine(text, order.table);
    QSet<QString> seen; // a party has the same dish twenty times
    for (const OrderLine &line : order.lines) {
        if (text.size() >= report_limits::searchTextBytesMax)
            break;
        if (!seen.contains(line.item.name)) {
            seen.insert(line.item.name);
            addLine(text, line.item.name);
        }
    }
    return text;
}

std::vector<QByteArray> searchWords(const QString &text)
{
    std::vector<QByteArray> words;
    for (const QByteArray &word :
         foldedText(text.left(report_limits::searchLengthMax)).split(' ')) {
        if (!word.isEmpty() && words.size() < report_limits::searchWordsMax)
            words.push_back(word);
    }
    return words;
}

QByteArray numberKey(const QString &number)
{
    const QByteArray key = foldedText(number).replace(' ', "");
    return key.startsWith('#') ? key.sliced(1) : key;
}

} // namespace cf::hub
