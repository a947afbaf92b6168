// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace cf::hub {

// The style sheet that dresses a page in the restaurant's colour (`#rrggbb`; the house's own for
// anything else). As it was given it is `--brand`, for large areas, with `--on-brand` for what
// stands on them; `--accent` is the same hue made dark (or, on a dark page, light) enough to be
// read as text on the pages' paper, with `--on-accent`. Each pair has the contrast of WCAG AA, 4.5.
QByteArray themeCss(const QString &accent);

} // namespace cf::hub
