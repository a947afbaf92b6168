// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace cf::hub {

// scrypt (RFC 7914) with N = 32768, r = 8, p = 1: 32 MiB and about a tenth of a second, so that a
// stolen list of hashes costs whoever tries all PINs of six digits a day of a core, and a
// restaurant's hub nothing that is felt. Blocks for that long: not for the net thread. 64 hex
// digits; empty only when there is no memory.
QByteArray hashPin(QByteArrayView pin, QByteArrayView salt);

} // namespace cf::hub
