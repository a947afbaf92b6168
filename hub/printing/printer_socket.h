// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QByteArray>

#include <chrono>

namespace cf::hub {

// Wakes a thread that waits for a socket. Any thread may ring.
class WakeUp
{
public:
    WakeUp();
    ~WakeUp();
    WakeUp(const WakeUp &) = delete;
    WakeUp &operator=(const WakeUp &) = delete;

    void ring();
    void hush(); // what was rung before is heard
    [[nodiscard]] int fd() const { return m_fd; }
    // Until it is rung, at most so long. True: it was.
    bool wait(std::chrono::milliseconds time);

private:
    int m_fd = -1;
};

// A TCP connection to a printer, for a thread of its own that can wait. Every wait ends early when
// `stop` is rung.
class PrinterSocket
{
public:
    explicit PrinterSocket(WakeUp &stop) : m_stop(stop) { }
    ~PrinterSocket() { close(); }
    PrinterSocket(const PrinterSocket &) = delete;
    PrinterSocket &operator=(const PrinterSocket &) = delete;

    // The error's detail is one line for a person.
    Status connect(const QString &host, quint16 port, std::chrono::milliseconds time);
    // What the kernel took of it now; 0: nothing for so long; -1: the connection ended.
    qint64 write(QByteArrayView bytes, std::chrono::milliseconds time);
    // What came, empty when nothing did; isOpen() is false then if the printer closed.
    QByteArray read(std::chrono::milliseconds time);
    void finishWriting(); // the printer sees the end of it
    // Bytes that its side has not acknowledged.
    [[nodiscard]] int unacknowledged() const;
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    // The other side ended in order, not with an error.
    [[nodiscard]] bool endedInOrder() const { return m_endedInOrder; }
    void close();

private:
    // Events that came; 0: time is up, or stop was rung.
    short waitFor(short events, std::chrono::milliseconds time) const;
    bool connectTo(const void *address, unsigned size, int family, std::chrono::milliseconds time);

    WakeUp &m_stop;
    int m_fd = -1;
    bool m_endedInOrder = false;
};

} // namespace cf::hub
