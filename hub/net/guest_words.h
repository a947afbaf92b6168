// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayList>
#include <QString>

#include <map>

namespace cf::hub {

// What the pages for guests say, in one language: hub/web/guest_words.json, which a test holds
// complete. Read once, never changed.
class GuestWords
{
public:
    // English for a language there is none of.
    static const GuestWords &in(const QByteArray &language);
    // BCP 47, two letters each.
    static const QByteArrayList &languages();

    // Empty for a name there is none of.
    [[nodiscard]] QString text(const QByteArray &name) const;
    [[nodiscard]] const std::map<QByteArray, QString> &all() const { return m_texts; }

private:
    static const std::map<QByteArray, GuestWords> &table();

    std::map<QByteArray, QString> m_texts;
};

// `{name}` in a sentence, replaced.
QString filled(QString sentence, const char *name, const QString &value);

// The language a guest is spoken to: the one asked for by `lang`, else the first of the browser's
// (`Accept-Language`) that the restaurant speaks, else the restaurant's own.
QByteArray languageFor(const QByteArray &lang, const QByteArray &acceptLanguage,
                       const QByteArrayList &spoken, const QByteArray &own);

} // namespace cf::hub
