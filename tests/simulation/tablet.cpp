// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/tablet.h"

#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"

namespace cf::sim {

using namespace std::chrono_literals;

struct Tablet::Process {
    Process(Tablet &tablet, const QString &path)
        : kitchen(path, tablet.m_clock, tablet.m_dice, tablet.m_disk.cacheFiles()),
          turns(tablet.m_world.agenda),
          link(tablet.m_world.dialer, tablet.m_link, tablet.m_world.agenda, tablet.m_clock,
               tablet.m_dice, kitchen, tablet.m_name, tablet)
    {
    }
    kds::LocalKitchen kitchen;
    bool isInMemoryOnly = !kitchen.storageFault().isEmpty();
    Turns turns;
    TabletLink link;
};

Tablet::Tablet(const Surroundings &world, const QString &name, Dice dice)
    : m_world(world), m_name(name), m_dice(dice), m_clock(world.agenda),
      m_disk(QStringLiteral("/sim/") + name, m_dice.fork())
{
}

Tablet::~Tablet()
{
    endProcess();
}

void Tablet::boot()
{
    if (m_process)
        return;
    m_disk.start();
    m_process = std::make_unique<Process>(*this, m_disk.path(QStringLiteral("display.db")));
    ++m_boots;
    const kds::TicketStore &tickets = m_process->kitchen.tickets();
    if (!m_process->isInMemoryOnly)
        checkReturn();
    m_last = tickets.cursor();
    check();
    m_process->link.start();
    scheduleTap();
}

// What it acknowledged before it went is there again.
void Tablet::checkReturn()
{
    // A log that has lost that place since may have brought the display back before it.
    if (!m_saved || !m_world.auditor.standing(*m_saved).isCurrent)
        return;
    const std::optional<Cursor> &cursor = m_process->kitchen.tickets().cursor();
    m_world.auditor.expect(cursor
                               && (cursor->epoch != m_saved->epoch || cursor->pos >= m_saved->pos),
                           QStringLiteral("%1 came back without what it had acknowledged: %2 "
                                          "instead of %3; %4")
                               .arg(m_name)
                               .arg(cursor ? cursor->pos : 0)
                               .arg(m_saved->pos)
                               .arg(m_process->kitchen.report()));
}

bool Tablet::isInMemoryOnly() const
{
    return m_process && m_process->isInMemoryOnly;
}

void Tablet::endProcess()
{
    if (!m_process)
        return;
    for (Wish &wish : m_wishes) // it has said all the time that it keeps nothing
        wish.isForgotten =
            wish.isForgotten
            || (m_process->isInMemoryOnly && wish.device == m_process->kitchen.deviceId());
    m_dials += m_process->link.dials();
    m_snapshots += m_process->link.session().counts().snapshots;
    m_resumes += m_process->link.session().counts().resumes;
    m_process.reset();
}

void Tablet::kill()
{
    m_disk.kill();
    endProcess();
    m_link->dying = false;
}

void Tablet::powerCut()
{
    m_world.network.cut(m_link);
    m_disk.powerCut();
    endProcess();
    m_link->dying = false;
}

void Tablet::endInSave(int writes, bool isPowerCut, std::function<void()> then)
{
    m_disk.dieAfterWrites(writes);
    m_disk.onDeath = [this, isPowerCut, then = std::move(then)] {
        m_link->dying = true;
        // In a step of its own, before any other: it is the process that writes.
        m_world.agenda.after(0ms, [this, isPowerCut, then] {
            if (!m_disk.isDead())
                return; // switched off and on since
            if (isPowerCut)
                powerCut();
            else
                kill();
            then();
        });
    };
}

void Tablet::wipe()
{
    kill();
    m_disk.wipe();
    m_last.reset();
    m_saved.reset();
    for (Wish &wish : m_wishes)
        wish.isForgotten = true;
    m_firstOpenWish = m_wishes.size();
}

void Tablet::cloneFrom(const Tablet &other)
{
    wipe();
    m_disk.copyFrom(other.m_disk);
}

void Tablet::scheduleTap()
{
    m_process->turns.after(m_dice.between(1ms, 2 * m_tapEvery), [this] {
        if (m_isCooking)
            tap();
        scheduleTap();
    });
}

void Tablet::tap()
{
    kds::LocalKitchen &kitchen = m_process->kitchen;
    const QString mark = QStringLiteral("%1-%2").arg(m_name).arg(++m_taps);
    const std::optional<Tap> tap = drawTap(kitchen.tickets(), mark, m_dice);
    if (!tap)
        return;
    const Result<qint64> n =
        kitchen.submit(tap->orderId, tap->type, tap->payload, tap->expectedSeq);
    if (!n || *n == 0)
        return; // refused while the cook looks at it, or already so
    m_wishes.push_back({kitchen.deviceId(), *n, *tap, {}, {}, 0, false, false, false});
    m_process->link.submitted();
}

void Tablet::onHeard(const FromHub &message)
{
    const kds::TicketStore &tickets = m_process->kitchen.tickets();
    const qint64 position = tickets.position();
    const auto expectAt = [&](qint64 at, const char *what) {
        m_world.auditor.expect(tickets.isInSnapshot() || at == position,
                               QStringLiteral("%1 stands at %2 and is sent %3 %4")
                                   .arg(m_name)
                                   .arg(position)
                                   .arg(QLatin1StringView(what))
                                   .arg(at));
    };
    if (const auto *events = std::get_if<Events>(&message))
        expectAt(events->prev, "what comes after");
    else if (const auto *welcome = std::get_if<Welcome>(&message))
        checkWelcome(*welcome);
    else if (const auto *live = std::get_if<Live>(&message))
        expectAt(live->at, "the board at");
}

// Only the gap: a place that the log still holds is never refused, and one of another epoch always.
void Tablet::checkWelcome(const Welcome &welcome)
{
    const std::optional<Cursor> &cursor = m_process->kitchen.tickets().cursor();
    const bool isRefused = welcome.reason == SnapshotReason::EpochChanged
                           || welcome.reason == SnapshotReason::PosAhead
                           || welcome.reason == SnapshotReason::ChainMismatch;
    m_world.auditor.expect(!isRefused || !cursor || !m_world.auditor.standing(*cursor).isCurrent,
                           QStringLiteral("%1 stands at %2 of the log and is refused to resume")
                               .arg(m_name)
                               .arg(cursor ? cursor->pos : 0));
    m_world.auditor.expect(welcome.mode != StreamMode::Resume
                               || (cursor && cursor->epoch == welcome.epoch),
                           m_name + QStringLiteral(" is resumed in another epoch than its own"));
}

void Tablet::onAcknowledged(qint64 pos)
{
    const std::optional<Cursor> &cursor = m_process->kitchen.tickets().cursor();
    m_world.auditor.expect(
        cursor && cursor->pos >= pos,
        QStringLiteral("%1 acknowledged %2 before it had it").arg(m_name).arg(pos));
    // Where its own disk has failed it says so and goes on from memory.
    if (cursor && cursor->pos == pos && m_process->kitchen.storageFault().isEmpty())
        m_saved = cursor;
}

void Tablet::onDrained()
{
    check();
    (void)m_process->kitchen.tickets().takeChanges();
    if (!m_dice.oneIn(4))
        m_process->link.painted(m_process->kitchen.tickets().position());
}

void Tablet::onRejected(const kds::Rejection &rejection)
{
    for (Wish &wish : m_wishes) {
        if (wish.n == rejection.n && wish.device == m_process->kitchen.deviceId())
            wish.isRefused = true;
    }
}

void Tablet::check()
{
    const kds::TicketStore &tickets = m_process->kitchen.tickets();
    if (const std::optional<Cursor> &cursor = tickets.cursor(); cursor)
        checkPlace(*cursor);
    checkWishes();
}

void Tablet::checkPlace(const Cursor &cursor)
{
    Auditor &auditor = m_world.auditor;
    const kds::TicketStore &tickets = m_process->kitchen.tickets();
    const bool isSame = m_last && *m_last == cursor;
    auditor.checkBoard(m_name, cursor, tickets.folded(), !isSame && m_dice.oneIn(12));
    if (m_last && m_last->epoch == cursor.epoch) {
        auditor.expect(cursor.pos >= m_last->pos, QStringLiteral("%1's cursor went back, %2 to %3")
                                                      .arg(m_name)
                                                      .arg(m_last->pos)
                                                      .arg(cursor.pos));
    }
    m_last = cursor;
    const kds::LinkState &state = m_process->link.state();
    if (state.phase == kds::LinkPhase::Live && state.eventsBehind == 0) {
        auditor.expect(state.position == cursor.pos && state.provenAt.has_value(),
                       QStringLiteral("%1 says live without a proof").arg(m_name));
    }
}

void Tablet::checkWishes()
{
    const kds::Outbox &outbox = m_process->kitchen.outbox();
    const QString device = m_process->kitchen.deviceId();
    for (size_t i = m_firstOpenWish; i < m_wishes.size(); ++i) {
        Wish &wish = m_wishes[i];
        if (wish.isForgotten || wish.device != device)
            continue;
        if (const kds::OutboxEntry *entry = outbox.find(wish.n))
            checkWish(wish, *entry);
        else
            m_world.auditor.expect(wish.result.has_value(),
                                   QStringLiteral("%1 has forgotten its command %2 unanswered")
                                       .arg(m_name)
                                       .arg(wish.n));
    }
}

void Tablet::checkWish(Wish &wish, const kds::OutboxEntry &entry)
{
    if (!entry.result || entry.state != kds::OutboxState::Finished)
        return;
    if (wish.result && *wish.result == *entry.result)
        return;
    Auditor &auditor = m_world.auditor;
    // A log that has lost events is offered the command again. And an answer that had not reached
    // this tablet's disk when it died is given a second time, as the duplicate that it is.
    const bool isAgain = wish.result && entry.result->status == CommandStatus::Duplicate
                         && entry.result->pos == wish.result->pos;
    auditor.expect(!wish.result || isAgain || wish.isUnkept || wish.epoch != entry.answeredEpoch
                       || auditor.losses() > wish.lost,
                   QStringLiteral("%1 had a second answer to its command %2: %3, then %4")
                       .arg(m_name)
                       .arg(wish.n)
                       .arg(QString::fromUtf8(wish.result ? encode(*wish.result) : QByteArray()),
                            QString::fromUtf8(encode(*entry.result))));
    const bool isBarred = entry.result->code == errorCodeName(ErrorCode::IdempotencyMismatch)
                          || entry.result->code == errorCodeName(ErrorCode::OutOfOrder);
    m_world.auditor.expect(!isBarred || m_hasTwin, QStringLiteral("%1's command %2 was barred: %3")
                                                       .arg(m_name)
                                                       .arg(wish.n)
                                                       .arg(entry.result->detail));
    // A tablet that cannot write says so, and may come back without it.
    wish.isUnkept = wish.isUnkept || !m_process->kitchen.storageFault().isEmpty();
    wish.result = entry.result;
    wish.epoch = entry.answeredEpoch;
    wish.lost = m_lostAtDial;
    if (entry.result->pos > 0 && entry.answeredEpoch == m_world.auditor.epoch())
        m_world.auditor.acknowledged(m_name, wish.tap.orderId, entry.result->seq,
                                     entry.result->pos);
}

// An answer may be on its way while its hub dies and comes back with less: it is of the log that
// was there when its connection was made.
void Tablet::onDialled()
{
    checkWishes(); // those of the last connection
    m_lostAtDial = m_world.auditor.losses();
}

qint64 Tablet::dials() const
{
    return m_dials + (m_process ? m_process->link.dials() : 0);
}

bool Tablet::isPolling() const
{
    return m_process && m_process->link.isPolling();
}

qint64 Tablet::position() const
{
    return m_process ? m_process->kitchen.tickets().position() : 0;
}

qint64 Tablet::snapshots() const
{
    return m_snapshots + (m_process ? m_process->link.session().counts().snapshots : 0);
}

qint64 Tablet::resumes() const
{
    return m_resumes + (m_process ? m_process->link.session().counts().resumes : 0);
}

bool Tablet::holds(const hub::SettingsRecord &settings) const
{
    if (!m_process || m_process->kitchen.settingsId() != contentId(settings.body))
        return false;
    const Result<QJsonObject> json = parseJsonObject(settings.rev > 0 ? settings.body : "{}");
    return json && m_process->kitchen.settings() == *settingsFromJson(*json);
}

std::vector<StationAlarm> Tablet::alarms() const
{
    return m_process ? m_process->link.state().alarms : std::vector<StationAlarm>();
}

QString Tablet::notHealed()
{
    if (!m_process)
        return QStringLiteral("%1 is off").arg(m_name);
    const kds::LinkState &state = m_process->link.state();
    const kds::TicketStore &tickets = m_process->kitchen.tickets();
    if (!state.isCurrent())
        return QStringLiteral("%1 is in phase %2, %3 behind: %4")
            .arg(m_name)
            .arg(static_cast<int>(state.phase))
            .arg(state.eventsBehind)
            .arg(state.detail);
    if (tickets.cursor() != m_world.auditor.headCursor())
        return QStringLiteral("%1 stands at %2, the log at %3")
            .arg(m_name)
            .arg(tickets.position())
            .arg(m_world.auditor.head());
    if (m_process->kitchen.outbox().unanswered() > 0)
        return QStringLiteral("%1 has %2 unanswered commands")
            .arg(m_name)
            .arg(m_process->kitchen.outbox().unanswered());
    return {};
}

void Tablet::checkFinal()
{
    const kds::TicketStore &tickets = m_process->kitchen.tickets();
    m_world.auditor.checkBoard(m_name, *tickets.cursor(), tickets.folded(), true);
    checkWishes();
    for (const Wish &wish : m_wishes) {
        m_world.auditor.expect(
            wish.result || wish.isForgotten,
            QStringLiteral("%1's command %2 was never answered").arg(m_name).arg(wish.n));
    }
    // Nothing pending is shown over what the hub says.
    for (const OrderState *order : tickets.shownOpen()) {
        m_world.auditor.expect(tickets.folded().find(order->id) != nullptr
                                   && *order == *tickets.folded().find(order->id),
                               QStringLiteral("%1 still shows order %2 otherwise than the hub")
                                   .arg(m_name, order->number));
    }
}

} // namespace cf::sim
