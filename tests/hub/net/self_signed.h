// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace cf::test {

// Writes a fresh ECDSA key and a certificate it signs itself, as PEM; false when that fails.
bool writeSelfSigned(const QString &certPath, const QString &keyPath);

} // namespace cf::test
