// SPDX-License-Identifier: Apache-2.0
#include "kds-app/model/key_map.h"

#include <QMetaEnum>

namespace cf::kds {

namespace {

using A = KeyMap::Action;

// XKB's codes, which X11, Wayland and the console's evdev share: evdev's and 8.
constexpr quint32 rightControl = 105;
constexpr quint32 rightShift = 62;
constexpr quint32 rightAlt = 108;

const QString keyPrefix = QStringLiteral("Key_");
const QString rightPrefix = QStringLiteral("Right ");

KeyCode pressed(int key, quint32 scanCode)
{
    // Return and the number pad's Enter say the same on every bar.
    if (key == Qt::Key_Return)
        key = Qt::Key_Enter;
    const bool isRight = (key == Qt::Key_Control && scanCode == rightControl)
                         || (key == Qt::Key_Shift && scanCode == rightShift)
                         || (key == Qt::Key_Alt && scanCode == rightAlt);
    return {key, isRight};
}

using Table = std::map<KeyCode, A>;

// On every bar the digits are the digits.
Table digits()
{
    Table table;
    for (int digit = 0; digit < 10; ++digit)
        table[{Qt::Key_0 + digit}] = static_cast<A>(A::Digit0 + digit);
    return table;
}

Table with(std::initializer_list<std::pair<int, A>> keys)
{
    Table table = digits();
    for (const auto &[key, action] : keys)
        table[{key}] = action;
    return table;
}

// What a person finds who sits down at a computer's keyboard.
Table keyboard()
{
    return with({{Qt::Key_Enter, A::Bump},
                 {Qt::Key_Space, A::Bump},
                 {Qt::Key_R, A::Recall},
                 {Qt::Key_U, A::Undo},
                 {Qt::Key_Backspace, A::Undo},
                 {Qt::Key_PageDown, A::NextPage},
                 {Qt::Key_PageUp, A::PreviousPage},
                 {Qt::Key_Right, A::Next},
                 {Qt::Key_Down, A::Next},
                 {Qt::Key_Left, A::Previous},
                 {Qt::Key_Up, A::Previous},
                 {Qt::Key_I, A::ItemMode},
                 {Qt::Key_A, A::AllDay},
                 {Qt::Key_S, A::Start},
                 {Qt::Key_M, A::Menu},
                 {Qt::Key_Escape, A::Close}});
}

// Twenty keys and no more: what has been opened is closed with the key that opened it.
Table keys20()
{
    return with({{Qt::Key_Enter, A::Bump},
                 {Qt::Key_Backspace, A::Recall},
                 {Qt::Key_Delete, A::Undo},
                 {Qt::Key_PageDown, A::NextPage},
                 {Qt::Key_Left, A::Previous},
                 {Qt::Key_Right, A::Next},
                 {Qt::Key_Home, A::ItemMode},
                 {Qt::Key_End, A::AllDay},
                 {Qt::Key_Insert, A::Start},
                 {Qt::Key_F1, A::Menu}});
}

// The maker's bump and recall; the other keys of these bars are programmable, and often were.
Table kb9000()
{
    return with({{Qt::Key_Control, A::Bump},
                 {Qt::Key_Minus, A::Recall},
                 {Qt::Key_Equal, A::AllDay},
                 {Qt::Key_PageDown, A::NextPage},
                 {Qt::Key_PageUp, A::PreviousPage},
                 {Qt::Key_Left, A::Previous},
                 {Qt::Key_Up, A::Previous},
                 {Qt::Key_Right, A::Next},
                 {Qt::Key_Down, A::Next},
                 {Qt::Key_Home, A::ItemMode},
                 {Qt::Key_End, A::Menu},
                 {Qt::Key_Space, A::Start},
                 {Qt::Key_Backspace, A::Undo},
                 {Qt::Key_Delete, A::Close}});
}

} // namespace

QString keyName(const KeyCode &key)
{
    const char *name = QMetaEnum::fromType<Qt::Key>().valueToKey(key.key);
    if (!name)
        return {};
    return (key.isRight ? rightPrefix : QString())
           + QString::fromLatin1(name).mid(keyPrefix.size());
}

KeyCode keyFromName(const QString &name)
{
    const bool isRight = name.startsWith(rightPrefix);
    const QString plain = isRight ? name.mid(rightPrefix.size()) : name;
    bool isKnown = false;
    const int key = QMetaEnum::fromType<Qt::Key>().keyToValue(
        (keyPrefix + plain).toLatin1().constData(), &isKnown);
    return isKnown ? KeyCode{key, isRight} : KeyCode{};
}

KeyMap::KeyMap(QObject *parent) : QObject(parent)
{
    useTemplate(QStringLiteral("keyboard"));
}

KeyMap::Action KeyMap::actionOf(int key, quint32 scanCode) const
{
    const auto found = m_actions.find(pressed(key, scanCode));
    return found == m_actions.end() ? NoAction : found->second;
}

QString KeyMap::keysOf(Action action) const
{
    QStringList keys;
    for (const auto &[key, does] : m_actions) {
        if (does == action)
            keys.append(keyName(key));
    }
    return keys.join(QStringLiteral(", "));
}

bool KeyMap::useTemplate(const QString &name)
{
    if (name == u"keyboard")
        m_actions = keyboard();
    else if (name == u"keys20")
        m_actions = keys20();
    else if (name == u"kb9000")
        m_actions = kb9000();
    else
        return false;
    m_template = name;
    m_learning = NoAction;
    Q_EMIT changed();
    return true;
}

void KeyMap::learn(Action action)
{
    m_learning = action;
    Q_EMIT changed();
}

void KeyMap::stopLearning()
{
    learn(NoAction);
}

void KeyMap::learned(int key, quint32 scanCode)
{
    const KeyCode code = pressed(key, scanCode);
    if (m_learning == NoAction || keyName(code).isEmpty())
        return;
    m_actions[code] = m_learning;
    m_template.clear();
    stopLearning();
}

void KeyMap::forget(Action action)
{
    if (std::erase_if(m_actions, [&](const auto &entry) { return entry.second == action; }) == 0)
        return;
    m_template.clear();
    Q_EMIT changed();
}

std::map<QString, QStringList> KeyMap::table() const
{
    const QMetaEnum actions = QMetaEnum::fromType<Action>();
    std::map<QString, QStringList> table;
    for (const auto &[key, action] : m_actions)
        table[QString::fromLatin1(actions.valueToKey(action))].append(keyName(key));
    return table;
}

void KeyMap::setTable(const QString &templateName, const std::map<QString, QStringList> &table)
{
    if (useTemplate(templateName))
        return;
    m_actions.clear();
    const QMetaEnum actions = QMetaEnum::fromType<Action>();
    for (const auto &[name, keys] : table) {
        const int action = actions.keyToValue(name.toLatin1().constData());
        for (const QString &key : keys) {
            const KeyCode code = keyFromName(key);
            if (action > NoAction && code.key != 0)
                m_actions[code] = static_cast<Action>(action);
        }
    }
    m_template.clear();
    Q_EMIT changed();
}

} // namespace cf::kds
