// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/one_line.h"

#include <algorithm>

namespace cf::hub {

namespace {

QString checkedLine(const Fields &fields, Fields::Key key, QString text)
{
    text = text.trimmed();
    if (!isOneLine(text)) {
        fields.fail(key, QStringLiteral("must be one line, without control characters"));
        return {};
    }
    return text;
}

} // namespace

bool isOneLine(QStringView text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line
               || c.category() == QChar::Separator_Paragraph;
    });
}

bool containsListMark(QStringView text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c == u',' || c == u';' || c == u'|'; });
}

QString optionalLine(const Fields &fields, Fields::Key key, int lengthMax)
{
    return checkedLine(fields, key, fields.label(key, lengthMax));
}

QString requiredLine(const Fields &fields, Fields::Key key, int lengthMax)
{
    if (!fields.value(key).isDouble() && fields.required(key, lengthMax).isEmpty())
        return {};
    return checkedLine(fields, key, fields.label(key, lengthMax));
}

} // namespace cf::hub
