// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/disk/directory.h"

namespace cf::sim {

namespace {

void apply(Directory::Names &names, const QByteArray &name, const Directory::File &file)
{
    if (file)
        names.insert_or_assign(name, file);
    else
        names.erase(name);
}

} // namespace

Directory::File Directory::find(const QByteArray &name) const
{
    const auto it = m_names.find(name);
    return it == m_names.end() ? nullptr : it->second;
}

void Directory::change(const QByteArray &name, const File &file, bool isJoined)
{
    apply(m_names, name, file);
    m_changes.push_back({name, file, isJoined});
}

Directory::File Directory::create(const QByteArray &name)
{
    const auto file = std::make_shared<DiskFile>();
    change(name, file, false);
    return file;
}

bool Directory::remove(const QByteArray &name)
{
    if (!m_names.contains(name))
        return false;
    change(name, nullptr, false);
    return true;
}

bool Directory::rename(const QByteArray &from, const QByteArray &to)
{
    const File file = find(from);
    if (!file)
        return false;
    change(to, file, false);
    change(from, nullptr, true);
    return true;
}

void Directory::sync()
{
    for (const Change &change : m_changes)
        apply(m_durable, change.name, change.file);
    m_changes.clear();
}

qint64 Directory::powerCut(CutStyle style, Dice &dice, const std::function<void(DiskFile &)> &cut)
{
    size_t kept = m_changes.size();
    if (style == CutStyle::DropAll)
        kept = 0;
    else if (style != CutStyle::KeepAll)
        kept = static_cast<size_t>(dice.below(static_cast<int>(m_changes.size()) + 1));
    while (kept < m_changes.size() && kept > 0 && m_changes[kept].isJoined)
        --kept;
    const auto undone = static_cast<qint64>(m_changes.size() - kept);
    m_changes.resize(kept);
    sync();
    m_names = m_durable;
    for (const auto &[name, file] : m_names)
        cut(*file);
    return undone;
}

void Directory::setNames(Names names)
{
    m_names = std::move(names);
    m_durable = m_names;
    m_changes.clear();
}

} // namespace cf::sim
