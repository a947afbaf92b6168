// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/csv_table.h"

#include <QStringDecoder>

#include <algorithm>

namespace cf::hub {

namespace {

constexpr QChar quote = u'"';

Error invalidAt(int line, int column, const QString &detail)
{
    const QString at = QStringLiteral("/lines/%1").arg(line)
                       + (column > 0 ? QStringLiteral("/columns/%1").arg(column) : QString());
    const QString where = QStringLiteral("line %1").arg(line)
                          + (column > 0 ? QStringLiteral(", column %1").arg(column) : QString());
    const QString whole = where + QStringLiteral(": ") + detail;
    return {ErrorCode::ValidationFailed, whole, {{at, whole}}};
}

bool isUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    Q_UNUSED(text)
    return !decoder.hasError();
}

// The first line that is not what it should be; 0 when all are.
int lineThatIsNoText(QByteArrayView bytes)
{
    if (isUtf8(bytes) && !bytes.contains('\0'))
        return 0;
    int line = 1;
    for (qsizetype from = 0; from < bytes.size(); ++line) {
        const qsizetype end = bytes.indexOf('\n', from);
        const QByteArrayView one = end < 0 ? bytes.sliced(from) : bytes.sliced(from, end - from);
        if (!isUtf8(one) || one.contains('\0'))
            return line;
        from = end < 0 ? bytes.size() : end + 1;
    }
    return line;
}

QChar delimiterOf(QStringView text)
{
    constexpr QChar candidates[] = {u',', u';', u'\t'};
    int counts[] = {0, 0, 0};
    bool quoted = false;
    for (const QChar c : text) {
        if (c == quote)
            quoted = !quoted;
        if (!quoted && (c == u'\n' || c == u'\r'))
            break;
        for (int i = 0; i < 3 && !quoted; ++i)
            counts[i] += c == candidates[i] ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < 3; ++i)
        best = counts[i] > counts[best] ? i : best;
    return candidates[best];
}

// One pass over the text; stops at the first thing that is not CSV.
class Parser
{
public:
    Parser(QString text, const CsvBounds &bounds)
        : m_whole(std::move(text)), m_text(m_whole), m_bounds(bounds)
    {
    }

    Result<std::vector<CsvRow>> parse()
    {
        takeSeparatorLine();
        while (m_at < m_text.size()) {
            CsvRow row{m_line, {}};
            if (const Status read = readRow(row); !read)
                return read.error();
            if (row.cells.size() == 1 && row.cells.front().trimmed().isEmpty())
                continue;
            if (static_cast<int>(m_rows.size()) == m_bounds.rowsMax)
                return invalidAt(
                    row.line, 0,
                    QStringLiteral("there are more than %1 rows").arg(m_bounds.rowsMax));
            m_rows.push_back(std::move(row));
        }
        return std::move(m_rows);
    }

private:
    [[nodiscard]] bool isAt(QChar c) const { return m_at < m_text.size() && m_text[m_at] == c; }
    [[nodiscard]] bool isLineEnd() const
    {
        return m_at >= m_text.size() || m_text[m_at] == u'\n' || m_text[m_at] == u'\r';
    }

    void takeSeparatorLine()
    {
        const QStringView start = QStringView(u"sep=");
        if (!m_text.startsWith(start, Qt::CaseInsensitive) || m_text.size() < 6
            || (m_text[5] != u'\n' && m_text[5] != u'\r')) {
            m_delimiter = delimiterOf(m_text);
            return;
        }
        m_delimiter = m_text[4];
        m_at = 5;
        takeLineEnd();
    }

    void takeLineEnd()
    {
        if (isAt(u'\r'))
            ++m_at;
        if (isAt(u'\n'))
            ++m_at;
        ++m_line;
    }

    Status readRow(CsvRow &row)
    {
        while (true) {
            const int column = static_cast<int>(row.cells.size()) + 1;
            if (column > m_bounds.columnsMax)
                return invalidAt(
                    m_line, column,
                    QStringLiteral("there are more than %1 columns").arg(m_bounds.columnsMax));
            Result<QString> cell = isAt(quote) ? readQuoted(column) : readPlain(column);
            if (!cell)
                return cell.error();
            row.cells.append(std::move(*cell));
            if (!isAt(m_delimiter))
                break;
            ++m_at;
        }
        if (m_at < m_text.size())
            takeLineEnd();
        return ok();
    }

    Result<QString> readPlain(int column)
    {
        const qsizetype from = m_at;
        while (!isLineEnd() && !isAt(m_delimiter)) {
            if (isAt(quote))
                return invalidAt(m_line, column,
                                 QStringLiteral("has a quotation mark within a cell that does not "
                                                "begin with one"));
            ++m_at;
        }
        return m_text.sliced(from, m_at - from).toString();
    }

    Result<QString> readQuoted(int column)
    {
        const int opened = m_line;
        QString cell;
        bool isClosed = false;
        ++m_at;
        while (m_at < m_text.size() && !isClosed) {
            const QChar c = m_text[m_at++];
            if (c == quote && !isAt(quote)) {
                isClosed = true;
                continue;
            }
            m_at += c == quote ? 1 : 0;
            m_line += c == u'\n' || (c == u'\r' && !isAt(u'\n')) ? 1 : 0;
            cell.append(c);
        }
        if (!isClosed)
            return invalidAt(opened, column, QStringLiteral("has no closing quotation mark"));
        if (!isLineEnd() && !isAt(m_delimiter))
            return invalidAt(m_line, column,
                             QStringLiteral("has text after its closing quotation mark"));
        return cell;
    }

    QString m_whole;
    QStringView m_text;
    CsvBounds m_bounds;
    QChar m_delimiter = u',';
    qsizetype m_at = 0;
    int m_line = 1;
    std::vector<CsvRow> m_rows;
};

bool isFormula(QStringView text)
{
    while (text.startsWith(u'\''))
        text = text.sliced(1);
    return !text.isEmpty() && QStringView(u"=+-@\t\r").contains(text.front());
}

} // namespace

Result<std::vector<CsvRow>> parseCsv(QByteArrayView bytes, const CsvBounds &bounds)
{
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes = bytes.sliced(3);
    if (const int line = lineThatIsNoText(bytes); line > 0)
        return invalidAt(line, 0, QStringLiteral("is not UTF-8 text: save the table as CSV UTF-8"));
    return Parser(QString::fromUtf8(bytes), bounds).parse();
}

QString guardedCell(const QString &text)
{
    return isFormula(text) ? QLatin1Char('\'') + text : text;
}

QString unguardedCell(const QString &cell)
{
    const bool isGuarded = cell.startsWith(u'\'') && isFormula(QStringView(cell).sliced(1));
    return isGuarded ? cell.mid(1) : cell;
}

QByteArray writeCsv(const std::vector<QStringList> &rows, QChar delimiter)
{
    const auto isSpecial = [delimiter](QChar c) {
        return c == quote || c == delimiter || c == u'\n' || c == u'\r';
    };
    QString text;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            QString cell = row.at(i);
            if (i > 0)
                text += delimiter;
            if (std::any_of(cell.cbegin(), cell.cend(), isSpecial))
                cell = quote + cell.replace(quote, QStringLiteral("\"\"")) + quote;
            text += cell;
        }
        text += QStringLiteral("\r\n");
    }
    return "\xef\xbb\xbf" + text.toUtf8();
}

} // namespace cf::hub
