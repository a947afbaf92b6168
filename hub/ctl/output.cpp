// SPDX-License-Identifier: Apache-2.0
#include "hub/ctl/output.h"

#include "shared/protocol/canonical_json.h"

#include <cstdio>

namespace cf::hub {

namespace {

bool printBytes(QByteArray bytes)
{
    bytes.append('\n');
    const auto size = static_cast<size_t>(bytes.size());
    return std::fwrite(bytes.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0;
}

bool isUnprintable(QChar c)
{
    // The log's text is UTF-8, so a surrogate here is half of a valid pair.
    return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
           || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
}

} // namespace

QString printable(const QString &text)
{
    QString clean = text;
    for (QChar &c : clean) {
        if (isUnprintable(c))
            c = QChar(QChar::ReplacementCharacter);
    }
    return clean;
}

bool printLine(const QString &line)
{
    return printBytes(line.toUtf8());
}

bool printJson(const QJsonObject &object)
{
    return printBytes(canonicalJson(object));
}

void complain(const QString &what)
{
    const QByteArray line = "counterfirectl: " + what.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

} // namespace cf::hub
