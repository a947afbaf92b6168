// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace cf::hub {

// The columns of a menu's table, in the order in which they are written.
const QStringList &menuColumns();
// Which of them a title means, in any case and by its other names; empty: none.
QString menuColumnOf(QString title);

} // namespace cf::hub
