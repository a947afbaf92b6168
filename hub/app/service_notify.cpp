// SPDX-License-Identifier: Apache-2.0
#include "hub/app/service_notify.h"

#include "hub/app/unique_fd.h"

#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>

namespace cf::hub {

bool notifyService(const QByteArray &socket, const QByteArray &state)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const auto length = static_cast<size_t>(socket.size());
    const bool known = socket.startsWith('/') || socket.startsWith('@');
    if (!known || length >= sizeof address.sun_path)
        return false;
    std::memcpy(address.sun_path, socket.constData(), length);
    if (socket.startsWith('@'))
        address.sun_path[0] = '\0';
    const UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!fd.isValid())
        return false;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
    const auto stateSize = static_cast<size_t>(state.size());
    return ::sendto(fd.get(), state.constData(), stateSize, MSG_NOSIGNAL,
                    reinterpret_cast<const sockaddr *>(&address), size)
           == static_cast<ssize_t>(stateSize);
}

} // namespace cf::hub
