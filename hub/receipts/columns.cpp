// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/columns.h"

#include <QTextBoundaryFinder>

#include <glib.h>

#include <algorithm>

namespace cf::hub {

namespace {

int columnsOfOne(char32_t c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

// The letters with their marks.
QStringList graphemes(const QString &text)
{
    QStringList list;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype from = 0;
    for (;;) {
        const qsizetype to = finder.toNextBoundary();
        if (to < 0)
            return list;
        list.append(text.sliced(from, to - from));
        from = to;
    }
}

// Takes words as long as they fit, and pieces of a word that fits on no line.
class Wrapper
{
public:
    explicit Wrapper(int width) : m_width(width) { }

    void add(const QString &word)
    {
        const int needed = columnsOf(word);
        const int gap = m_line.isEmpty() ? 0 : 1;
        if (m_columns + gap + needed <= m_width) {
            append((gap ? QStringLiteral(" ") : QString()) + word, gap + needed);
            return;
        }
        if (needed <= m_width) {
            endLine();
            append(word, needed);
            return;
        }
        // Chinese has no spaces: it goes on in the line that is begun.
        if (gap && m_columns + 3 <= m_width)
            append(QStringLiteral(" "), 1);
        for (const QString &letter : graphemes(word))
            addLetter(letter);
    }

    QStringList finish()
    {
        if (!m_line.isEmpty() || m_lines.isEmpty())
            endLine();
        return m_lines;
    }

private:
    void addLetter(const QString &letter)
    {
        const int columns = columnsOf(letter);
        if (columns > m_width) { // joined from so many that it cannot be kept together
            for (const char32_t c : letter.toUcs4())
                addLetter(QString::fromUcs4(&c, 1));
            return;
        }
        if (m_columns + columns > m_width)
            endLine();
        append(letter, columns);
    }
    void append(const QString &text, int columns)
    {
        m_line += text;
        m_columns += columns;
    }
    void endLine()
    {
        while (m_line.endsWith(QLatin1Char(' ')))
            m_line.chop(1);
        m_lines.append(m_line);
        m_line.clear();
        m_columns = 0;
    }

    int m_width;
    int m_columns = 0;
    QString m_line;
    QStringList m_lines;
};

QString spaces(int count)
{
    return QString(std::max(0, count), QLatin1Char(' '));
}

} // namespace

int columnsOf(QStringView text)
{
    int columns = 0;
    for (const char32_t c : text.toUcs4())
        columns += columnsOfOne(c);
    return columns;
}

QStringList wrapped(const QString &text, int width)
{
    Wrapper wrapper(width);
    for (const QString &word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        wrapper.add(word);
    return wrapper.finish();
}

QStringList paired(const QString &left, const QString &right, int width)
{
    const int rightColumns = columnsOf(right);
    const int leftWidth = width - rightColumns - 1;
    if (leftWidth < width / 2) { // then each has its own lines
        QStringList lines;
        for (const QString &line : wrapped(left, width))
            lines.append(isolated(line));
        for (const QString &line : wrapped(right, width))
            lines.append(spaces(width - columnsOf(line)) + isolated(line));
        return lines;
    }
    QStringList lines = wrapped(left, leftWidth);
    for (QString &line : lines) {
        const int used = columnsOf(line);
        line = isolated(line);
        if (&line == &lines.front())
            line += spaces(width - used - rightColumns) + isolated(right);
    }
    return lines;
}

QString centred(const QString &text, int width)
{
    return spaces((width - columnsOf(text)) / 2) + isolated(text);
}

bool hasRightToLeft(QStringView text)
{
    const auto codes = text.toUcs4();
    return std::any_of(codes.begin(), codes.end(), [](char32_t c) {
        const QChar::Direction direction = QChar::direction(c);
        return direction == QChar::DirR || direction == QChar::DirAL;
    });
}

QString isolated(const QString &text)
{
    if (!hasRightToLeft(text))
        return text;
    return QChar(0x2068) + text + QChar(0x2069);
}

} // namespace cf::hub
