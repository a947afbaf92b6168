// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/log/event_log.h"
#include "hub/printing/kitchen_fallback.h"
#include "hub/printing/print_desk.h"
#include "hub/printing/print_store.h"
#include "hub/printing/printer_worker.h"
#include "hub/receipts/receipt_source.h"
#include "hub/settings/printers.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

namespace cf::hub {

// A line for the journal.
struct PrintNotice {
    bool isWarning = false;
    const char *event = "";
    QString printer;
    QString detail;
};

struct PrintParts {
    QString path;                        // of the printers' file
    std::unique_ptr<EventReader> reader; // of its own
    const Clock *clock = nullptr;
    // Runs a function on the net thread, later. Any thread.
    std::function<void(std::function<void()>)> post;
    std::function<void(const PrintNotice &)> notice; // any thread
    PrinterTimes times = {};
};

// The printers: the log is their queue. Each has its own place in it, kept in a file beside the
// log, and every order_paid past that place is a job of its own. So nothing that was paid is lost,
// whatever dies when; and nothing is printed twice without saying so: a job is marked on disk
// before its first byte is sent, and one that was marked and not finished comes out as a possible
// copy.
//
// A printer that is new (also: one whose entry was taken away and came back, and every printer
// where the file is new) begins at the log's end. A log with a new epoch is gone on with where it
// has the very event at the printer's place; one that has not, because it is an older copy or
// another log, from its end: what it holds was printed already, or is not this restaurant's.
//
// A thread of its own reads the log and writes the file; each printer has one for its socket. All
// of it is idle, and there is no file, before the first printer is set up.
class PrintService final : public PrintDesk, private PrintJobs
{
public:
    explicit PrintService(PrintParts parts);
    ~PrintService() override; // stops and joins
    PrintService(const PrintService &) = delete;
    PrintService &operator=(const PrintService &) = delete;

    // --- from the net thread --------------------------------------------------------------------
    void setPrinters(const Printers &printers);
    // The log ends there.
    void setHead(const Cursor &head);
    void offer(std::vector<TicketOffer> offers, const ReceiptHeader &header);
    // No printer is sent another byte after this returned.
    void stop();

    [[nodiscard]] std::vector<PrinterStatus> printers() const override;
    void print(const ReceiptRequest &request,
               std::function<void(Result<ReceiptQueued>)> done) override;

private:
    using Task = std::function<void()>;
    struct Entry {
        PrinterSettings settings;
        std::unique_ptr<PrinterWorker> worker;
    };

    void run();
    void queue(Task task);
    // On the service's thread.
    void apply(const Printers &printers);
    bool openStore();
    Status keepOnly();
    void startWorkers();
    void followAll();
    Status follow(const PrinterSettings &printer, const Cursor &head);
    static std::vector<PrintJob> jobsOf(const std::vector<LoggedEvent> &events,
                                        const PrinterSettings &printer, bool &hasPayment);
    Result<Cursor> placeOf(const QString &printer, const Cursor &head);
    void addTickets(const std::vector<TicketOffer> &offers, const ReceiptHeader &header);
    Status addTicket(const PrinterSettings &printer, TicketOffer offer);
    Result<ReceiptQueued> addCopy(const ReceiptRequest &request);
    Result<bool> wasNeverPrinted(const ReadReceipt &receipt);
    void wakeWorkers();
    void storageTrouble(const Error &error);

    // PrintJobs, on a worker's thread.
    std::optional<PrintPage> next(const QString &printer) override;
    bool begin(const QString &printer, qint64 n) override;
    void printed(const QString &printer, qint64 n) override;
    void unconfirmed(const QString &printer, qint64 n) override;
    void interrupted(const QString &printer, qint64 n, bool mayBePrinted,
                     const QString &why) override;
    void stateChanged(const QString &printer, PrinterState state, const QString &detail,
                      bool paperLow) override;

    Result<QByteArray> pageOf(const PrintJob &job, const PrinterSettings &printer);
    void finish(const QString &printer, qint64 n, JobState state, const char *event);
    void countWaiting(const QString &printer);
    [[nodiscard]] std::optional<PrinterSettings> settingsOf(const QString &printer) const;
    void tell(bool isWarning, const char *event, const QString &printer,
              const QString &detail = {}) const;
    [[nodiscard]] Timestamp now() const { return m_parts.clock->now(); }

    PrintParts m_parts;
    // The file and the reader: whoever holds this uses them. Taken before m_mutex, never after.
    std::mutex m_storeMutex;
    std::unique_ptr<PrintStore> m_store;

    mutable std::mutex m_mutex; // all below
    std::condition_variable m_wake;
    std::deque<Task> m_tasks;
    std::optional<Cursor> m_head;
    bool m_headMoved = false;
    bool m_stopping = false;
    QString m_publicUrl;
    std::vector<PrinterSettings> m_settings;
    std::map<QString, PrinterStatus> m_status;

    // Of the service's thread, and of stop() once that has ended.
    std::vector<PrinterSettings> m_printers; // as last applied
    std::optional<Cursor> m_newFrom;         // where the log ended when they were set up
    std::map<QString, Cursor> m_places;      // in memory; the file's may be behind
    std::map<QString, Entry> m_entries;
    bool m_isTold = false;    // which printers there are
    bool m_isApplied = false; // the file knows which printers there are
    std::thread m_thread;
};

} // namespace cf::hub
