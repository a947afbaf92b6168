// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <vector>

namespace cf::hub {

// A file of hub/web, compiled in.
struct EmbeddedFile {
    QByteArrayView name; // without a directory
    QByteArrayView content;
};
const std::vector<EmbeddedFile> &embeddedFiles();

// Empty when there is no such file: the build decides which there are.
QByteArrayView embeddedFile(QByteArrayView name);

} // namespace cf::hub
