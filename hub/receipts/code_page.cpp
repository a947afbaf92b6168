// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/code_page.h"

#include "hub/receipts/columns.h"

#include <algorithm>
#include <iconv.h>

namespace cf::hub {

namespace {

struct Page {
    const char *iconvName; // null: everything is drawn
    char number;           // of ESC t, as Epson counts and everybody after them
};

// PC858 is PC850 with the euro in the place of the dotless i; iconv does not know it.
constexpr char16_t euro = u'\u20ac';
constexpr char16_t dotlessI = u'\u0131';

Page pageOf(CodePage page)
{
    switch (page) {
    case CodePage::Pc437: return {"CP437", 0};
    case CodePage::Pc850: return {"CP850", 2};
    case CodePage::Pc852: return {"CP852", 18};
    case CodePage::Pc858: return {"CP850", 19};
    case CodePage::Pc866: return {"CP866", 17};
    case CodePage::Wpc1252: return {"CP1252", 16};
    case CodePage::Raster: break;
    }
    return {nullptr, 0};
}

std::optional<QByteArray> converted(const QString &text, const char *to)
{
    const iconv_t converter = iconv_open(to, "UTF-8");
    if (converter == reinterpret_cast<iconv_t>(-1))
        return std::nullopt;
    QByteArray from = text.toUtf8();
    QByteArray bytes(from.size(), '\0'); // one byte a letter, of one at least
    char *in = from.data();
    char *out = bytes.data();
    auto inLeft = static_cast<size_t>(from.size());
    auto outLeft = static_cast<size_t>(bytes.size());
    const size_t replaced = iconv(converter, &in, &inLeft, &out, &outLeft);
    iconv_close(converter);
    if (replaced != 0 || inLeft != 0)
        return std::nullopt;
    bytes.chop(static_cast<qsizetype>(outLeft));
    return bytes;
}

// What people type and old code pages have not, and what says the same.
QString plainer(QString text)
{
    struct Plain {
        char16_t from;
        const char *to;
    };
    static constexpr Plain table[] = {
        {u'\u00d7', "x"},  {u'\u2018', "'"},   {u'\u2019', "'"},
        {u'\u201c', "\""}, {u'\u201d', "\""},  {u'\u2013', "-"},
        {u'\u2014', "-"},  {u'\u2026', "..."}, {u'\u2022', "*"},
    };
    for (const Plain &plain : table)
        text.replace(QChar(plain.from), QLatin1StringView(plain.to));
    return text;
}

std::optional<QByteArray> inPage(const QString &text, CodePage page)
{
    const char *name = pageOf(page).iconvName;
    if (page != CodePage::Pc858)
        return converted(text, name);
    if (text.contains(QChar(dotlessI)))
        return std::nullopt;
    QString stood = text;
    return converted(stood.replace(QChar(euro), QChar(dotlessI)), name);
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

} // namespace

QByteArray selectCodePage(CodePage page)
{
    return QByteArray("\x1bt") + pageOf(page).number;
}

std::optional<QByteArray> encoded(const QString &text, CodePage page)
{
    if (!pageOf(page).iconvName || hasRightToLeft(text))
        return std::nullopt;
    std::optional<QByteArray> bytes = inPage(text, page);
    if (!bytes)
        bytes = inPage(plainer(text), page);
    // The text has none; nothing that a printer would obey gets past this, whoever made the text.
    if (bytes && std::any_of(bytes->begin(), bytes->end(), isControl))
        return std::nullopt;
    return bytes;
}

} // namespace cf::hub
