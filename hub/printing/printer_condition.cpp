// SPDX-License-Identifier: Apache-2.0
#include "hub/printing/printer_condition.h"

namespace cf::hub {

PrinterState PrinterCondition::state() const
{
    if (isPaperOut)
        return PrinterState::PaperOut;
    if (isCoverOpen)
        return PrinterState::CoverOpen;
    return isReady() ? PrinterState::Ready : PrinterState::Offline;
}

QByteArray conditionQuestions()
{
    return QByteArrayLiteral("\x10\x04\x01\x10\x04\x02\x10\x04\x04");
}

// Bits 1 and 4 are set in these, bits 0 and 7 are not.
bool isConditionAnswer(quint8 byte)
{
    return (byte & 0x93) == 0x12;
}

PrinterCondition conditionOf(QByteArrayView answers)
{
    PrinterCondition condition;
    if (answers.size() < conditionAnswers)
        return condition;
    const auto printer = static_cast<quint8>(answers.at(0));
    const auto cause = static_cast<quint8>(answers.at(1));
    const auto paper = static_cast<quint8>(answers.at(2));
    condition.isOffline = (printer & 0x08) != 0;
    condition.isCoverOpen = (cause & 0x04) != 0;
    condition.hasError = (cause & 0x40) != 0;
    condition.isPaperOut = (cause & 0x20) != 0 || (paper & 0x60) != 0;
    condition.isPaperLow = (paper & 0x0c) != 0;
    return condition;
}

QByteArray doneQuestion()
{
    return QByteArrayLiteral("\x1dr\x01");
}

bool isDoneAnswer(quint8 byte)
{
    return (byte & 0x90) == 0;
}

} // namespace cf::hub
