// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace cf::hub {

// Text in columns of one width, as a printer and a terminal have them: what is East Asian and wide
// takes two, what stands on another letter none.
int columnsOf(QStringView text);

// Lines of at most `width` columns (at least 2), broken at spaces, within a word only where it is
// longer than a line; never within a letter and its marks. At least one line, perhaps empty.
QStringList wrapped(const QString &text, int width);

// `right` at the right margin; where both do not fit on a line, `left` goes on below.
QStringList paired(const QString &left, const QString &right, int width);

QString centred(const QString &text, int width);

// Text with letters that run from right to left is kept together, so that what stands beside it
// stays beside it: the marks (U+2068, U+2069) take no column.
QString isolated(const QString &text);
bool hasRightToLeft(QStringView text);

} // namespace cf::hub
