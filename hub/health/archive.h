// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <QByteArray>

#include <vector>

namespace cf::hub {

struct ArchivedFile {
    QByteArray name; // within the archive
    QByteArray content;
};

// A tar file, compressed with gzip, in memory. Errors: Internal.
Result<QByteArray> tarGz(const std::vector<ArchivedFile> &files, Timestamp at);

} // namespace cf::hub
