// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/fields.h"

namespace cf::hub {

// Text that is shown on one line: no line break or other control character, which would also break
// a table that it is written into.
bool isOneLine(QStringView text);
// The marks that part the entries of a list within one cell of a table.
bool containsListMark(QStringView text);

// A member of one line, without blanks at its ends; what is not is an error.
QString optionalLine(const Fields &fields, Fields::Key key, int lengthMax);
QString requiredLine(const Fields &fields, Fields::Key key, int lengthMax);

} // namespace cf::hub
