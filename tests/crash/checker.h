// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/crash/ledger.h"

#include <map>

namespace cf::crash {

// Judges what clients, streams and displays saw against the log. Every finding names the
// operation, the device or the position.
class Checker
{
public:
    explicit Checker(const Ledger &ledger) : m_ledger(ledger) { }

    // An answered operation: what was acknowledged is in the log, at that place.
    void operation(const Operation &operation);
    // Where someone stood is a place of this log, not beyond its end, and the board is its fold.
    void sighting(const Sighting &sighting);
    // What was told is what the log says.
    void told(const ToldEvent &event);

    // At the end, when everything has been answered: each event was asked for by exactly one
    // operation or command, and each of those had one effect at most.
    void accounts(const std::vector<Operation> &operations,
                  const std::vector<DeviceCommand> &commands,
                  const std::vector<HandledCommand> &handled);

    void add(const Finding &finding) { m_findings.push_back(finding); }
    [[nodiscard]] const std::vector<Finding> &findings() const { return m_findings; }

private:
    using CommandKey = std::pair<QString, qint64>;

    void find(const char *rule, const QString &what) { m_findings.push_back({rule, what}); }
    void claim(qint64 first, qint64 last, const QString &by);
    void claimOperation(const Operation &operation);
    void claimHandled(const HandledCommand &handled, const DeviceCommand &command);
    void marks(const std::vector<Operation> &operations,
               const std::vector<DeviceCommand> &commands);
    void answers(const std::vector<DeviceCommand> &commands,
                 const std::map<CommandKey, HandledCommand> &handled);
    void order(const std::vector<HandledCommand> &handled);
    void nobodys();

    const Ledger &m_ledger;
    std::vector<Finding> m_findings;
    QHash<qint64, QString> m_claims; // by position
};

} // namespace cf::crash
