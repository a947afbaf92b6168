// SPDX-License-Identifier: Apache-2.0
#include "hub/printing/printer_worker.h"

#include <algorithm>

namespace cf::hub {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

namespace {

// GS a 0: it speaks when it is spoken to.
QByteArray greeting()
{
    return QByteArray("\x1d"
                      "a\x00",
                      3);
}

std::chrono::milliseconds since(SteadyClock::time_point then)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - then);
}

} // namespace

PrinterWorker::PrinterWorker(QString id, PrinterPlace place, PrintJobs &jobs, PrinterTimes times)
    : m_id(std::move(id)), m_place(std::move(place)), m_jobs(jobs), m_times(times)
{
}

PrinterWorker::~PrinterWorker()
{
    m_stopping = true;
    m_stop.ring();
    m_work.ring();
    if (m_thread.joinable())
        m_thread.join();
}

void PrinterWorker::start()
{
    m_thread = std::thread([this] { run(); });
}

void PrinterWorker::wake()
{
    m_work.ring();
}

void PrinterWorker::say(PrinterState state, const QString &detail)
{
    m_jobs.stateChanged(m_id, state, detail, m_isPaperLow);
}

bool PrinterWorker::pause(std::chrono::milliseconds time)
{
    return !m_stop.wait(time) && !isStopping();
}

void PrinterWorker::run()
{
    std::chrono::milliseconds retry = m_times.retryMin;
    look();
    auto looked = SteadyClock::now();
    while (!isStopping()) {
        m_work.hush();
        if (!serve()) {
            if (!pause(retry))
                return;
            retry = std::min(2 * retry, m_times.retryMax);
            continue;
        }
        retry = m_times.retryMin;
        const auto left = m_times.lookEvery - since(looked);
        if (left > 0ms && m_work.wait(left))
            continue;
        looked = SteadyClock::now();
        if (!isStopping())
            look();
    }
}

bool PrinterWorker::serve()
{
    std::optional<PrintPage> page = m_jobs.next(m_id);
    if (!page)
        return true;
    PrinterSocket socket(m_stop);
    if (const Status connected = socket.connect(m_place.host, m_place.port, m_times.connectMax);
        !connected) {
        if (!isStopping())
            say(PrinterState::Unreachable, connected.error().detail);
        return false;
    }
    return printAll(socket, std::move(*page));
}

bool PrinterWorker::printAll(PrinterSocket &socket, PrintPage page)
{
    if (m_place.answersStatus && socket.write(greeting(), m_times.answerMax) <= 0)
        return false;
    std::optional<PrintPage> next = std::move(page);
    while (next) {
        if (isStopping() || !waitUntilReady(socket) || !printOne(socket, *next))
            return false;
        if (!m_place.answersStatus) { // its end was the end of the connection
            m_work.ring();
            break;
        }
        next = m_jobs.next(m_id);
    }
    say(PrinterState::Ready);
    return true;
}

bool PrinterWorker::printOne(PrinterSocket &socket, const PrintPage &page)
{
    if (!m_jobs.begin(m_id, page.n))
        return false;
    say(PrinterState::Printing);
    switch (send(socket, page.bytes)) {
    case Outcome::Done: m_jobs.printed(m_id, page.n); return true;
    case Outcome::Unconfirmed: m_jobs.unconfirmed(m_id, page.n); return true;
    case Outcome::Unsent:
        m_jobs.interrupted(m_id, page.n, false, QStringLiteral("the connection ended"));
        return false;
    case Outcome::Cut: break;
    }
    m_jobs.interrupted(m_id, page.n, true, QStringLiteral("the connection ended half way"));
    return false;
}

// A printer that is not ready is asked again over the same connection, for as long as it answers.
bool PrinterWorker::waitUntilReady(PrinterSocket &socket)
{
    if (!m_place.answersStatus)
        return true;
    for (;;) {
        const std::optional<PrinterCondition> condition = ask(socket);
        if (!condition) {
            if (!isStopping())
                say(PrinterState::Silent,
                    QStringLiteral("it does not say how it is: is that switched off in its entry "
                                   "(status), or another program printing?"));
            return false;
        }
        if (condition->isReady())
            return true;
        say(condition->state());
        if (!pause(m_times.pollEvery))
            return false;
    }
}

std::optional<PrinterCondition> PrinterWorker::ask(PrinterSocket &socket)
{
    const QByteArray questions = conditionQuestions();
    if (socket.write(questions, m_times.answerMax) != questions.size())
        return std::nullopt;
    const auto began = SteadyClock::now();
    QByteArray answers;
    while (answers.size() < conditionAnswers && since(began) < m_times.answerMax && socket.isOpen()
           && !isStopping()) {
        for (const char byte : socket.read(std::max(0ms, m_times.answerMax - since(began)))) {
            if (isConditionAnswer(static_cast<quint8>(byte)))
                answers.append(byte);
        }
    }
    if (answers.size() < conditionAnswers)
        return std::nullopt;
    const PrinterCondition condition = conditionOf(answers);
    m_isPaperLow = condition.isPaperLow;
    return condition;
}

void PrinterWorker::look()
{
    if (!m_place.answersStatus)
        return;
    PrinterSocket socket(m_stop);
    const Status connected = socket.connect(m_place.host, m_place.port, m_times.connectMax);
    if (isStopping())
        return;
    if (!connected) {
        say(PrinterState::Unreachable, connected.error().detail);
        return;
    }
    socket.write(greeting(), m_times.answerMax);
    const std::optional<PrinterCondition> condition = ask(socket);
    if (condition)
        say(condition->state());
    else if (!isStopping())
        say(PrinterState::Silent, QStringLiteral("it does not say how it is"));
}

PrinterWorker::Outcome PrinterWorker::send(PrinterSocket &socket, const QByteArray &bytes)
{
    const QByteArray all = m_place.answersStatus ? bytes + doneQuestion() : bytes;
    qint64 sent = 0;
    auto progress = SteadyClock::now();
    while (sent < all.size()) {
        const qint64 now = socket.write(QByteArrayView(all).sliced(sent), m_times.pollEvery);
        const bool isOver = isStopping() || since(progress) >= m_times.silenceMax;
        if (now < 0 || (now == 0 && isOver))
            return sent == 0 ? Outcome::Unsent : Outcome::Cut;
        if (now == 0) {
            say(PrinterState::Stalled);
            continue;
        }
        sent += now;
        progress = SteadyClock::now();
    }
    return m_place.answersStatus ? confirm(socket) : confirmByEnd(socket);
}

// While it prints it is asked how it is: a printer without paper says so and goes on when it has
// some, and is waited for; one that says nothing at all is gone.
PrinterWorker::Outcome PrinterWorker::confirm(PrinterSocket &socket)
{
    auto heard = SteadyClock::now();
    auto ready = SteadyClock::now();
    auto asked = SteadyClock::now();
    QByteArray answers;
    while (socket.isOpen() && !isStopping()) {
        for (const char byte : socket.read(m_times.pollEvery)) {
            heard = SteadyClock::now();
            if (isDoneAnswer(static_cast<quint8>(byte)))
                return Outcome::Done;
            if (isConditionAnswer(static_cast<quint8>(byte)))
                answers.append(byte);
        }
        if (answers.size() >= conditionAnswers) {
            const PrinterCondition condition = conditionOf(answers);
            answers.clear();
            m_isPaperLow = condition.isPaperLow;
            say(condition.isReady() ? PrinterState::Printing : condition.state());
            if (!condition.isReady())
                ready = SteadyClock::now();
        }
        if (since(heard) >= m_times.silenceMax)
            break;
        if (since(ready) >= m_times.doneMax)
            return Outcome::Unconfirmed;
        if (socket.isOpen() && since(asked) >= m_times.pollEvery) {
            asked = SteadyClock::now();
            answers.clear();
            socket.write(conditionQuestions(), 0ms);
        }
    }
    return Outcome::Cut;
}

// The printer that says nothing: its end of the connection, or its acknowledgement of every byte.
PrinterWorker::Outcome PrinterWorker::confirmByEnd(PrinterSocket &socket)
{
    socket.finishWriting();
    const auto began = SteadyClock::now();
    while (socket.isOpen() && !isStopping() && since(began) < m_times.silenceMax) {
        (void)socket.read(m_times.pollEvery);
        if (!socket.isOpen())
            return socket.endedInOrder() ? Outcome::Done : Outcome::Cut;
        if (socket.unacknowledged() == 0 && since(began) >= m_times.answerMax)
            return Outcome::Done;
    }
    return Outcome::Cut;
}

} // namespace cf::hub
