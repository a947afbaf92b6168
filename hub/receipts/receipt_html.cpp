// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/render.h"

namespace cf::hub {

namespace {

using Kind = Row::Kind;
using Weight = Row::Weight;

QByteArray escaped(const QString &text)
{
    QString html = text.toHtmlEscaped();
    return html.replace(QLatin1Char('\''), QLatin1StringView("&#39;")).toUtf8();
}

// Each in a direction of its own, so that a name in another script moves nothing beside it.
QByteArray isolatedHtml(const QString &text)
{
    return "<bdi>" + escaped(text) + "</bdi>";
}

QByteArray classOf(const Row &row)
{
    QByteArray names;
    if (row.weight == Weight::Bold)
        names += " strong";
    if (row.weight == Weight::Big)
        names += " big";
    if (row.centred)
        names += " centre";
    if (row.indented)
        names += " extra";
    return names.isEmpty() ? names : " class=\"" + names.mid(1) + '"';
}

QByteArray qrSvg(const QString &url)
{
    const QrMatrix matrix = qrMatrix(url);
    if (matrix.size == 0)
        return {};
    constexpr int quiet = 4; // modules, as the standard has it
    QByteArray path;
    for (int y = 0; y < matrix.size; ++y) {
        for (int x = 0; x < matrix.size; ++x) {
            if (matrix.isDark(x, y))
                path += "M" + QByteArray::number(x + quiet) + ' ' + QByteArray::number(y + quiet)
                        + "h1v1h-1z";
        }
    }
    const QByteArray side = QByteArray::number(matrix.size + 2 * quiet);
    return "<svg class=\"qr\" viewBox=\"0 0 " + side + ' ' + side
           + "\" role=\"img\" aria-label=\"QR\" shape-rendering=\"crispEdges\">"
             "<path fill=\"#fff\" d=\"M0 0h"
           + side + "v" + side + "h-" + side + "z\"/><path fill=\"#000\" d=\"" + path
           + "\"/></svg>";
}

// Rows of two columns are tables, what is between them paragraphs, a rule begins a section.
class HtmlWriter
{
public:
    void add(const Row &row)
    {
        switch (row.kind) {
        case Kind::Rule:
            endTable();
            m_html += "</section>\n<section>\n";
            return;
        case Kind::Gap: endTable(); return;
        case Kind::Text:
            endTable();
            m_html += "<p" + classOf(row) + '>' + isolatedHtml(row.left) + "</p>\n";
            return;
        case Kind::Qr: addLink(row.left); return;
        case Kind::Pair: addPair(row); return;
        }
    }

    QByteArray finish()
    {
        endTable();
        return "<section>\n" + m_html + "</section>\n";
    }

private:
    void addPair(const Row &row)
    {
        if (!m_inTable)
            m_html += "<table>\n";
        m_inTable = true;
        m_html += "<tr" + classOf(row) + "><th scope=\"row\">" + isolatedHtml(row.left)
                  + "</th><td>" + isolatedHtml(row.right) + "</td></tr>\n";
    }
    void addLink(const QString &url)
    {
        endTable();
        m_html += "<p class=\"centre\"><a href=\"" + escaped(url) + "\">" + qrSvg(url) + "<span>"
                  + escaped(url) + "</span></a></p>\n";
    }
    void endTable()
    {
        if (m_inTable)
            m_html += "</table>\n";
        m_inTable = false;
    }

    QByteArray m_html;
    bool m_inTable = false;
};

} // namespace

QByteArray receiptHtml(const Rows &rows, const QString &title, const QString &language)
{
    HtmlWriter writer;
    for (const Row &row : rows)
        writer.add(row);
    return "<!doctype html>\n<html lang=\"" + escaped(language) + "\" dir=\""
           + (isRightToLeft(language) ? "rtl" : "ltr")
           + "\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width\">\n"
             "<meta name=\"generator\" content=\"CounterFire receipt "
           + QByteArray::number(receiptFormatVersion) + "\">\n<title>" + escaped(title)
           + "</title>\n<link rel=\"stylesheet\" href=\"/web/receipt.css\">\n</head>\n<body>\n"
             "<main>\n"
           + writer.finish() + "</main>\n</body>\n</html>\n";
}

} // namespace cf::hub
