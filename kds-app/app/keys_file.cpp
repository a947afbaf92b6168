// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/keys_file.h"

#include "shared/protocol/canonical_json.h"

#include <QFile>
#include <QJsonArray>
#include <QLoggingCategory>
#include <QSaveFile>

namespace cf::kds {

namespace {

Q_LOGGING_CATEGORY(lcKeys, "counterfire.keys")

// Each key of a keyboard has a line of its own in it, and there are a few hundred.
constexpr qint64 fileBytesMax = 64 * 1024;

using L1 = QLatin1StringView;

} // namespace

KeysFile::KeysFile(QString path, BumpBar &bumpBar) : m_path(std::move(path)), m_bumpBar(bumpBar)
{
    read();
    m_written = text();
    connect(&bumpBar, &BumpBar::changed, this, &KeysFile::write);
}

void KeysFile::read()
{
    QFile file(m_path);
    if (!file.exists())
        return;
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(lcKeys, "%s: %s", qUtf8Printable(m_path), qUtf8Printable(file.errorString()));
        return;
    }
    const Result<QJsonObject> json = parseJsonObject(file.read(fileBytesMax));
    if (!json) {
        qCWarning(lcKeys, "%s: %s", qUtf8Printable(m_path), qUtf8Printable(json.error().detail));
        return;
    }
    std::map<QString, QStringList> table;
    const QJsonObject keys = json->value(L1("keys")).toObject();
    for (auto it = keys.begin(); it != keys.end(); ++it)
        table[it.key()] = it.value().toVariant().toStringList();
    m_bumpBar.keys()->setTable(json->value(L1("template")).toString(), table);
    m_bumpBar.setDigitsBump(json->value(L1("digits_bump")).toBool(m_bumpBar.digitsBump()));
    m_bumpBar.setGuard(json->value(L1("guard")).toBool(m_bumpBar.hasGuard()));
}

QByteArray KeysFile::text() const
{
    QJsonObject keys;
    for (const auto &[action, names] : m_bumpBar.keys()->table())
        keys.insert(action, QJsonArray::fromStringList(names));
    return canonicalJson({{L1("template"), m_bumpBar.keys()->templateName()},
                          {L1("digits_bump"), m_bumpBar.digitsBump()},
                          {L1("guard"), m_bumpBar.hasGuard()},
                          {L1("keys"), keys}});
}

void KeysFile::write()
{
    const QByteArray now = text();
    if (now == m_written)
        return;
    QSaveFile file(m_path);
    if (file.open(QIODevice::WriteOnly) && file.write(now + '\n') > 0 && file.commit())
        m_written = now;
    else
        qCWarning(lcKeys, "%s: %s", qUtf8Printable(m_path), qUtf8Printable(file.errorString()));
}

} // namespace cf::kds
