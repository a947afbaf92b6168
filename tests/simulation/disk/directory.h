// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/disk/disk_file.h"

#include <functional>
#include <memory>

namespace cf::sim {

// The names of a disk's files. What is done to names reaches the platter in its order, and surely
// only with a sync of the directory; syncing a file does not do it.
class Directory
{
public:
    using File = std::shared_ptr<DiskFile>;
    using Names = std::map<QByteArray, File>;

    [[nodiscard]] const Names &names() const { return m_names; }
    [[nodiscard]] File find(const QByteArray &name) const;
    File create(const QByteArray &name);
    bool remove(const QByteArray &name);
    bool rename(const QByteArray &from, const QByteArray &to);
    void sync();

    // Decides which changes of names survive, then lets `cut` decide about each file that is left.
    // Returns how many changes did not.
    qint64 powerCut(CutStyle style, Dice &dice, const std::function<void(DiskFile &)> &cut);
    void setNames(Names names); // durably

private:
    struct Change {
        QByteArray name;
        File file;             // null: it is gone
        bool isJoined = false; // with the one before: both or neither
    };
    void change(const QByteArray &name, const File &file, bool isJoined);

    Names m_names;
    Names m_durable;
    std::vector<Change> m_changes;
};

} // namespace cf::sim
