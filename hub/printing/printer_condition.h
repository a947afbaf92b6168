// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/printing/print_desk.h"

#include <QByteArray>

namespace cf::hub {

// What a printer says of itself when it is asked with DLE EOT n, as Epson defined it and everybody
// after them: one byte a question, at once, also while it prints or cannot.
struct PrinterCondition {
    bool isOffline = false;
    bool isCoverOpen = false;
    bool isPaperOut = false;
    bool isPaperLow = false;
    bool hasError = false;
    bool operator==(const PrinterCondition &) const = default;

    [[nodiscard]] bool isReady() const
    {
        return !isOffline && !isCoverOpen && !isPaperOut && !hasError;
    }
    [[nodiscard]] PrinterState state() const;
};

// DLE EOT 1, 2 and 4: the printer, why it is offline, and its paper.
QByteArray conditionQuestions();
inline constexpr int conditionAnswers = 3;
// Is this byte an answer to one of those, and not to GS r?
bool isConditionAnswer(quint8 byte);
// The three answers in their order.
PrinterCondition conditionOf(QByteArrayView answers);

// GS r 1: answered when everything before it is printed.
QByteArray doneQuestion();
bool isDoneAnswer(quint8 byte);

} // namespace cf::hub
