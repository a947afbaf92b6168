// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace cf::kds {

// Replaces a file whole: a reader sees the old or the new one. Not synced: nothing that must
// survive a power cut is written this way. False: not written, the old one stays.
bool replaceFile(const QString &path, const QByteArray &bytes);

} // namespace cf::kds
