// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/language.h"

#include <QGuiApplication>
#include <QLocale>
#include <QLoggingCategory>

namespace cf::kds {

namespace {

Q_LOGGING_CATEGORY(lcLanguage, "counterfire.language")

// "es-MX" is Spanish.
QString machinesLanguage()
{
    const QStringList spoken = displayLanguages();
    for (const QString &wanted : QLocale::system().uiLanguages()) {
        const QString language = wanted.section(QLatin1Char('-'), 0, 0);
        if (spoken.contains(language))
            return language;
    }
    return spoken.first();
}

} // namespace

Language::Language(LookModel &look, QObject *parent) : QObject(parent), m_look(look)
{
    connect(&look, &LookModel::changed, this, &Language::apply);
    apply();
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_translator);
}

void Language::apply()
{
    const QString wanted = m_look.look().language;
    const QString language = wanted.isEmpty() ? machinesLanguage() : wanted;
    if (language == m_spoken)
        return;
    QCoreApplication::removeTranslator(&m_translator);
    m_spoken = language;
    if (language != displayLanguages().first()) { // which the texts are written in
        if (m_translator.load(QStringLiteral(":/i18n/counterfire_%1.qm").arg(language)))
            QCoreApplication::installTranslator(&m_translator);
        else
            qCWarning(lcLanguage, "no texts for %s", qUtf8Printable(language));
    }
    const Qt::LayoutDirection direction = QLocale(language).textDirection();
    QGuiApplication::setLayoutDirection(direction);
    m_look.setRightToLeft(direction == Qt::RightToLeft);
    Q_EMIT changed();
}

} // namespace cf::kds
