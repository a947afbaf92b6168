// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/manager.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace cf::sim {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto patience = 8'000ms;
const QByteArray path = "/v1/settings";

} // namespace

Manager::Manager(Agenda &agenda, Auditor &auditor, Dialer &dialer, Dice dice)
    : m_agenda(agenda), m_auditor(auditor), m_dialer(dialer), m_dice(dice), m_turns(agenda)
{
}

void Manager::open(milliseconds mean, int changes)
{
    m_mean = mean;
    m_left = changes;
    next();
}

void Manager::next()
{
    if (m_left == 0)
        return;
    m_turns.after(m_dice.between(1ms, 2 * m_mean), [this] {
        m_wished = QStringLiteral(
                       R"({"stations":[{"id":"station %1","alarm_after_s":3}],"hold_courses":%2})")
                       .arg(m_left--)
                       .arg(m_dice.oneIn(2) ? "true"_L1 : "false"_L1)
                       .toUtf8();
        change();
    });
}

void Manager::change()
{
    hub::HttpRequest request = postRequest(path, "{\"rev\":" + QByteArray::number(m_rev)
                                                     + ",\"settings\":" + m_wished + '}');
    request.method = "PUT";
    ask(std::move(request));
}

void Manager::look()
{
    ask(getRequest(path));
}

void Manager::ask(hub::HttpRequest request)
{
    m_last = std::move(m_call);
    m_call = std::make_unique<HttpCall>(
        m_dialer, m_link, m_agenda, request, patience,
        [this, request](const hub::HttpResponse *response) { answered(request, response); });
}

void Manager::answered(const hub::HttpRequest &request, const hub::HttpResponse *response)
{
    if (!response || response->status >= 500 || response->status == 429) {
        m_turns.after(m_dice.between(50ms, 1'500ms), [this, request] { ask(request); });
        return;
    }
    if (response->status == 409) { // there is a newer one: an answer was lost, or a log
        m_turns.after(1ms, [this] { look(); });
        return;
    }
    m_auditor.expect(response->status == 200, QStringLiteral("the manager was answered %1: %2")
                                                  .arg(response->status)
                                                  .arg(QString::fromUtf8(response->body)));
    const QJsonObject body = QJsonDocument::fromJson(response->body).object();
    m_rev = body.value("rev"_L1).toInteger();
    if (request.method == "GET") {
        m_turns.after(1ms, [this] { change(); });
        return;
    }
    m_toldId = body.value("id"_L1).toString().toLatin1();
    m_toldRev = m_rev;
    m_last = std::move(m_call); // it is calling
    next();
}

} // namespace cf::sim
