// SPDX-License-Identifier: Apache-2.0
#include "hub/net/guest_words.h"

#include "hub/net/embedded_files.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cf::hub {

const std::map<QByteArray, GuestWords> &GuestWords::table()
{
    static const std::map<QByteArray, GuestWords> all = [] {
        std::map<QByteArray, GuestWords> read;
        const QByteArray file = embeddedFile("guest_words.json").toByteArray();
        const QJsonObject json = QJsonDocument::fromJson(file).object();
        for (auto language = json.begin(); language != json.end(); ++language) {
            GuestWords &words = read[language.key().toLatin1()];
            const QJsonObject texts = language->toObject();
            for (auto text = texts.begin(); text != texts.end(); ++text)
                words.m_texts.emplace(text.key().toLatin1(), text->toString());
        }
        return read;
    }();
    return all;
}

const GuestWords &GuestWords::in(const QByteArray &language)
{
    const auto it = table().find(language);
    return it == table().end() ? table().at("en") : it->second;
}

const QByteArrayList &GuestWords::languages()
{
    static const QByteArrayList all = [] {
        QByteArrayList names;
        for (const auto &[language, words] : table())
            names.append(language);
        return names;
    }();
    return all;
}

QString GuestWords::text(const QByteArray &name) const
{
    const auto it = m_texts.find(name);
    return it == m_texts.end() ? QString() : it->second;
}

QString filled(QString sentence, const char *name, const QString &value)
{
    return sentence.replace(QLatin1Char('{') + QLatin1String(name) + QLatin1Char('}'), value);
}

QByteArray languageFor(const QByteArray &lang, const QByteArray &acceptLanguage,
                       const QByteArrayList &spoken, const QByteArray &own)
{
    if (spoken.contains(lang))
        return lang;
    QByteArray best;
    double bestWeight = 0;
    for (const QByteArray &range : acceptLanguage.split(',')) {
        const QByteArrayList parts = range.split(';');
        // "zh-Hant-TW" is spoken to in Chinese.
        const QByteArray language = parts.front().trimmed().toLower().split('-').front();
        double weight = 1;
        for (const QByteArray &part : parts.mid(1)) {
            if (part.trimmed().startsWith("q="))
                weight = part.trimmed().mid(2).toDouble();
        }
        if (weight > bestWeight && spoken.contains(language)) {
            best = language;
            bestWeight = weight;
        }
    }
    return best.isEmpty() ? own : best;
}

} // namespace cf::hub
