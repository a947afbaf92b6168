// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/receipt_rows.h"

#include "hub/receipts/money.h"
#include "hub/receipts/receipt_words.h"

#include <QTimeZone>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;
using Kind = Row::Kind;
using Weight = Row::Weight;

class RowWriter
{
public:
    RowWriter(const Receipt &receipt, const ReceiptMarks &marks)
        : m_receipt(receipt), m_marks(marks), m_language(receipt.header.language)
    {
    }

    Rows write()
    {
        writeMarks();
        writeHeader();
        writeOrder();
        rule();
        for (const ReceiptLine &line : m_receipt.lines)
            writeLine(line, 1);
        rule();
        writeSums();
        writePayment();
        writeChanges();
        writeFooter();
        return std::move(m_rows);
    }

private:
    void writeMarks();
    void writeHeader();
    void writeOrder();
    void writeLine(const ReceiptLine &line, int sign);
    void writeSums();
    void writePayment();
    void writeChanges();
    void writeFooter();

    [[nodiscard]] QString say(Word w) const { return word(w, m_language); }
    [[nodiscard]] QString money(qint64 amount) const
    {
        return moneyText(amount, m_receipt.currency, m_language);
    }
    [[nodiscard]] QString withCurrency(const QString &name) const
    {
        return m_receipt.currency.isEmpty() ? name : name + QLatin1Char(' ') + m_receipt.currency;
    }
    [[nodiscard]] QString time(Timestamp at) const
    {
        return receiptTime(at, m_receipt.header.timeZone);
    }
    void text(const QString &left, Weight weight = Weight::Plain, bool centred = false)
    {
        if (!left.isEmpty())
            m_rows.push_back({Kind::Text, left, {}, weight, centred, false});
    }
    void centre(const QString &left, Weight weight = Weight::Plain) { text(left, weight, true); }
    void pair(const QString &left, const QString &right, Weight weight = Weight::Plain)
    {
        m_rows.push_back({Kind::Pair, left, right, weight, false, false});
    }
    void labelled(Word w, const QString &value)
    {
        if (!value.isEmpty())
            pair(say(w), value);
    }
    void rule() { m_rows.push_back({Kind::Rule, {}, {}, Weight::Plain, false, false}); }
    void gap() { m_rows.push_back({Kind::Gap, {}, {}, Weight::Plain, false, false}); }

    const Receipt &m_receipt;
    const ReceiptMarks &m_marks;
    QString m_language;
    Rows m_rows;
};

void RowWriter::writeMarks()
{
    if (m_marks.copy > 1)
        centre(QStringLiteral("%1 %2").arg(say(Word::Copy)).arg(m_marks.copy), Weight::Bold);
    if (m_marks.possibleCopy)
        centre(say(Word::PossibleCopy), Weight::Bold);
    if (m_receipt.cancelledAt)
        centre(QStringLiteral("%1 %2").arg(say(Word::Cancelled), time(*m_receipt.cancelledAt)),
               Weight::Bold);
    if (!m_rows.empty())
        gap();
}

void RowWriter::writeHeader()
{
    const ReceiptHeader &header = m_receipt.header;
    centre(header.name, Weight::Big);
    for (const QString &line : header.address)
        centre(line);
    if (!header.phone.isEmpty())
        centre(say(Word::Telephone) + QLatin1Char(' ') + header.phone);
    if (!header.taxId.isEmpty())
        centre(say(Word::TaxId) + QLatin1Char(' ') + header.taxId);
    if (!m_rows.empty() && m_rows.back().kind != Kind::Gap)
        gap();
}

void RowWriter::writeOrder()
{
    centre(say(Word::Order) + QLatin1Char(' ') + m_receipt.number, Weight::Big);
    const QString type =
        m_receipt.serviceType ? serviceWord(*m_receipt.serviceType, m_language) : QString();
    if (type.isEmpty())
        text(time(m_receipt.paidAt));
    else
        pair(time(m_receipt.paidAt), type);
    labelled(Word::Table, m_receipt.table);
    if (m_receipt.covers)
        pair(say(Word::Guests), QString::number(*m_receipt.covers));
    labelled(Word::Name, m_receipt.customer);
}

void RowWriter::writeLine(const ReceiptLine &line, int sign)
{
    const QString name = line.quantity == 1
                             ? line.name
                             : QStringLiteral("%1 × %2").arg(line.quantity).arg(line.name);
    const auto amount = [&](std::optional<qint64> sum) {
        return sum ? money(sign * *sum) : QString();
    };
    pair(name, amount(line.amount));
    for (const ReceiptModifier &extra : line.modifiers) {
        const QString what = extra.quantity == 1
                                 ? extra.name
                                 : QStringLiteral("%1 × %2").arg(extra.quantity).arg(extra.name);
        // One that costs nothing says so by saying nothing.
        const bool isFree = extra.amount.value_or(0) == 0;
        m_rows.push_back({Kind::Pair, QStringLiteral("+ ") + what,
                          isFree ? QString() : amount(extra.amount), Weight::Plain, false, true});
    }
}

void RowWriter::writeSums()
{
    const Payment &payment = m_receipt.payment;
    const bool isMore = !payment.discounts.empty() || !payment.taxes.empty() || payment.tip;
    if (m_receipt.subtotal && (isMore || m_receipt.subtotal != m_receipt.total))
        pair(say(Word::Subtotal), money(*m_receipt.subtotal));
    for (const Discount &discount : payment.discounts)
        pair(discount.name, money(-discount.amount));
    for (const Tax &tax : payment.taxes) {
        QString name = tax.name;
        if (tax.rate)
            name += QLatin1Char(' ') + rateText(*tax.rate, m_language);
        if (tax.included)
            name += QStringLiteral(" (%1)").arg(say(Word::Included));
        pair(name, money(tax.amount));
    }
    if (payment.tip)
        pair(say(Word::Tip), money(*payment.tip));
    if (m_receipt.total)
        pair(withCurrency(say(Word::Total)), money(*m_receipt.total), Weight::Big);
}

void RowWriter::writePayment()
{
    const Payment &payment = m_receipt.payment;
    QString method = payment.method;
    if (method.compare(L1("card"), Qt::CaseInsensitive) == 0)
        method = say(Word::Card);
    else if (method.compare(L1("cash"), Qt::CaseInsensitive) == 0)
        method = say(Word::Cash);
    else if (method.isEmpty())
        method = say(Word::Paid);
    if (payment.amount)
        pair(method, money(*payment.amount));
    else
        text(method);
    if (payment.amount && m_receipt.total && *payment.amount > *m_receipt.total)
        pair(say(Word::Change), money(*payment.amount - *m_receipt.total));
    if (payment.amount && m_receipt.total && *payment.amount < *m_receipt.total)
        pair(say(Word::Due), money(*m_receipt.total - *payment.amount), Weight::Bold);
    labelled(Word::Reference, payment.reference);
}

void RowWriter::writeChanges()
{
    if (m_receipt.added.empty() && m_receipt.voided.empty())
        return;
    rule();
    if (!m_receipt.added.empty())
        text(say(Word::AddedLater), Weight::Bold);
    for (const ReceiptLine &line : m_receipt.added)
        writeLine(line, 1);
    if (!m_receipt.voided.empty())
        text(say(Word::VoidedLater), Weight::Bold);
    for (const ReceiptLine &line : m_receipt.voided)
        writeLine(line, -1);
    if (m_receipt.difference)
        pair(withCurrency(say(Word::Difference)), money(*m_receipt.difference), Weight::Bold);
}

void RowWriter::writeFooter()
{
    if (!m_marks.trackerUrl.isEmpty()) {
        gap();
        centre(say(Word::Follow));
        m_rows.push_back({Kind::Qr, m_marks.trackerUrl, {}, Weight::Plain, true, false});
    }
    if (!m_receipt.header.footer.isEmpty())
        gap();
    for (const QString &line : m_receipt.header.footer)
        centre(line);
}

} // namespace

QString receiptTime(Timestamp at, const QString &timeZone)
{
    const QTimeZone zone(timeZone.toUtf8());
    const bool isKnown = !timeZone.isEmpty() && zone.isValid();
    const qint64 milliseconds = at.time_since_epoch().count();
    const QDateTime local = isKnown ? QDateTime::fromMSecsSinceEpoch(milliseconds, zone)
                                    : QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
    const QString text = local.toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    return isKnown ? text : text + QStringLiteral(" UTC");
}

bool isRightToLeft(QStringView language)
{
    return language == QLatin1StringView("ar");
}

Rows receiptRows(const Receipt &receipt, const ReceiptMarks &marks)
{
    return RowWriter(receipt, marks).write();
}

} // namespace cf::hub
