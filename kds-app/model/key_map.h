// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <map>

namespace cf::kds {

// One key of a keyboard or bump bar. A key code of Qt's; the two of a pair are different keys.
struct KeyCode {
    int key = 0;          // Qt::Key
    bool isRight = false; // of Ctrl, Shift, Alt
    bool operator==(const KeyCode &) const = default;
    bool operator<(const KeyCode &other) const
    {
        return key != other.key ? key < other.key : isRight < other.isRight;
    }
};

// As kept in a file: "Control", "Right Control", "Minus", "1". Empty: not a key.
QString keyName(const KeyCode &key);
// The same back; key 0 when there is no such key.
KeyCode keyFromName(const QString &name);

// What the keys of this display's bump bar or keyboard mean.
class KeyMap : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes it")
    // The action that the next key will be given; NoAction: none.
    Q_PROPERTY(Action learning READ learning NOTIFY changed FINAL)
    Q_PROPERTY(QString templateName READ templateName NOTIFY changed FINAL)

public:
    enum Action {
        NoAction,
        Digit0,
        Digit1,
        Digit2,
        Digit3,
        Digit4,
        Digit5,
        Digit6,
        Digit7,
        Digit8,
        Digit9,
        Bump,
        Recall,
        Undo,
        NextPage,
        PreviousPage,
        Next,
        Previous,
        ItemMode,
        AllDay,
        Start,
        Menu,
        Close,
    };
    Q_ENUM(Action)
    static constexpr int actionCount = Close + 1;

    explicit KeyMap(QObject *parent = nullptr);

    // --- what they mean -------------------------------------------------------------------------
    // `scanCode`: the native one, as QKeyEvent has it.
    Q_INVOKABLE cf::kds::KeyMap::Action actionOf(int key, quint32 scanCode) const;
    // "Enter, Space"; empty: no key does it.
    Q_INVOKABLE QString keysOf(cf::kds::KeyMap::Action action) const;

    // --- changing them --------------------------------------------------------------------------
    // "keyboard", "keys20", "kb9000"; false: no such template.
    Q_INVOKABLE bool useTemplate(const QString &name);
    // The next key that is pressed means this, besides those that do already.
    Q_INVOKABLE void learn(cf::kds::KeyMap::Action action);
    Q_INVOKABLE void stopLearning();
    // A key while learning: takes it from whatever it meant before.
    Q_INVOKABLE void learned(int key, quint32 scanCode);
    Q_INVOKABLE void forget(cf::kds::KeyMap::Action action); // all its keys

    [[nodiscard]] Action learning() const { return m_learning; }
    [[nodiscard]] QString templateName() const { return m_template; } // empty: changed since

    // Action's name -> keys' names, for a file; unknown ones are left out when read.
    [[nodiscard]] std::map<QString, QStringList> table() const;
    void setTable(const QString &templateName, const std::map<QString, QStringList> &table);

Q_SIGNALS:
    void changed();

private:
    std::map<KeyCode, Action> m_actions;
    QString m_template;
    Action m_learning = NoAction;
};

} // namespace cf::kds
