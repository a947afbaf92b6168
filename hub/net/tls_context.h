// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <boost/asio/ssl/context.hpp>

#include <memory>

namespace cf::hub {

// TLS 1.2 or newer with this certificate chain and key (PEM files; ECDSA keys make for the cheapest
// handshakes). The error names the file, never its content.
Result<std::shared_ptr<boost::asio::ssl::context>> makeTlsContext(const QString &certPath,
                                                                  const QString &keyPath);

} // namespace cf::hub
