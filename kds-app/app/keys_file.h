// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/bump_bar.h"

namespace cf::kds {

// Keeps what people have made of this display's keys (JSON, replaced whole and synced). Whoever
// cannot read or write it goes on with what there is, and says so in the log: a kitchen does not
// stop for its key table.
class KeysFile : public QObject
{
    Q_OBJECT
public:
    // Reads it into `bumpBar`, and from now on writes each change. `bumpBar` must outlive this.
    KeysFile(QString path, BumpBar &bumpBar);

private:
    void read();
    void write();
    [[nodiscard]] QByteArray text() const;

    QString m_path;
    BumpBar &m_bumpBar;
    QByteArray m_written;
};

} // namespace cf::kds
