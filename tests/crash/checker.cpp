// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/checker.h"

#include <algorithm>

namespace cf::crash {

namespace {
// The events that one wish can append: itself, and at most two that follow from it.
constexpr qint64 effectEventsMax = 3;

} // namespace

void Checker::operation(const Operation &operation)
{
    const QString name = operation.text();
    if (operation.differentAnswer)
        find("the same key gets the first answer again",
             QStringLiteral("%1: first %2, then %3")
                 .arg(name, operation.effect->text(), operation.differentAnswer->text()));
    if (operation.effect && !operation.refusal.isEmpty())
        find("the same key gets the first answer again",
             QStringLiteral("%1: first %2, then refused: %3")
                 .arg(name, operation.effect->text(), QString::fromUtf8(operation.refusal)));
    if (operation.outcome == Outcome::Failed && !operation.refusal.startsWith("409"))
        find("only the state machine refuses",
             name + QStringLiteral(" got ") + QString::fromUtf8(operation.refusal));
    if (operation.outcome != Outcome::Ok)
        return;
    const Effect &effect = *operation.effect;
    const QString promise = name + QStringLiteral(" was acknowledged as ") + effect.text();
    if (!m_ledger.holds(effect.first) || !m_ledger.holds(effect.last)
        || effect.first > effect.last) {
        find("an acknowledged event is in the log",
             promise + QStringLiteral(", but the log ends at position %1").arg(m_ledger.head()));
        return;
    }
    const LogEvent &first = m_ledger.at(effect.first);
    const LogEvent &last = m_ledger.at(effect.last);
    const bool isThere = first.type == operation.type && first.order == effect.order
                         && last.order == effect.order && last.seq == effect.seq
                         && (operation.mark.isEmpty() || first.mark == operation.mark);
    if (!isThere)
        find("an acknowledged event is in the log", promise + QStringLiteral(", but there is ")
                                                        + first.text() + QStringLiteral(" to ")
                                                        + last.text());
}

void Checker::sighting(const Sighting &sighting)
{
    const QString where = QStringLiteral("%1 at position %2").arg(sighting.who).arg(sighting.pos);
    if (sighting.epoch != m_ledger.epoch()) {
        find("one epoch", QStringLiteral("%1 is of epoch %2, the log of %3")
                              .arg(where, QString::fromLatin1(sighting.epoch),
                                   QString::fromLatin1(m_ledger.epoch())));
        return;
    }
    if (sighting.pos > m_ledger.head()) {
        find("nobody is beyond the durable head",
             QStringLiteral("%1, the log ends at %2").arg(where).arg(m_ledger.head()));
        return;
    }
    const QByteArray chain = m_ledger.chainAt(sighting.pos);
    if (!sighting.chain.isEmpty() && sighting.chain != chain)
        find("a cursor is a place of this log",
             QStringLiteral("%1 has chain hash %2, the log %3")
                 .arg(where, QString::fromLatin1(sighting.chain), QString::fromLatin1(chain)));
    const Ledger::Board board = m_ledger.boardAt(sighting.pos);
    if (!sighting.digest.isEmpty() && sighting.digest != digestText(board.digest))
        find("a board is the fold of the log",
             QStringLiteral("%1 has digest %2, the log's fold %3")
                 .arg(where, QString::fromLatin1(sighting.digest),
                      QString::fromLatin1(digestText(board.digest))));
    if (sighting.count && *sighting.count != board.count)
        find("a board is the fold of the log", QStringLiteral("%1 has %2 orders, the log's fold %3")
                                                   .arg(where)
                                                   .arg(*sighting.count)
                                                   .arg(board.count));
}

void Checker::told(const ToldEvent &event)
{
    const QString what = QStringLiteral("%1 was told position %2: %3, order %4 seq %5")
                             .arg(event.who)
                             .arg(event.pos)
                             .arg(QString::fromLatin1(event.type), QString::fromLatin1(event.order))
                             .arg(event.seq);
    if (!m_ledger.holds(event.pos)) {
        find("nothing is told that is not durable",
             what + QStringLiteral("; the log ends at %1").arg(m_ledger.head()));
        return;
    }
    const LogEvent &logged = m_ledger.at(event.pos);
    if (logged.id != event.id || logged.order != event.order || logged.seq != event.seq
        || logged.type != event.type)
        find("nothing is told that is not durable",
             what + QStringLiteral("; in the log is ") + logged.text());
}

void Checker::claim(qint64 first, qint64 last, const QString &by)
{
    for (qint64 pos = first; pos <= last; ++pos) {
        if (m_claims.contains(pos))
            find("one effect for one wish",
                 QStringLiteral("%1 was answered to two: %2 and %3")
                     .arg(m_ledger.at(pos).text(), m_claims.value(pos), by));
        m_claims.insert(pos, by);
    }
}

void Checker::claimOperation(const Operation &operation)
{
    if (operation.outcome == Outcome::Unknown)
        find("everything is answered in the end",
             operation.text() + QStringLiteral(" has no answer"));
    if (operation.outcome == Outcome::Ok && m_ledger.holds(operation.effect->first)
        && m_ledger.holds(operation.effect->last))
        claim(operation.effect->first, operation.effect->last, operation.text());
}

void Checker::claimHandled(const HandledCommand &handled, const DeviceCommand &command)
{
    const QString name = command.text();
    if (!m_ledger.holds(handled.pos)) {
        find("an applied command is in the log",
             QStringLiteral("%1 is at position %2, the log ends at %3")
                 .arg(name)
                 .arg(handled.pos)
                 .arg(m_ledger.head()));
        return;
    }
    const LogEvent &last = m_ledger.at(handled.pos);
    qint64 first = handled.pos;
    while (first > 1 && first > handled.pos - effectEventsMax + 1
           && m_ledger.at(first).type != command.type)
        --first;
    const LogEvent &wished = m_ledger.at(first);
    if (wished.type != command.type || wished.order != command.order || last.order != command.order
        || last.seq != handled.seq || (!command.mark.isEmpty() && wished.mark != command.mark)) {
        find("an applied command is in the log",
             name + QStringLiteral(" is said to be at ") + last.text());
        return;
    }
    claim(first, handled.pos, name);
}

// Marks are the clients' own: written into an event, they tell how often it was done.
void Checker::marks(const std::vector<Operation> &operations,
                    const std::vector<DeviceCommand> &commands)
{
    QHash<QByteArray, std::vector<qint64>> found;
    for (qint64 pos = 1; pos <= m_ledger.head(); ++pos) {
        if (const LogEvent &event = m_ledger.at(pos); !event.mark.isEmpty())
            found[event.type + ' ' + event.mark].push_back(pos);
    }
    const auto check = [&](const QByteArray &key, const QString &name, bool isRefused) {
        const std::vector<qint64> positions = found.value(key);
        if (positions.size() > 1)
            find("done at most once", QStringLiteral("%1 is in the log twice: at positions %2 "
                                                     "and %3")
                                          .arg(name)
                                          .arg(positions[0])
                                          .arg(positions[1]));
        if (isRefused && !positions.empty())
            find("what was refused did not happen",
                 QStringLiteral("%1 was refused, but is at position %2")
                     .arg(name)
                     .arg(positions[0]));
    };
    for (const Operation &operation : operations) {
        if (!operation.mark.isEmpty())
            check(operation.type + ' ' + operation.mark, operation.text(),
                  operation.outcome == Outcome::Failed);
    }
    for (const DeviceCommand &command : commands) {
        if (!command.mark.isEmpty())
            check(command.type + ' ' + command.mark, command.text(), command.status == "rejected");
    }
}

void Checker::answers(const std::vector<DeviceCommand> &commands,
                      const std::map<CommandKey, HandledCommand> &handled)
{
    for (const DeviceCommand &command : commands) {
        if (!command.differentAnswer.isEmpty())
            find("one result for one command",
                 QStringLiteral("%1 was answered at position %2 seq %3, then at %4")
                     .arg(command.text())
                     .arg(command.pos)
                     .arg(command.seq)
                     .arg(command.differentAnswer));
        const auto it = handled.find({command.device, command.n});
        if (it == handled.end()) {
            find("a command is never dropped", command.text()
                                                   + QStringLiteral(" never reached "
                                                                    "the log"));
            continue;
        }
        const HandledCommand &hub = it->second;
        if (!command.isAnswered)
            find("everything is answered in the end",
                 command.text() + QStringLiteral(" has no answer"));
        // A duplicate repeats the first result without its status.
        else if ((command.status != "duplicate" && command.status != hub.status)
                 || command.pos != hub.pos || command.seq != hub.seq)
            find("one result for one command",
                 QStringLiteral("%1 was answered %2 at position %3 seq %4, the log has %5 at %6 "
                                "seq %7")
                     .arg(command.text(), QString::fromLatin1(command.status))
                     .arg(command.pos)
                     .arg(command.seq)
                     .arg(QString::fromLatin1(hub.status))
                     .arg(hub.pos)
                     .arg(hub.seq));
    }
}

// Sorted by device and n.
void Checker::order(const std::vector<HandledCommand> &handled)
{
    QString device;
    qint64 pos = 0;
    for (const HandledCommand &command : handled) {
        if (command.device != device)
            pos = 0;
        device = command.device;
        if (command.pos == 0)
            continue;
        if (command.pos <= pos)
            find("a device's commands are done in order",
                 QStringLiteral("command %1 of %2 is at position %3, an earlier one at %4")
                     .arg(command.n)
                     .arg(command.device)
                     .arg(command.pos)
                     .arg(pos));
        pos = command.pos;
    }
}

void Checker::nobodys()
{
    for (qint64 pos = 1; pos <= m_ledger.head(); ++pos) {
        if (!m_claims.contains(pos))
            find("every event was asked for once",
                 m_ledger.at(pos).text()
                     + QStringLiteral(": nobody asked for it, or it was done again"));
    }
}

void Checker::accounts(const std::vector<Operation> &operations,
                       const std::vector<DeviceCommand> &commands,
                       const std::vector<HandledCommand> &handled)
{
    std::map<CommandKey, HandledCommand> hub;
    for (const HandledCommand &command : handled)
        hub[{command.device, command.n}] = command;
    std::map<CommandKey, DeviceCommand> made;
    for (const DeviceCommand &command : commands)
        made[{command.device, command.n}] = command;

    m_claims.clear();
    for (const Operation &operation : operations)
        claimOperation(operation);
    for (const HandledCommand &command : handled) {
        const auto it = made.find({command.device, command.n});
        if (it == made.end())
            find("every command was made by its device",
                 QStringLiteral("the log has command %1 of %2, which does not know it")
                     .arg(command.n)
                     .arg(command.device));
        else if (command.status == "applied")
            claimHandled(command, it->second);
    }
    answers(commands, hub);
    order(handled);
    marks(operations, commands);
    nobodys();
}

} // namespace cf::crash
