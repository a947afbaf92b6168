// SPDX-License-Identifier: Apache-2.0
#include "hub/printing/print_service.h"

#include "shared/base/limits.h"
#include "shared/protocol/chain.h"

namespace cf::hub {

using namespace std::chrono_literals;

namespace {

// With a file that cannot be written nothing is printed; it is tried again this often.
constexpr auto storeRetry = 5s;

QString addressOf(const PrinterSettings &printer)
{
    return QStringLiteral("%1:%2").arg(printer.host).arg(printer.port);
}

PrinterPlace placeFor(const PrinterSettings &printer)
{
    return {printer.host, printer.port, printer.answersStatus};
}

} // namespace

PrintService::PrintService(PrintParts parts) : m_parts(std::move(parts))
{
    m_thread = std::thread([this] { run(); });
}

PrintService::~PrintService()
{
    stop();
}

void PrintService::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    m_entries.clear(); // joins each printer's thread
    const std::lock_guard lock(m_storeMutex);
    m_store.reset();
}

void PrintService::tell(bool isWarning, const char *event, const QString &printer,
                        const QString &detail) const
{
    if (m_parts.notice)
        m_parts.notice({isWarning, event, printer, detail});
}

void PrintService::queue(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void PrintService::setPrinters(const Printers &printers)
{
    std::optional<Cursor> head;
    {
        const std::lock_guard lock(m_mutex);
        head = m_head;
        m_publicUrl = printers.publicUrl;
        m_settings = printers.printers;
        std::erase_if(m_status, [&](const auto &one) { return !printers.printer(one.first); });
        for (const PrinterSettings &printer : printers.printers) {
            PrinterStatus &status = m_status[printer.id];
            status.id = printer.id;
            status.name = printer.name;
            status.address = addressOf(printer);
        }
    }
    queue([this, printers, head] {
        m_newFrom = head; // what is paid from now on is for those that are new, too
        apply(printers);
    });
}

void PrintService::setHead(const Cursor &head)
{
    {
        const std::lock_guard lock(m_mutex);
        m_head = head;
        m_headMoved = true;
    }
    m_wake.notify_one();
}

void PrintService::offer(std::vector<TicketOffer> offers, const ReceiptHeader &header)
{
    queue([this, offers = std::move(offers), header] { addTickets(offers, header); });
}

std::vector<PrinterStatus> PrintService::printers() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<PrinterStatus> list;
    for (const PrinterSettings &printer : m_settings)
        list.push_back(m_status.at(printer.id));
    return list;
}

void PrintService::print(const ReceiptRequest &request,
                         std::function<void(Result<ReceiptQueued>)> done)
{
    queue([this, request, done = std::move(done)] {
        const Result<ReceiptQueued> result = addCopy(request);
        if (result)
            wakeWorkers();
        m_parts.post([done, result] { done(result); });
    });
}

void PrintService::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        if (!m_tasks.empty()) {
            const Task task = std::move(m_tasks.front());
            m_tasks.pop_front();
            lock.unlock();
            task();
            lock.lock();
            continue;
        }
        if (m_headMoved) {
            m_headMoved = false;
            lock.unlock();
            followAll();
            lock.lock();
            continue;
        }
        // Now and then also without a reason: a disk that was full may have room again.
        if (!m_wake.wait_for(lock, storeRetry,
                             [this] { return m_stopping || !m_tasks.empty() || m_headMoved; }))
            m_headMoved = m_head && !m_settings.empty();
    }
    // Who waits for an answer gets one.
    while (!m_tasks.empty()) {
        const Task task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
}

void PrintService::storageTrouble(const Error &error)
{
    tell(true, "print_queue_failed", {}, error.detail);
}

bool PrintService::openStore()
{
    const std::lock_guard lock(m_storeMutex);
    if (m_store)
        return true;
    Result<std::unique_ptr<PrintStore>> opened = PrintStore::open(m_parts.path, now());
    if (!opened) {
        storageTrouble(opened.error());
        return false;
    }
    m_store = std::move(*opened);
    if (m_store->isNew())
        tell(false, "print_queue_made", {}, m_parts.path);
    if (m_store->interrupted() > 0)
        tell(true, "print_interrupted", {}, QString::number(m_store->interrupted()));
    return true;
}

// A printer whose entry has changed gets a new thread: what it is sending is finished first, or
// comes out again as a possible copy.
void PrintService::apply(const Printers &printers)
{
    std::erase_if(m_entries, [&](const auto &one) {
        const PrinterSettings *now = printers.printer(one.first);
        return !now || placeFor(*now) != one.second.worker->place();
    });
    std::erase_if(m_places, [&](const auto &one) { return !printers.printer(one.first); });
    m_printers = printers.printers;
    m_isTold = true;
    m_isApplied = false;
    followAll();
}

Status PrintService::keepOnly()
{
    if (m_isApplied)
        return ok();
    QStringList ids;
    for (const PrinterSettings &printer : m_printers)
        ids.append(printer.id);
    const std::lock_guard lock(m_storeMutex);
    Status kept = m_store->keepOnly(ids, now());
    m_isApplied = kept.has_value();
    return kept;
}

void PrintService::startWorkers()
{
    for (const PrinterSettings &printer : m_printers) {
        Entry &entry = m_entries[printer.id];
        entry.settings = printer;
        if (entry.worker)
            continue;
        entry.worker = std::make_unique<PrinterWorker>(
            printer.id, placeFor(printer), static_cast<PrintJobs &>(*this), m_parts.times);
        entry.worker->start();
    }
}

void PrintService::wakeWorkers()
{
    for (auto &[id, entry] : m_entries) {
        countWaiting(id);
        entry.worker->wake();
    }
}

// Everything that is to be done after any change; also what could not be done the last time. Not
// before the printers are known: those of the file would be taken for ones that are gone.
void PrintService::followAll()
{
    if (!m_isTold)
        return;
    std::optional<Cursor> head;
    {
        const std::lock_guard lock(m_mutex);
        head = m_head;
    }
    const bool isUnused = m_printers.empty() && !m_store && !Database::exists(m_parts.path);
    if (!head || isUnused || !openStore())
        return;
    Status done = keepOnly();
    for (const PrinterSettings &printer : m_printers) {
        const std::lock_guard lock(m_storeMutex);
        if (done)
            done = follow(printer, *head);
    }
    if (!done) {
        storageTrouble(done.error());
        return;
    }
    startWorkers();
    wakeWorkers();
}

// Where the printer stands in this log.
Result<Cursor> PrintService::placeOf(const QString &printer, const Cursor &head)
{
    if (const auto it = m_places.find(printer);
        it != m_places.end() && it->second.epoch == head.epoch)
        return it->second;
    Result<std::optional<Cursor>> birth = m_store->birth();
    if (!birth)
        return birth.error();
    if (!*birth) {
        if (const Status born = m_store->setBirth(head); !born)
            return born.error();
    }
    const Result<std::optional<Cursor>> found = m_store->cursor(printer);
    if (!found)
        return found.error();
    if (!*found) {
        const Cursor from = m_newFrom && m_newFrom->epoch == head.epoch ? *m_newFrom : head;
        tell(false, "printer_begins", printer, QString::number(from.pos));
        return from;
    }
    Cursor place = **found;
    if (place.epoch == head.epoch)
        return place;
    const auto chain = m_parts.reader->chainAt(place.pos);
    if (!chain)
        return chain.error();
    if (place.pos <= head.pos && *chain && chainPrefix(**chain) == place.h) {
        place.epoch = head.epoch; // the same events, and those after them were not printed
        return place;
    }
    tell(true, "print_cursor_moved", printer,
         QStringLiteral("another log: from %1 to its end, %2").arg(place.pos).arg(head.pos));
    return head;
}

// What says nothing of a payment is passed by in memory alone: to read it again costs less than a
// sync for each event.
Status PrintService::follow(const PrinterSettings &printer, const Cursor &head)
{
    const Result<Cursor> place = placeOf(printer.id, head);
    if (!place)
        return place.error();
    Cursor at = *place;
    bool isDue = !m_places.contains(printer.id) || m_places.at(printer.id).epoch != at.epoch;
    do {
        std::vector<PrintJob> jobs;
        if (at.pos < head.pos) {
            const auto events = m_parts.reader->events(at.pos, head.pos, limits::logScanEvents,
                                                       limits::gapBytesMax);
            if (!events)
                return events.error();
            if (events->empty())
                break;
            jobs = jobsOf(*events, printer, isDue);
            at.pos = events->back().event.pos;
            at.h = chainPrefix(events->back().chain);
        }
        if (isDue) {
            if (const Status moved = m_store->advance(printer.id, at, jobs, now()); !moved)
                return moved;
        }
        m_places[printer.id] = at;
        isDue = false;
    } while (at.pos < head.pos);
    return ok();
}

// `hasPayment` is set when there is one, whether it is this printer's to print or not.
std::vector<PrintJob> PrintService::jobsOf(const std::vector<LoggedEvent> &events,
                                           const PrinterSettings &printer, bool &hasPayment)
{
    std::vector<PrintJob> jobs;
    for (const LoggedEvent &logged : events) {
        if (logged.event.type != EventType::OrderPaid)
            continue;
        hasPayment = true;
        if (!printer.receipts)
            continue;
        PrintJob job;
        job.printer = printer.id;
        job.orderId = logged.event.orderId;
        job.seq = logged.event.seq;
        jobs.push_back(std::move(job));
    }
    return jobs;
}

// Only the file can tell, and only of what was paid since there is one, in this very log.
Result<bool> PrintService::wasNeverPrinted(const ReadReceipt &receipt)
{
    const Result<std::optional<Cursor>> birth = m_store->birth();
    if (!birth)
        return birth.error();
    const std::lock_guard lock(m_mutex);
    return *birth && m_head && (*birth)->epoch == m_head->epoch && receipt.paidPos > (*birth)->pos;
}

Result<ReceiptQueued> PrintService::addCopy(const ReceiptRequest &request)
{
    const Entry *chosen = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        for (const PrinterSettings &printer : m_settings) {
            const auto entry = m_entries.find(printer.id);
            const bool isIt =
                request.printer.isEmpty() ? printer.receipts : printer.id == request.printer;
            if (!chosen && isIt && entry != m_entries.end())
                chosen = &entry->second;
        }
    }
    if (!chosen)
        return Error{ErrorCode::NotFound, request.printer.isEmpty()
                                              ? QStringLiteral("no printer prints receipts")
                                              : QStringLiteral("there is no such printer")};
    const std::lock_guard lock(m_storeMutex);
    if (!m_store)
        return Error{ErrorCode::StorageFailed, QStringLiteral("the printers' file is not open")};
    const Result<ReadReceipt> receipt = readReceipt(*m_parts.reader, request.orderId);
    if (!receipt)
        return receipt.error();
    const Result<bool> isUnprinted = wasNeverPrinted(*receipt);
    if (!isUnprinted)
        return isUnprinted.error();
    PrintJob job;
    job.printer = chosen->settings.id;
    job.orderId = request.orderId;
    job.seq = receipt->seq;
    const Result<PrintJob> added = m_store->addCopy(std::move(job), *isUnprinted, now());
    if (!added)
        return added.error();
    return ReceiptQueued{added->n, added->printer, added->copy};
}

} // namespace cf::hub
