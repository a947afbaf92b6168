// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/history.h"

#include <utility>

namespace cf::crash {

QString LogEvent::text() const
{
    return QStringLiteral("position %1: %2, order %3 seq %4")
        .arg(pos)
        .arg(QString::fromLatin1(type), QString::fromLatin1(order))
        .arg(seq);
}

QString Effect::text() const
{
    return QStringLiteral("order %1 seq %2, positions %3 to %4")
        .arg(QString::fromLatin1(order))
        .arg(seq)
        .arg(first)
        .arg(last);
}

QString Operation::text() const
{
    QString text = QStringLiteral("%1 %2 (key %3, %4 attempts")
                       .arg(who, QString::fromLatin1(type), QString::fromLatin1(key))
                       .arg(attempts);
    if (!order.isEmpty())
        text += QStringLiteral(", order ") + QString::fromLatin1(order);
    return text + QLatin1Char(')');
}

QString DeviceCommand::text() const
{
    return QStringLiteral("command %1 of %2: %3 of order %4")
        .arg(n)
        .arg(device, QString::fromLatin1(type), QString::fromLatin1(order));
}

QByteArray plainId(const QString &uuid)
{
    QByteArray id = uuid.toLatin1().toLower();
    id.replace("-", "");
    return id;
}

size_t Operations::invoke(Operation operation)
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    m_operations.push_back(std::move(operation));
    return m_operations.size() - 1;
}

void Operations::attempt(size_t index)
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    ++m_operations.at(index).attempts;
}

void Operations::succeed(size_t index, const Effect &effect)
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    Operation &operation = m_operations.at(index);
    m_answered += operation.answers++ == 0 ? 1 : 0;
    m_fresh.push_back(index);
    operation.outcome = Outcome::Ok;
    operation.order = effect.order;
    if (!operation.effect)
        operation.effect = effect;
    else if (!(*operation.effect == effect))
        operation.differentAnswer = effect;
}

void Operations::fail(size_t index, const QByteArray &refusal)
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    Operation &operation = m_operations.at(index);
    m_answered += operation.answers++ == 0 ? 1 : 0;
    m_fresh.push_back(index);
    operation.refusal = refusal;
    // Refused after it was acknowledged: the first answer stands, and this one is for the checker.
    if (!operation.effect)
        operation.outcome = Outcome::Failed;
}

std::vector<Operation> Operations::all() const
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    return m_operations;
}

std::vector<Operation> Operations::takeAnswered()
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    std::vector<Operation> answered;
    for (const size_t index : std::exchange(m_fresh, {}))
        answered.push_back(m_operations.at(index));
    return answered;
}

size_t Operations::size() const
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    return m_operations.size();
}

size_t Operations::answered() const
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    return m_answered;
}

} // namespace cf::crash
