// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace cf::hub {

// What a printer's letters are; Raster: everything is drawn.
enum class CodePage : quint8 { Raster, Pc437, Pc850, Pc852, Pc858, Pc866, Wpc1252 };
QLatin1StringView codePageName(CodePage page); // "pc437"
std::optional<CodePage> codePageFromName(QStringView name);

// Whether the QR code is the printer's own, or drawn for one that has none.
enum class QrMode : quint8 { Off, Native, Raster };
QLatin1StringView qrModeName(QrMode mode);
std::optional<QrMode> qrModeFromName(QStringView name);

struct PaperOptions {
    int columns = 48; // 32: 58 mm wide paper; 42 or 48: 80 mm
    CodePage codePage = CodePage::Wpc1252;
    QrMode qr = QrMode::Native;
    bool cut = true;
    QString language = QStringLiteral("en"); // of what is printed: decides which way it runs
    bool operator==(const PaperOptions &) const = default;
};
inline constexpr int paperColumns[] = {32, 42, 48};
bool isPaperColumns(qint64 columns);

// A network printer that takes ESC/POS.
struct PrinterSettings {
    QString id;   // unique: under this name it keeps its place in the log
    QString name; // for people
    QString host;
    quint16 port = 9100;
    PaperOptions paper = {}; // its language aside
    bool receipts = true;    // of every order, when it is paid
    QStringList stations;    // ids whose tickets it prints while no display shows them; "*": all
    bool answersStatus = true;
    bool operator==(const PrinterSettings &) const = default;
};

struct Printers {
    QString publicUrl; // where guests reach the hub, for the QR code; empty: none is printed
    std::vector<PrinterSettings> printers;
    bool operator==(const Printers &) const = default;

    [[nodiscard]] const PrinterSettings *printer(QStringView id) const;
};

// Every field's error with its JSON pointer.
Result<Printers> printersFromJson(const QJsonObject &json);
QJsonObject printersToJson(const Printers &printers);

} // namespace cf::hub
