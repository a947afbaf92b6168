// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/kitchen_binding.h"

#include "kds-app/app/wishes.h"

#include <QCoreApplication>

namespace cf::kds {

namespace {

struct Kitchen {
    Q_DECLARE_TR_FUNCTIONS(Kitchen)
};

LinkFacts::State stateOf(const LinkState &state)
{
    if (state.trouble == LinkTrouble::Unauthorised || state.trouble == LinkTrouble::Superseded)
        return LinkFacts::State::Refused;
    switch (state.phase) {
    case LinkPhase::Offline:
    case LinkPhase::Connecting: return LinkFacts::State::Offline;
    case LinkPhase::CatchingUp: return LinkFacts::State::CatchingUp;
    case LinkPhase::Live:
    case LinkPhase::Polling:
        return state.isCurrent() ? LinkFacts::State::Live : LinkFacts::State::CatchingUp;
    }
    return LinkFacts::State::Offline;
}

QString hintOf(const LinkState &state)
{
    if (!state.storageFault.isEmpty())
        return Kitchen::tr("a restart would forget taps: %1").arg(state.storageFault);
    switch (state.trouble) {
    case LinkTrouble::Unauthorised: return Kitchen::tr("the hub refuses this display's token");
    case LinkTrouble::Superseded: return Kitchen::tr("another display has taken its place");
    case LinkTrouble::BoardDiffered: return Kitchen::tr("the board differed, loading it anew");
    case LinkTrouble::None: break;
    }
    if (state.phase == LinkPhase::Polling)
        return Kitchen::tr("asking, no stream gets through");
    if (state.phase == LinkPhase::Connecting)
        return Kitchen::tr("connecting");
    return {};
}

} // namespace

LinkFacts linkFactsOf(const LinkState &state)
{
    LinkFacts facts;
    facts.state = stateOf(state);
    facts.unsaved = !state.storageFault.isEmpty();
    // When live the last proof, when not the last moment the board was known to be current.
    facts.provenAt =
        facts.state == LinkFacts::State::Live && state.provenAt ? state.provenAt : state.asOf;
    facts.eventsBehind = state.eventsBehind;
    facts.outbox = state.isCurrent() ? 0 : state.outboxWaiting;
    facts.hint = hintOf(state);
    return facts;
}

void KitchenBinding::bind(KdsController &controller)
{
    m_controller = &controller;
    connect(&m_link, &KitchenLink::changed, this, &KitchenBinding::onChanged);
    connect(&m_link, &KitchenLink::linkChanged, this, &KitchenBinding::onLinkChanged);
    connect(&m_link, &KitchenLink::rejected, this, &KitchenBinding::onRejected);
    connect(&m_link, &KitchenLink::olderFound, m_controller, &KdsController::showOlder);
    connect(&m_link, &KitchenLink::settingsChanged, this, &KitchenBinding::onSettingsChanged);
    m_controller->setSettings(m_link.settings());
    onLinkChanged(m_link.link());
    showAll();
    for (const Rejection &rejection : m_link.rejections())
        onRejected(rejection);
}

Status KitchenBinding::submit(const KitchenIntent &intent)
{
    const Wish wish = wishOf(intent);
    const Result<qint64> sent = m_link.submit(intent.orderId, wish.type, wish.payload);
    return sent ? ok() : Status(sent.error());
}

void KitchenBinding::refusalSeen(qint64 n)
{
    m_link.dismissRejection(n);
}

void KitchenBinding::lookFor(const QString &text)
{
    m_link.lookFor(text);
}

void KitchenBinding::showAll()
{
    const TicketStore &store = m_link.tickets();
    std::vector<const OrderState *> orders = store.shownOpen();
    m_unsent.clear();
    for (const OrderState *order : orders) {
        if (isUnsent(order->id))
            m_unsent.insert(order->id);
    }
    const std::vector<const OrderState *> recent = store.shownRecent();
    orders.insert(orders.end(), recent.begin(), recent.end());
    m_controller->showAll(orders, m_unsent);
    m_shownPosition = store.position();
    Q_EMIT shown(m_shownPosition);
}

void KitchenBinding::onChanged(const ChangeSet &changes)
{
    if (changes.reset) {
        showAll();
        return;
    }
    for (const std::vector<QUuid> *ids : {&changes.opened, &changes.changed, &changes.closed}) {
        for (const QUuid &id : *ids)
            show(id);
    }
    for (const QUuid &id : changes.removed) {
        m_unsent.remove(id);
        m_controller->forgetOrder(id);
    }
    if (changes.recentChanged)
        m_controller->showClosed(m_link.tickets().shownRecent());
    refreshUnsent();
    m_shownPosition = m_link.tickets().position();
    Q_EMIT shown(m_shownPosition);
}

void KitchenBinding::onLinkChanged(const LinkState &state)
{
    m_controller->link()->setFacts(linkFactsOf(state));
    m_controller->setAlarms(state.alarms);
    if (state.hubOffset)
        m_controller->setHubOffset(*state.hubOffset);
    refreshUnsent();
    // The position may have moved without any ticket looking different.
    if (m_link.tickets().position() != m_shownPosition) {
        m_shownPosition = m_link.tickets().position();
        Q_EMIT shown(m_shownPosition);
    }
}

void KitchenBinding::onSettingsChanged()
{
    m_controller->setSettings(m_link.settings());
    showAll();
}

void KitchenBinding::onRejected(const Rejection &rejection)
{
    words::Refusal refusal;
    refusal.n = rejection.n;
    refusal.kind = intentOf(rejection.wished);
    refusal.number = rejection.orderNumber;
    refusal.code = rejection.code;
    refusal.detail = rejection.detail;
    if (rejection.current)
        refusal.current = rejection.current->status;
    m_controller->showRefusal(refusal);
}

void KitchenBinding::show(const QUuid &id)
{
    const OrderState *order = m_link.tickets().shown(id);
    if (!order)
        return;
    const bool unsent = isUnsent(id);
    if (unsent)
        m_unsent.insert(id);
    else
        m_unsent.remove(id);
    m_controller->showOrder(*order, unsent);
}

void KitchenBinding::refreshUnsent()
{
    for (const OrderState *order : m_link.tickets().shownOpen()) {
        if (isUnsent(order->id) != m_unsent.contains(order->id))
            show(order->id);
    }
}

// While the hub is there an answer takes a moment only: no ticket should flicker for it.
bool KitchenBinding::isUnsent(const QUuid &id) const
{
    return !m_link.link().isCurrent() && m_link.tickets().hasPending(id);
}

} // namespace cf::kds
