// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/any_stream.h"

#include <functional>

namespace cf::hub {

// Tells TLS from plain HTTP by a client's first byte and shakes hands where it must; then calls
// `done`, with false when the client is not worth keeping. `done` keeps the stream alive. Closing
// the stream's socket ends it.
void openStream(AnyStream &stream, boost::asio::ssl::context &tls,
                const std::function<void(bool)> &done);

} // namespace cf::hub
