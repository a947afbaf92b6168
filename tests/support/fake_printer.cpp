// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_printer.h"

#include <QtGlobal>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cf::test {

namespace {

// How often it looks at what the test wants of it.
constexpr int turnMs = 5;

// The length of the command or letter at the front; 0: there is more to come.
qsizetype tokenLength(const QByteArray &bytes)
{
    const auto at = [&](qsizetype i) { return i < bytes.size() ? quint8(bytes.at(i)) : 0; };
    const qsizetype have = bytes.size();
    const auto whole = [&](qsizetype length) { return have >= length ? length : 0; };
    if (at(0) == 0x10)
        return whole(3);
    if (at(0) == 0x1b)
        return have < 2 ? 0 : whole(at(1) == '@' ? 2 : 3);
    if (at(0) != 0x1d)
        return 1;
    if (have < 2)
        return 0;
    if (at(1) == 'v')
        return have < 8 ? 0 : whole(8 + (at(4) + 256 * at(5)) * (at(6) + 256 * at(7)));
    if (at(1) == '(')
        return have < 5 ? 0 : whole(5 + at(3) + 256 * at(4));
    return whole(3);
}

void cutHard(int client)
{
    const linger now{1, 0}; // a reset, as from a power cut
    ::setsockopt(client, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

} // namespace

FakePrinter::FakePrinter()
{
    const int probe = listenSocket();
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(probe, reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    ::close(probe);
    m_thread = std::thread([this] { run(); });
}

FakePrinter::~FakePrinter()
{
    m_stopping = true;
    m_thread.join();
}

int FakePrinter::listenSocket() const
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const int small = 4096; // what it does not read is soon not sent
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0
        || ::listen(fd, 4) != 0)
        qFatal("the fake printer cannot listen");
    return fd;
}

void FakePrinter::run()
{
    int listening = -1;
    while (!m_stopping) {
        if (m_isDead) {
            if (listening >= 0)
                ::close(listening);
            listening = -1;
            ::poll(nullptr, 0, turnMs);
            continue;
        }
        if (listening < 0)
            listening = listenSocket();
        pollfd one{listening, POLLIN, 0};
        if (::poll(&one, 1, turnMs) <= 0)
            continue;
        const int client = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0)
            continue;
        ++m_connections;
        serve(client);
        ::close(client);
    }
    if (listening >= 0)
        ::close(listening);
}

void FakePrinter::serve(int client)
{
    while (!m_stopping) {
        if (m_isDead) {
            cutHard(client);
            return;
        }
        if (m_isStalled) {
            ::poll(nullptr, 0, turnMs);
            continue;
        }
        QByteArray bytes(1024, '\0');
        pollfd one{client, POLLIN, 0};
        qsizetype got = 0;
        if (::poll(&one, 1, turnMs) > 0) {
            got = ::recv(client, bytes.data(), static_cast<size_t>(bytes.size()), 0);
            if (got <= 0)
                break;
        }
        QByteArray answers;
        if (!take(bytes.first(got), answers)) {
            cutHard(client);
            break;
        }
        if (!answers.isEmpty())
            ::send(client, answers.constData(), static_cast<size_t>(answers.size()), MSG_NOSIGNAL);
    }
    endScrap();
}

// What was begun and is not cut off; the next comes on paper of its own.
void FakePrinter::endScrap()
{
    m_buffer.clear();
    const std::lock_guard lock(m_mutex);
    if (!m_paper.isEmpty())
        m_scraps.append(m_paper);
    m_paper.clear();
}

void FakePrinter::die()
{
    m_isDead = true;
}

bool FakePrinter::take(const QByteArray &bytes, QByteArray &answers)
{
    m_buffer += bytes;
    while (takeRealTime(answers)) { }
    while (m_hasPaper && !m_isCoverOpen) {
        const qsizetype before = m_buffer.size();
        if (!printNext(answers))
            return false;
        if (m_buffer.size() == before)
            break;
    }
    return true;
}

// Questions are answered wherever they stand.
bool FakePrinter::takeRealTime(QByteArray &answers)
{
    const qsizetype at = m_buffer.indexOf("\x10\x04");
    if (at < 0 || at + 2 >= m_buffer.size())
        return false;
    const auto question = static_cast<quint8>(m_buffer.at(at + 2));
    m_buffer.remove(at, 3);
    ++m_questions;
    if (m_answers)
        answers.append(static_cast<char>(answerTo(question)));
    return true;
}

quint8 FakePrinter::answerTo(quint8 question) const
{
    const bool isOff = !m_hasPaper || m_isCoverOpen;
    switch (question) {
    case 1: return isOff ? 0x1a : 0x12;
    case 2: return 0x12 | (m_isCoverOpen ? 0x04 : 0) | (m_hasPaper ? 0 : 0x20);
    default: return 0x12 | (m_hasPaper ? 0 : 0x60);
    }
}

bool FakePrinter::printNext(QByteArray &answers)
{
    const qsizetype length = tokenLength(m_buffer);
    if (m_buffer.isEmpty() || length == 0)
        return true;
    const QByteArray token = m_buffer.first(length);
    m_buffer.remove(0, length);
    if (token == "\x1dr\x01") {
        if (m_confirms)
            answers.append('\0');
        return true;
    }
    if (token.startsWith("\x1d"
                         "a"))
        return true;
    const std::lock_guard lock(m_mutex);
    m_paper += token;
    if (token.startsWith("\x1dV"))
        m_prints.append(std::exchange(m_paper, {}));
    if (m_paperLeft >= 0 && (m_paperLeft -= static_cast<int>(length)) < 0)
        m_hasPaper = false;
    return m_cutLeft < 0 || (m_cutLeft -= static_cast<int>(length)) >= 0;
}

QByteArrayList FakePrinter::prints() const
{
    const std::lock_guard lock(m_mutex);
    return m_prints;
}

QByteArrayList FakePrinter::scraps() const
{
    const std::lock_guard lock(m_mutex);
    return m_scraps;
}

} // namespace cf::test
