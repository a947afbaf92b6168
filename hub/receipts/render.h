// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/receipts/receipt_rows.h"
#include "hub/settings/printers.h"
#include "shared/base/result.h"

namespace cf::hub {

// Receipts as bytes. Equal rows and options, equal bytes; text, HTML and ESC/POS in a code page
// depend on nothing else at all, PDF and raster images on the versions of the fonts and of Pango
// and Cairo too. Pure but for the fonts, which are read once. Any thread.

// Fixed columns, UTF-8, a line feed after each line.
QByteArray receiptText(const Rows &rows, int columns);

// A page of its own; its style is /web/receipt.css. The QR code is an inline SVG.
QByteArray receiptHtml(const Rows &rows, const QString &title, const QString &language);

// A page 80 mm wide and as long as it is; several where it is longer than a PDF's page may be. `at`
// is what the file says of its own age: when the order was paid, not when it was drawn.
Result<QByteArray> receiptPdf(const Rows &rows, const QString &title, const QString &language,
                              Timestamp at);

// ESC/POS, from the printer's reset to the cut. What the code page cannot say makes it a raster
// image as a whole: a receipt has one look. No byte of the text is ever a command.
Result<QByteArray> receiptEscPos(const Rows &rows, const PaperOptions &options);

// The QR code's modules, row by row, '1' for dark; error correction M. Empty: too much to say.
struct QrMatrix {
    int size = 0;
    QByteArray modules;
    [[nodiscard]] bool isDark(int x, int y) const { return modules.at(y * size + x) == '1'; }
};
QrMatrix qrMatrix(const QString &text);

// One bit a dot, rows of (width + 7) / 8 bytes, 1 is dark.
struct Bitmap {
    int width = 0;
    int height = 0;
    QByteArray bits;
};
Result<Bitmap> receiptBitmap(const Rows &rows, int widthDots, const QString &language);

} // namespace cf::hub
