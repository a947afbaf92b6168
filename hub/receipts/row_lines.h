// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/receipts/render.h"

namespace cf::hub {

// A row in columns. Nothing at the end of a line, so that no printer breaks it again.
struct RowLine {
    QString text;
    Row::Weight weight = Row::Weight::Plain;
};
using RowLines = std::vector<RowLine>;

RowLines linesOfRow(const Row &row, int columns);

} // namespace cf::hub
