// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/render.h"

#include <qrencode.h>

namespace cf::hub {

QrMatrix qrMatrix(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(bytes.size()),
                          reinterpret_cast<const unsigned char *>(bytes.constData()), 0,
                          QR_ECLEVEL_M),
        QRcode_free);
    QrMatrix matrix;
    if (bytes.isEmpty() || !code)
        return matrix;
    matrix.size = code->width;
    matrix.modules.reserve(static_cast<qsizetype>(matrix.size) * matrix.size);
    for (int i = 0; i < matrix.size * matrix.size; ++i)
        matrix.modules.append((code->data[i] & 1) != 0 ? '1' : '0');
    return matrix;
}

} // namespace cf::hub
