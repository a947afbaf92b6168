// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/receipts/render.h"

namespace cf::hub {

// ESC t n.
QByteArray selectCodePage(CodePage page);

// The text in the printer's code page: never a control character. nullopt: it has not every letter
// of it, or the letters would stand in the wrong order, because they run from right to left.
std::optional<QByteArray> encoded(const QString &text, CodePage page);

} // namespace cf::hub
