// SPDX-License-Identifier: Apache-2.0
#include "hub/printing/printer_socket.h"

#include <cerrno>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/sockios.h>

#include <memory>
#include <system_error>

namespace cf::hub {

WakeUp::WakeUp() : m_fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { }

WakeUp::~WakeUp()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

void WakeUp::ring()
{
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_fd, &one, sizeof one);
}

void WakeUp::hush()
{
    quint64 count = 0;
    [[maybe_unused]] const ssize_t got = ::read(m_fd, &count, sizeof count);
}

bool WakeUp::wait(std::chrono::milliseconds time)
{
    pollfd one{m_fd, POLLIN, 0};
    return ::poll(&one, 1, static_cast<int>(time.count())) > 0;
}

short PrinterSocket::waitFor(short events, std::chrono::milliseconds time) const
{
    pollfd both[2] = {{m_fd, events, 0}, {m_stop.fd(), POLLIN, 0}};
    const int count = ::poll(both, 2, static_cast<int>(time.count()));
    return count > 0 && both[1].revents == 0 ? both[0].revents : short(0);
}

bool PrinterSocket::connectTo(const void *address, unsigned size, int family,
                              std::chrono::milliseconds time)
{
    m_fd = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_fd < 0)
        return false;
    const int on = 1;
    ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(m_fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    int error = ::connect(m_fd, static_cast<const sockaddr *>(address), size) == 0 ? 0 : errno;
    if (error == EINPROGRESS) {
        socklen_t length = sizeof error;
        error = ETIMEDOUT;
        if (waitFor(POLLOUT, time) != 0)
            ::getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &error, &length);
    }
    if (error == 0)
        return true;
    close();
    errno = error;
    return false;
}

Status PrinterSocket::connect(const QString &host, quint16 port, std::chrono::milliseconds time)
{
    close();
    m_endedInOrder = false;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    const QByteArray service = QByteArray::number(port);
    const int code = ::getaddrinfo(host.toUtf8().constData(), service.constData(), &hints, &found);
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list(found, ::freeaddrinfo);
    if (code != 0)
        return Error{ErrorCode::Unavailable, QString::fromLocal8Bit(::gai_strerror(code))};
    int error = 0;
    for (const addrinfo *one = list.get(); one; one = one->ai_next) {
        if (connectTo(one->ai_addr, one->ai_addrlen, one->ai_family, time))
            return ok();
        error = errno;
    }
    return Error{ErrorCode::Unavailable,
                 QString::fromStdString(std::generic_category().message(error))};
}

qint64 PrinterSocket::write(QByteArrayView bytes, std::chrono::milliseconds time)
{
    if (m_fd < 0)
        return -1;
    if ((waitFor(POLLOUT, time) & (POLLOUT | POLLERR | POLLHUP)) == 0)
        return 0;
    const ssize_t sent =
        ::send(m_fd, bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
    if (sent >= 0)
        return sent;
    if (errno == EAGAIN || errno == EINTR)
        return 0;
    close();
    return -1;
}

QByteArray PrinterSocket::read(std::chrono::milliseconds time)
{
    if (m_fd < 0 || waitFor(POLLIN, time) == 0)
        return {};
    char buffer[512];
    const ssize_t got = ::recv(m_fd, buffer, sizeof buffer, 0);
    if (got > 0)
        return {buffer, got};
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return {};
    m_endedInOrder = got == 0;
    close();
    return {};
}

void PrinterSocket::finishWriting()
{
    if (m_fd >= 0)
        ::shutdown(m_fd, SHUT_WR);
}

int PrinterSocket::unacknowledged() const
{
    int bytes = 0;
    return m_fd >= 0 && ::ioctl(m_fd, SIOCOUTQ, &bytes) == 0 ? bytes : -1;
}

void PrinterSocket::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

} // namespace cf::hub
