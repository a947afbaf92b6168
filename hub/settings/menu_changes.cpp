// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/menu_changes.h"

#include <QHash>
#include <QJsonArray>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

QJsonArray fieldsThatDiffer(const QJsonObject &before, const QJsonObject &after)
{
    QJsonArray fields;
    for (auto it = after.begin(); it != after.end(); ++it) {
        if (before.value(it.key()) != it.value())
            fields.append(it.key());
    }
    return fields;
}

QJsonObject changesOf(const QJsonArray &before, const QJsonArray &after, L1 key)
{
    const auto named = [key](const QJsonObject &one) {
        return QJsonObject{{L1("id"), one.value(key)}, {L1("name"), one.value(L1("name"))}};
    };
    QHash<QString, QJsonObject> old;
    for (const QJsonValue &value : before)
        old.insert(value[key].toString(), value.toObject());
    QJsonArray added;
    QJsonArray changed;
    int unchanged = 0;
    for (const QJsonValue &value : after) {
        const QJsonObject one = value.toObject();
        const auto known = old.constFind(one.value(key).toString());
        if (known == old.constEnd()) {
            added.append(named(one));
            continue;
        }
        const QJsonArray fields = fieldsThatDiffer(*known, one);
        old.erase(known);
        QJsonObject entry = named(one);
        entry.insert(L1("fields"), fields);
        if (fields.isEmpty())
            ++unchanged;
        else
            changed.append(entry);
    }
    QJsonArray removed;
    for (const QJsonValue &value : before) {
        if (old.contains(value[key].toString()))
            removed.append(named(value.toObject()));
    }
    return {{L1("added"), added},
            {L1("changed"), changed},
            {L1("removed"), removed},
            {L1("unchanged"), unchanged}};
}

} // namespace

QJsonObject menuChanges(const Menu &before, const Menu &after)
{
    const QJsonObject was = menuToJson(before);
    const QJsonObject is = menuToJson(after);
    QJsonObject changes;
    for (const auto &[list, key] :
         {std::pair(L1("items"), L1("sku")), std::pair(L1("categories"), L1("id")),
          std::pair(L1("modifier_groups"), L1("id"))})
        changes.insert(list, changesOf(was.value(list).toArray(), is.value(list).toArray(), key));
    return changes;
}

} // namespace cf::hub
