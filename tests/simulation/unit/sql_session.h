// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <sqlite3.h>

#include <memory>

namespace cf::sim {

// A plain SQLite connection for the tests of what lies under it.
class SqlSession
{
public:
    explicit SqlSession(const QString &path)
    {
        sqlite3 *db = nullptr;
        m_code = sqlite3_open_v2(path.toUtf8().constData(), &db,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        m_db.reset(db);
        sqlite3_extended_result_codes(db, 1);
        // As the product: checkpoints are asked for.
        sqlite3_wal_autocheckpoint(db, 0);
    }
    bool run(const QByteArray &sql)
    {
        m_code = sqlite3_exec(m_db.get(), sql.constData(), nullptr, nullptr, nullptr);
        return m_code == SQLITE_OK;
    }
    // The first column of the first row; empty after an error.
    QByteArray value(const QByteArray &sql)
    {
        QByteArray value;
        const auto first = [](void *into, int, char **columns, char **) {
            auto *text = static_cast<QByteArray *>(into);
            if (text->isEmpty() && columns[0])
                *text = QByteArray(columns[0]);
            return 0;
        };
        m_code = sqlite3_exec(m_db.get(), sql.constData(), first, &value, nullptr);
        return m_code == SQLITE_OK ? value : QByteArray();
    }
    // SQLite's extended result code of the last call.
    [[nodiscard]] int code() const { return m_code; }

private:
    struct Close {
        void operator()(sqlite3 *db) const { sqlite3_close_v2(db); }
    };
    std::unique_ptr<sqlite3, Close> m_db;
    int m_code = SQLITE_OK;
};

} // namespace cf::sim
