// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <QUuid>

#include <array>
#include <functional>
#include <optional>

namespace cf::hub {

enum class PrinterState : quint8 {
    Unknown, // not asked yet
    Ready,
    Printing,
    Unreachable, // nobody answers at its address
    Silent,      // it is there and does not say how it is
    Offline,     // it says that it will not print, and not why
    CoverOpen,
    PaperOut,
    Stalled, // it takes no more of what is sent
};
// "paper_out"
constexpr QLatin1StringView printerStateName(PrinterState state)
{
    constexpr std::array<QLatin1StringView, 9> names{
        {QLatin1StringView("unknown"), QLatin1StringView("ready"), QLatin1StringView("printing"),
         QLatin1StringView("unreachable"), QLatin1StringView("silent"),
         QLatin1StringView("offline"), QLatin1StringView("cover_open"),
         QLatin1StringView("paper_out"), QLatin1StringView("stalled")}};
    return names.at(static_cast<size_t>(state));
}

// A printer as the manager sees it. The counts are since the hub started, `waiting` is now.
struct PrinterStatus {
    QString id;
    QString name;
    QString address; // host:port
    PrinterState state = PrinterState::Unknown;
    QString detail; // one line for a person; may be empty
    bool paperLow = false;
    Timestamp since{}; // in this state
    qint64 waiting = 0;
    qint64 printed = 0;
    qint64 possibleCopies = 0; // sent again because nobody knows whether they were printed
    qint64 unprinted = 0;      // given up, or not confirmed: each is in the journal
    std::optional<Timestamp> lastPrinted;
};

// A receipt to be printed again, or for the first time where none was.
struct ReceiptRequest {
    QUuid orderId;
    QString printer; // empty: the first that prints receipts
};
struct ReceiptQueued {
    qint64 job = 0;
    QString printer;
    int copy = 1;
};

// What the routes need of the printers. Net thread only; callbacks come back there.
class PrintDesk
{
public:
    virtual ~PrintDesk() = default;
    [[nodiscard]] virtual std::vector<PrinterStatus> printers() const = 0;
    // Answered once the job is on disk. NotFound: no such printer; UnknownOrder;
    // TransitionNotAllowed: it was not paid.
    virtual void print(const ReceiptRequest &request,
                       std::function<void(Result<ReceiptQueued>)> done) = 0;
};

} // namespace cf::hub
