// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayList>

#include <atomic>
#include <mutex>
#include <thread>

namespace cf::test {

// A receipt printer on a loopback port, on a thread of its own: takes ESC/POS, answers DLE EOT at
// once and GS r when it comes to it, and does all that goes wrong with printers.
class FakePrinter
{
public:
    FakePrinter();
    ~FakePrinter();
    FakePrinter(const FakePrinter &) = delete;
    FakePrinter &operator=(const FakePrinter &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }

    // --- how it is ------------------------------------------------------------------------------
    void setPaper(bool has) { m_hasPaper = has; }
    void setCoverOpen(bool is) { m_isCoverOpen = is; }
    void setAnswers(bool does) { m_answers = does; }   // DLE EOT
    void setConfirms(bool does) { m_confirms = does; } // GS r
    void setStalled(bool is) { m_isStalled = is; }     // neither reads nor says anything
    // The paper ends, or the connection does, once so many more bytes are printed.
    void endPaperAfter(int bytes) { m_paperLeft = bytes; }
    void cutAfter(int bytes) { m_cutLeft = bytes; }
    // Everything it had not printed is gone; nobody listens until revive().
    void die();
    void revive() { m_isDead = false; }

    // --- what it did ----------------------------------------------------------------------------
    // What was cut off and could be taken away, in its order; text and commands as they came.
    [[nodiscard]] QByteArrayList prints() const;
    // What lies in it, not cut off yet or never.
    [[nodiscard]] QByteArrayList scraps() const;
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] int questions() const { return m_questions; }

private:
    void run();
    int listenSocket() const;
    void serve(int client);
    // False: the connection is to be cut.
    bool take(const QByteArray &bytes, QByteArray &answers);
    bool printNext(QByteArray &answers);
    bool takeRealTime(QByteArray &answers);
    [[nodiscard]] quint8 answerTo(quint8 question) const;
    void endScrap();

    quint16 m_port = 0;
    std::atomic<bool> m_stopping = false;
    std::atomic<bool> m_hasPaper = true;
    std::atomic<bool> m_isCoverOpen = false;
    std::atomic<bool> m_answers = true;
    std::atomic<bool> m_confirms = true;
    std::atomic<bool> m_isStalled = false;
    std::atomic<bool> m_isDead = false;
    std::atomic<int> m_paperLeft = -1;
    std::atomic<int> m_cutLeft = -1;
    std::atomic<int> m_connections = 0;
    std::atomic<int> m_questions = 0;

    QByteArray m_buffer; // taken, not printed
    mutable std::mutex m_mutex;
    QByteArrayList m_prints;
    QByteArrayList m_scraps;
    QByteArray m_paper; // since the last cut
    std::thread m_thread;
};

} // namespace cf::test
