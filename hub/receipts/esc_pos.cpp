// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/code_page.h"
#include "hub/receipts/columns.h"
#include "hub/receipts/row_lines.h"

#include <algorithm>

namespace cf::hub {

namespace {

using Kind = Row::Kind;
using Weight = Row::Weight;

// Lines that go by before the cut, so that the knife, which sits above the head, cuts below the
// last one.
constexpr char feedBeforeCut = 4;
// Dots a band of an image is high: printers hold some kilobytes of one.
constexpr int bandDots = 128;
// A QR module's side; 25 to 40 of them fit on 58 mm paper.
constexpr int qrModuleDots = 6;

int dotsOf(int columns)
{
    return columns * 12; // the width of a letter of font A
}

QByteArray littleEndian(int value)
{
    QByteArray bytes;
    bytes.append(static_cast<char>(value & 0xff));
    bytes.append(static_cast<char>((value >> 8) & 0xff));
    return bytes;
}

// A printer obeys DLE EOT, DLE ENQ and DLE DC4 also within an image. One dot less, and there is no
// DLE before any of them.
void defuse(QByteArray &bits)
{
    for (qsizetype i = 0; i + 1 < bits.size(); ++i) {
        const char next = bits.at(i + 1);
        if (bits.at(i) == 0x10 && (next == 0x04 || next == 0x05 || next == 0x14))
            bits[i] = 0;
    }
}

// GS v 0, band by band. A band ends in an empty byte's company: the next begins with GS.
QByteArray imageCommands(Bitmap image)
{
    defuse(image.bits);
    const int rowBytes = (image.width + 7) / 8;
    QByteArray out;
    for (int y = 0; y < image.height; y += bandDots) {
        const int rows = std::min(bandDots, image.height - y);
        out += QByteArray("\x1dv0\0", 4) + littleEndian(rowBytes) + littleEndian(rows);
        out += image.bits.mid(static_cast<qsizetype>(y) * rowBytes,
                              static_cast<qsizetype>(rows) * rowBytes);
    }
    return out;
}

Bitmap qrBitmap(const QString &text)
{
    const QrMatrix matrix = qrMatrix(text);
    Bitmap image;
    image.width = image.height = matrix.size * qrModuleDots;
    const int rowBytes = (image.width + 7) / 8;
    image.bits = QByteArray(static_cast<qsizetype>(rowBytes) * image.height, '\0');
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            if (!matrix.isDark(x / qrModuleDots, y / qrModuleDots))
                continue;
            char &byte = image.bits[static_cast<qsizetype>(y) * rowBytes + x / 8];
            byte = static_cast<char>(byte | (0x80 >> (x % 8)));
        }
    }
    return image;
}

// GS ( k: model 2, module size, error correction M, store, print. Its text is counted, so no byte
// of it is taken for a command.
QByteArray nativeQr(const QString &text)
{
    const QByteArray data = text.toUtf8();
    const QByteArray key("\x1d(k", 3);
    return key + QByteArray("\x04\x00\x31\x41\x32\x00", 6) + key + QByteArray("\x03\x00\x31\x43", 4)
           + char(qrModuleDots) + key + QByteArray("\x03\x00\x31\x45\x31", 5) + key
           + littleEndian(static_cast<int>(data.size()) + 3) + QByteArray("\x31\x50\x30", 3) + data
           + key + QByteArray("\x03\x00\x31\x51\x30", 5);
}

QByteArray centredOn(const QByteArray &commands)
{
    return QByteArray("\x1b"
                      "a\x01")
           + commands
           + QByteArray("\x1b"
                        "a\x00",
                        3);
}

QByteArray qrCommands(const Row &row, QrMode mode)
{
    if (mode == QrMode::Off || qrMatrix(row.left).size == 0)
        return {};
    return centredOn(mode == QrMode::Native ? nativeQr(row.left)
                                            : imageCommands(qrBitmap(row.left)));
}

QByteArray opening()
{
    return QByteArray("\x1b@"); // whatever was in force before is not any more
}

QByteArray closing(const PaperOptions &options)
{
    QByteArray out("\x1b"
                   "d");
    out.append(feedBeforeCut);
    if (options.cut)
        out += QByteArray("\x1dV\x01");
    return out;
}

QByteArray weightCommands(Weight weight)
{
    switch (weight) {
    case Weight::Plain: break;
    case Weight::Bold:
        return QByteArray("\x1b"
                          "E\x01");
    case Weight::Big:
        return QByteArray("\x1b"
                          "E\x01\x1d!\x01"); // twice as high
    }
    return {};
}

QByteArray plainAgain(Weight weight)
{
    switch (weight) {
    case Weight::Plain: break;
    case Weight::Bold:
        return QByteArray("\x1b"
                          "E\x00",
                          3);
    case Weight::Big:
        return QByteArray("\x1b"
                          "E\x00\x1d!\x00",
                          6);
    }
    return {};
}

// nullopt: the code page cannot say it.
std::optional<QByteArray> textCommands(const Rows &rows, const PaperOptions &options)
{
    QByteArray out = opening() + selectCodePage(options.codePage);
    for (const Row &row : rows) {
        if (row.kind == Kind::Qr) {
            out += qrCommands(row, options.qr);
            if (options.qr == QrMode::Off)
                continue;
        }
        for (const RowLine &line : linesOfRow(row, options.columns)) {
            const std::optional<QByteArray> bytes = encoded(line.text, options.codePage);
            if (!bytes)
                return std::nullopt;
            out += weightCommands(line.weight) + *bytes + '\n' + plainAgain(line.weight);
        }
    }
    return out + closing(options);
}

} // namespace

Result<QByteArray> receiptEscPos(const Rows &rows, const PaperOptions &options)
{
    if (options.codePage != CodePage::Raster) {
        if (const std::optional<QByteArray> text = textCommands(rows, options))
            return *text;
    }
    Rows drawn = rows;
    if (options.qr == QrMode::Off)
        std::erase_if(drawn, [](const Row &row) { return row.kind == Kind::Qr; });
    Result<Bitmap> image = receiptBitmap(drawn, dotsOf(options.columns), options.language);
    if (!image)
        return image.error();
    return opening() + imageCommands(std::move(*image)) + closing(options);
}

} // namespace cf::hub
