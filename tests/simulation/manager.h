// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/auditor.h"
#include "tests/simulation/dialer.h"

namespace cf::sim {

// The restaurant's manager: changes the kitchen's settings now and then, and asks again until that
// is done; who has not seen the last change looks first. What the manager was told must be so.
class Manager
{
public:
    Manager(Agenda &agenda, Auditor &auditor, Dialer &dialer, Dice dice);

    // A change every `mean` on average, until there were `changes`.
    void open(milliseconds mean, int changes);
    [[nodiscard]] const LinkPtr &link() const { return m_link; }
    [[nodiscard]] bool isIdle() const { return m_left == 0 && !m_call; }
    // The last change that was told, by its id; empty: there was none.
    [[nodiscard]] const QByteArray &toldId() const { return m_toldId; }
    [[nodiscard]] qint64 toldRev() const { return m_toldRev; }

private:
    void next();
    void change();
    void look();
    void ask(hub::HttpRequest request);
    void answered(const hub::HttpRequest &request, const hub::HttpResponse *response);

    Agenda &m_agenda;
    Auditor &m_auditor;
    Dialer &m_dialer;
    Dice m_dice;
    LinkPtr m_link = std::make_shared<Link>();
    Turns m_turns;
    milliseconds m_mean{};
    int m_left = 0;
    qint64 m_rev = 0; // as last seen
    QByteArray m_wished;
    QByteArray m_toldId;
    qint64 m_toldRev = 0;
    std::unique_ptr<HttpCall> m_call;
    std::unique_ptr<HttpCall> m_last; // it may still be calling
};

} // namespace cf::sim
