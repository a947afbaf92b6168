// SPDX-License-Identifier: Apache-2.0
// What the workers ask of the service, on their own threads.
#include "hub/printing/print_service.h"

#include "hub/receipts/receipt_words.h"
#include "hub/receipts/render.h"
#include "shared/base/ids.h"

namespace cf::hub {

namespace {

bool isTooOld(const PrintJob &job, Timestamp now)
{
    const auto age = now - job.createdAt;
    return job.kind == JobKind::Receipt ? age > limits::receiptJobAgeMax
                                        : age > limits::ticketJobAgeMax;
}

// A line above what is printed again. English is in every code page.
Result<QByteArray> possibleCopyLine(PaperOptions paper)
{
    paper.cut = false;
    const Row row{
        Row::Kind::Text, word(Word::PossibleCopy, u"en"), {}, Row::Weight::Big, true, false};
    return receiptEscPos(Rows{row}, paper);
}

} // namespace

std::optional<PrinterSettings> PrintService::settingsOf(const QString &printer) const
{
    const std::lock_guard lock(m_mutex);
    for (const PrinterSettings &one : m_settings) {
        if (one.id == printer)
            return one;
    }
    return std::nullopt;
}

Result<QByteArray> PrintService::pageOf(const PrintJob &job, const PrinterSettings &printer)
{
    PaperOptions paper = printer.paper;
    if (job.kind == JobKind::Ticket) {
        if (!job.possibleCopy)
            return job.body;
        const Result<QByteArray> mark = possibleCopyLine(paper);
        return mark ? Result<QByteArray>(*mark + job.body) : mark;
    }
    const Result<ReadReceipt> read = readReceipt(*m_parts.reader, job.orderId, job.seq);
    if (!read)
        return read.error();
    QString publicUrl;
    {
        const std::lock_guard lock(m_mutex);
        publicUrl = m_publicUrl;
    }
    paper.language = read->receipt.header.language;
    const ReceiptMarks marks{job.copy, job.possibleCopy, trackerUrl(publicUrl, read->trackerToken)};
    return receiptEscPos(receiptRows(read->receipt, marks), paper);
}

std::optional<PrintPage> PrintService::next(const QString &printer)
{
    const std::optional<PrinterSettings> settings = settingsOf(printer);
    if (!settings)
        return std::nullopt;
    for (;;) {
        std::unique_lock lock(m_storeMutex);
        if (!m_store)
            return std::nullopt;
        const Result<std::optional<PrintJob>> job = m_store->next(printer);
        if (!job || !*job)
            return std::nullopt;
        const bool isOld = isTooOld(**job, now());
        const Result<QByteArray> page =
            isOld ? Result<QByteArray>(QByteArray()) : pageOf(**job, *settings);
        if (page && !isOld)
            return PrintPage{(*job)->n, *page};
        lock.unlock();
        if (!page)
            tell(true, "print_unreadable", printer, page.error().detail);
        // It may be that the log cannot be read for a moment; anything else stays as it is.
        if (!page && page.error().code == ErrorCode::StorageFailed)
            return std::nullopt;
        finish(printer, (*job)->n, isOld ? JobState::Expired : JobState::Failed,
               isOld ? "print_expired" : "print_failed");
    }
}

bool PrintService::begin(const QString &printer, qint64 n)
{
    const std::lock_guard lock(m_storeMutex);
    if (!m_store)
        return false;
    const Status begun = m_store->begin(n, now());
    if (!begun)
        tell(true, "print_queue_failed", printer, begun.error().detail);
    return begun.has_value();
}

void PrintService::countWaiting(const QString &printer)
{
    const std::lock_guard lock(m_storeMutex);
    const Result<qint64> waiting = m_store ? m_store->waiting(printer) : Result<qint64>(qint64(0));
    const std::lock_guard status(m_mutex);
    if (const auto it = m_status.find(printer); it != m_status.end() && waiting)
        it->second.waiting = *waiting;
}

void PrintService::finish(const QString &printer, qint64 n, JobState state, const char *event)
{
    QString detail = QStringLiteral("job %1").arg(n);
    {
        const std::lock_guard lock(m_storeMutex);
        if (!m_store)
            return;
        const Result<std::optional<PrintJob>> job = m_store->job(n);
        if (job && *job)
            detail = QStringLiteral("job %1, order %2, copy %3%4")
                         .arg(n)
                         .arg(QString::fromLatin1(uuidText((*job)->orderId)))
                         .arg((*job)->copy)
                         .arg((*job)->possibleCopy ? QStringLiteral(", possible copy") : QString());
        if (const Status done = m_store->finish(n, state, now()); !done)
            detail += QStringLiteral(": ") + done.error().detail;
    }
    {
        const std::lock_guard lock(m_mutex);
        if (const auto it = m_status.find(printer); it != m_status.end()) {
            ++(state == JobState::Printed ? it->second.printed : it->second.unprinted);
            if (state == JobState::Printed)
                it->second.lastPrinted = now();
        }
    }
    tell(state != JobState::Printed, event, printer, detail);
    countWaiting(printer);
}

void PrintService::printed(const QString &printer, qint64 n)
{
    finish(printer, n, JobState::Printed, "printed");
}

void PrintService::unconfirmed(const QString &printer, qint64 n)
{
    finish(printer, n, JobState::Unconfirmed, "print_unconfirmed");
}

void PrintService::interrupted(const QString &printer, qint64 n, bool mayBePrinted,
                               const QString &why)
{
    bool isTooOften = false;
    {
        const std::lock_guard lock(m_storeMutex);
        if (!m_store)
            return;
        const Result<std::optional<PrintJob>> job = m_store->job(n);
        isTooOften = mayBePrinted && job && *job && (*job)->cuts + 1 >= limits::printAttemptsMax;
        const Status back = m_store->putBack(n, mayBePrinted, now());
        if (!back)
            tell(true, "print_queue_failed", printer, back.error().detail);
    }
    tell(true, "print_interrupted", printer, QStringLiteral("job %1: %2").arg(n).arg(why));
    if (mayBePrinted) {
        const std::lock_guard lock(m_mutex);
        if (const auto it = m_status.find(printer); it != m_status.end())
            ++it->second.possibleCopies;
    }
    if (isTooOften)
        finish(printer, n, JobState::Failed, "print_failed");
}

void PrintService::stateChanged(const QString &printer, PrinterState state, const QString &detail,
                                bool paperLow)
{
    bool isNews = false;
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_status.find(printer);
        if (it == m_status.end())
            return;
        PrinterStatus &status = it->second;
        const auto isTrouble = [](PrinterState one) {
            return one != PrinterState::Ready && one != PrinterState::Printing;
        };
        // Every job goes through printing and back: nobody wants to read of that.
        isNews = status.state != state && (isTrouble(status.state) || isTrouble(state));
        if (status.state != state)
            status.since = now();
        status.state = state;
        status.detail = detail;
        status.paperLow = paperLow;
    }
    if (isNews)
        tell(state != PrinterState::Ready && state != PrinterState::Printing, "printer_state",
             printer, QString(printerStateName(state)) + QLatin1Char(' ') + detail);
}

} // namespace cf::hub
