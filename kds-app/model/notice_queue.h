// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <deque>

namespace cf::kds {

// What a cook must be told and must have seen: refused taps, cancelled tickets. Stays until
// dismissed, oldest first. Bounded: past limits::noticesMax the oldest go, counted.
class NoticeQueue : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes the board's models")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    Q_PROPERTY(Kind kind READ kind NOTIFY changed FINAL)

public:
    enum Kind { Refused, Cancelled, Trouble };
    Q_ENUM(Kind)

    using QObject::QObject;

    // `refusedCommand`: the n of the command that was refused, 0 for any other notice.
    void add(Kind kind, const QString &text, qint64 refusedCommand = 0);
    // Returns the dismissed notice's refusedCommand.
    qint64 dismiss();

    [[nodiscard]] int count() const { return static_cast<int>(m_notices.size()) + m_dropped; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const;

Q_SIGNALS:
    void changed();

private:
    struct Notice {
        Kind kind = Refused;
        QString text;
        qint64 refusedCommand = 0;
    };
    std::deque<Notice> m_notices;
    int m_dropped = 0;
};

} // namespace cf::kds
