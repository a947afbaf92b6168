// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <vector>

namespace cf::hub {

// A JSON array of pieces that are encoded already.
inline void appendJsonArray(QByteArray &out, const std::vector<QByteArray> &pieces)
{
    qsizetype size = 2;
    for (const QByteArray &piece : pieces)
        size += piece.size() + 1;
    out.reserve(out.size() + size);
    out.append('[');
    for (size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0)
            out.append(',');
        out.append(pieces.at(i));
    }
    out.append(']');
}

} // namespace cf::hub
