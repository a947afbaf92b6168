// SPDX-License-Identifier: Apache-2.0
// What a display hears, cut at 0xFF, on the stream and by polling: whatever it is, a board that was
// not proven to be the hub's never looks live. "!" cuts the connection, "*" is a cook's wish, "@"
// is all that arrived having been read. A piece that begins with "?" is what a poll brings.
#include "kds-app/sync/hub_session.h"
#include "kds-app/sync/poll_codec.h"
#include "kds-app/sync/poll_session.h"
#include "shared/protocol/canonical_json.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/fake_clock.h"
#include "tests/support/seeded_random.h"

namespace cf::fuzz {

using namespace cf::kds;
using namespace std::chrono_literals;

namespace {

class Display
{
public:
    void hear(const QByteArray &piece)
    {
        m_clock.advance(1ms);
        if (piece.startsWith('?'))
            poll(piece.mid(1));
        else if (piece == "!")
            (void)m_session.closed(), (void)m_session.opened(m_clock.monotonic());
        else if (piece == "*")
            wish();
        else if (piece == "@")
            (void)m_session.drained();
        else
            receive(piece);
        checkWhatIsShown();
    }

private:
    // Live, or polling, only right after a message with the board's own position and digest.
    void receive(const QByteArray &frame)
    {
        const bool wasLive = m_book.phase() == LinkPhase::Live;
        const SessionStep step = m_session.received(frame, m_clock.monotonic());
        CF_DEMAND(step.send.size() <= size_t(limits::commandWindow) + 4);
        for (const QByteArray &sent : step.send)
            CF_DEMAND(decodeFromDisplay(sent).has_value());
        if (m_book.phase() == LinkPhase::Live && !wasLive) {
            const Result<FromHub> message = decodeFromHub(frame);
            CF_DEMAND(message && std::holds_alternative<Live>(*message));
            const auto &live = std::get<Live>(*message);
            demandEqual(live.at, live.count, live.digest);
        }
        if (step.close)
            (void)m_session.closed();
        CF_DEMAND(m_session.isLive() == (m_book.phase() == LinkPhase::Live));
    }

    void poll(const QByteArray &body)
    {
        (void)m_session.closed();
        const bool isSnapshot =
            m_poll.nextRead().path.startsWith(QStringLiteral("/v1/kds/snapshot"));
        const bool isCommand = m_poll.nextCommand().has_value();
        (void)m_poll.onRead(body.isEmpty() ? 410 : 200, body, {});
        if (m_book.phase() == LinkPhase::Polling) {
            if (isSnapshot) {
                const PollSnapshot answer = *decodePollSnapshot(body);
                demandEqual(answer.cursor.pos, answer.count, answer.digest);
            } else if (const Result<PollPage> page = decodePollPage(body); page && !page->more) {
                demandEqual(page->cursor.pos, page->count, page->digest);
            }
        }
        if (isCommand)
            (void)m_poll.onCommand(body.size() % 2 == 0 ? 200 : 409, body);
        m_book.offline({});
    }

    void demandEqual(qint64 at, int count, const QByteArray &digest) const
    {
        quint64 sum = 0;
        int open = 0;
        for (const OrderState *order : m_kitchen.tickets().folded().openOrders()) {
            CF_DEMAND(isOpen(order->status));
            sum += digestTerm(order->id, order->seq);
            ++open;
        }
        CF_DEMAND(m_kitchen.tickets().position() == at);
        CF_DEMAND(open == count && digestText(sum) == digest);
    }

    void wish()
    {
        const std::vector<const OrderState *> shown = m_kitchen.tickets().shownOpen();
        for (const OrderState *order : shown) {
            const QUuid id = order->id;
            (void)m_kitchen.submit(id, EventType::OrderStarted, {}, std::nullopt);
            (void)m_session.submitted();
            return;
        }
    }

    void checkWhatIsShown()
    {
        TicketStore &tickets = m_kitchen.tickets();
        (void)tickets.takeChanges();
        CF_DEMAND(tickets.folded().recentOrders().size() <= size_t(limits::recentOrdersMax));
        for (const OrderState *order : tickets.shownOpen())
            CF_DEMAND(isOpen(order->status) && tickets.shown(order->id) == order);
        const Board &board = tickets.folded();
        CF_DEMAND(board.count() == static_cast<int>(board.openOrders().size()));
    }

    test::FakeClock m_clock;
    test::SeededRandom m_random{1};
    LocalKitchen m_kitchen{QStringLiteral(":memory:"), m_clock, m_random};
    LinkBook m_book{m_kitchen};
    HubSession m_session{m_kitchen, m_book, QStringLiteral("grill-1")};
    PollSession m_poll{m_kitchen, m_book};
};

} // namespace

void run(QByteArrayView input)
{
    Display display;
    display.hear("!");
    for (const QByteArray &piece : pieces(input, '\xff', 24))
        display.hear(piece);
}

} // namespace cf::fuzz
