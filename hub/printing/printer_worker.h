// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/printing/print_desk.h"
#include "hub/printing/printer_condition.h"
#include "hub/printing/printer_socket.h"
#include "shared/base/limits.h"

#include <atomic>
#include <thread>

namespace cf::hub {

// How long a printer is waited for; see limits.h. Tests shorten them.
struct PrinterTimes {
    std::chrono::milliseconds connectMax = limits::printerConnectMax;
    std::chrono::milliseconds answerMax = limits::printerAnswerMax;
    std::chrono::milliseconds pollEvery = limits::printerPollEvery;
    std::chrono::milliseconds silenceMax = limits::printerSilenceMax;
    std::chrono::milliseconds doneMax = limits::printerDoneMax;
    std::chrono::milliseconds retryMin = limits::printerRetryMin;
    std::chrono::milliseconds retryMax = limits::printerRetryMax;
    std::chrono::milliseconds lookEvery = limits::printerLookEvery;
};

struct PrinterPlace {
    QString host;
    quint16 port = 0;
    bool answersStatus = true;
    bool operator==(const PrinterPlace &) const = default;
};

struct PrintPage {
    qint64 n = 0;
    QByteArray bytes;
};

// What a worker needs of the queue. Called on the worker's thread.
class PrintJobs
{
public:
    virtual ~PrintJobs() = default;
    // The next, ready to be sent; nullopt: there is none.
    virtual std::optional<PrintPage> next(const QString &printer) = 0;
    // Durable when it returns true; false: do not send.
    virtual bool begin(const QString &printer, qint64 n) = 0;
    virtual void printed(const QString &printer, qint64 n) = 0;
    virtual void unconfirmed(const QString &printer, qint64 n) = 0;
    // The connection ended while it was sent.
    virtual void interrupted(const QString &printer, qint64 n, bool mayBePrinted,
                             const QString &why) = 0;
    virtual void stateChanged(const QString &printer, PrinterState state, const QString &detail,
                              bool paperLow) = 0;
};

// One printer and its thread: connects when there is something to print, asks how the printer is,
// prints one job after the other, and lets go of it, so that others can print there too. Nothing is
// sent to a printer that is not ready. A job is done when the printer says that what came before
// the question is printed; where it is told not to expect answers, when everything was taken.
class PrinterWorker
{
public:
    PrinterWorker(QString id, PrinterPlace place, PrintJobs &jobs, PrinterTimes times);
    ~PrinterWorker(); // stops and joins

    void start();
    void wake(); // there may be something to print; any thread
    [[nodiscard]] const PrinterPlace &place() const { return m_place; }

private:
    enum class Outcome : quint8 { Done, Unconfirmed, Unsent, Cut };

    void run();
    // True: everything there was is printed.
    bool serve();
    bool printAll(PrinterSocket &socket, PrintPage page);
    bool printOne(PrinterSocket &socket, const PrintPage &page);
    void look(); // how it is, when there is nothing to print
    bool waitUntilReady(PrinterSocket &socket);
    // nullopt: it did not say.
    std::optional<PrinterCondition> ask(PrinterSocket &socket);
    Outcome send(PrinterSocket &socket, const QByteArray &bytes);
    Outcome confirm(PrinterSocket &socket);
    Outcome confirmByEnd(PrinterSocket &socket);
    void say(PrinterState state, const QString &detail = {});
    // False when stopping.
    bool pause(std::chrono::milliseconds time);
    [[nodiscard]] bool isStopping() const { return m_stopping.load(); }

    QString m_id;
    PrinterPlace m_place;
    PrintJobs &m_jobs;
    PrinterTimes m_times;
    WakeUp m_stop;
    WakeUp m_work;
    std::atomic<bool> m_stopping = false;
    bool m_isPaperLow = false; // as it last said
    std::thread m_thread;
};

} // namespace cf::hub
