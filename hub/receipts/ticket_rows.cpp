// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/ticket_rows.h"

#include "hub/receipts/receipt_words.h"

namespace cf::hub {

namespace {

using Kind = Row::Kind;
using Weight = Row::Weight;

void text(Rows &rows, const QString &left, Weight weight = Weight::Plain, bool indented = false)
{
    const QString said = printableText(left);
    if (!said.isEmpty())
        rows.push_back({Kind::Text, said, {}, weight, false, indented});
}

void rule(Rows &rows)
{
    rows.push_back({Kind::Rule, {}, {}, Weight::Plain, false, false});
}

void addLine(Rows &rows, const OrderLine &line, const QString &language)
{
    const Item &item = line.item;
    const bool isVoided = line.status == LineStatus::Voided;
    const QString mark =
        isVoided ? QStringLiteral("*** %1 *** ").arg(word(Word::VoidedLater, language)) : QString();
    text(rows, QStringLiteral("%1%2 × %3").arg(mark).arg(item.quantity).arg(item.name),
         Weight::Big);
    if (isVoided)
        return;
    for (const Modifier &modifier : item.modifiers) {
        const QString count =
            modifier.quantity > 1 ? QStringLiteral("%1 × ").arg(modifier.quantity) : QString();
        text(rows, QStringLiteral("+ ") + count + modifier.name, Weight::Plain, true);
    }
    text(rows, item.note, Weight::Bold, true);
    if (!item.allergens.isEmpty())
        text(rows,
             QStringLiteral("%1: %2").arg(word(Word::Allergens, language),
                                          item.allergens.join(QStringLiteral(", "))),
             Weight::Bold, true);
}

} // namespace

Rows ticketRows(const KitchenTicket &ticket)
{
    Rows rows;
    const QString &language = ticket.language;
    if (ticket.isCancelled)
        text(rows, word(Word::Cancelled, language), Weight::Big);
    else if (ticket.isChanged)
        text(rows, word(Word::Changed, language), Weight::Big);
    rows.push_back({Kind::Pair,
                    word(Word::Order, language) + QLatin1Char(' ') + printableText(ticket.number),
                    printableText(ticket.station), Weight::Big, false, false});
    rows.push_back({Kind::Pair, receiptTime(ticket.at, ticket.timeZone),
                    ticket.serviceType ? serviceWord(*ticket.serviceType, language) : QString(),
                    Weight::Plain, false, false});
    if (!ticket.table.isEmpty())
        text(rows, word(Word::Table, language) + QLatin1Char(' ') + ticket.table, Weight::Bold);
    text(rows, ticket.note, Weight::Bold);
    rule(rows);
    for (const OrderLine &line : ticket.lines)
        addLine(rows, line, language);
    return rows;
}

} // namespace cf::hub
