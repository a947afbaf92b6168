// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/property/board_model.h"
#include "tests/shared/property/property_test.h"

using namespace cf;
using namespace cf::prop;

namespace {

Board::Applied apply(Board &board, const Logged &logged)
{
    const std::optional<OrderState> &order = logged.streamed.order;
    return board.apply(logged.streamed.event, order ? &*order : nullptr);
}

Board boardOf(const Log &events)
{
    Board board;
    for (const Logged &logged : events)
        RC_ASSERT(apply(board, logged) == Board::Applied::Applied);
    return board;
}

BoardModel modelOf(const Log &events)
{
    BoardModel model;
    for (const Logged &logged : events)
        model.take(logged.streamed.event);
    return model;
}

std::vector<OrderState> copies(const std::vector<const OrderState *> &orders)
{
    std::vector<OrderState> copied;
    for (const OrderState *order : orders)
        copied.push_back(*order);
    return copied;
}

} // namespace

class TestPropertyBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheFoldOfTheLog()
    {
        CF_HOLDS("after every event the board is the fold of all so far", [] {
            const Log events = *log(30);
            Board board;
            BoardModel model;
            for (const Logged &logged : events) {
                RC_ASSERT(apply(board, logged) == Board::Applied::Applied);
                model.take(logged.streamed.event);
                RC_ASSERT(board.isOpenOrder(logged.streamed.event.orderId) == logged.isOpenAfter);
            }
            RC_ASSERT(model.differenceTo(board) == std::string());
        });
    }

    void orderOfOrdersDoesNotMatter()
    {
        CF_HOLDS("orders may come interleaved in any way: what is open is the same", [] {
            const Log events = *log(25);
            std::map<QUuid, Log> lanes;
            for (const Logged &logged : events)
                lanes[logged.streamed.event.orderId].push_back(logged);
            RC_PRE(lanes.size() < size_t(limits::recentOrdersMax));
            Board board;
            while (!lanes.empty()) {
                const auto lane =
                    std::next(lanes.begin(), *within<long>(0, static_cast<long>(lanes.size())));
                RC_ASSERT(apply(board, lane->second.front()) == Board::Applied::Applied);
                lane->second.erase(lane->second.begin());
                if (lane->second.empty())
                    lanes.erase(lane);
            }
            const BoardModel model = modelOf(events);
            RC_ASSERT(copies(board.openOrders()) == model.open());
            RC_ASSERT(digestText(board.digest()) == model.digest());
        });
    }

    void repeatsChangeNothing()
    {
        CF_HOLDS("an event that comes again, however late, is known", [] {
            const Log events = *log(25);
            Board board;
            for (size_t i = 0; i < events.size(); ++i) {
                RC_ASSERT(apply(board, events[i]) == Board::Applied::Applied);
                const auto from = *within<size_t>(0, i + 1);
                for (size_t j = from; j <= i; ++j) {
                    if (board.find(events[j].streamed.event.orderId))
                        RC_ASSERT(apply(board, events[j]) == Board::Applied::AlreadyApplied);
                }
            }
            RC_ASSERT(modelOf(events).differenceTo(board) == std::string());
        });
    }

    void aMissingEventIsAHole()
    {
        CF_HOLDS("without one of its events an order takes no later one", [] {
            const Log events = *log(25);
            const auto missing = *within<size_t>(0, events.size());
            const QUuid id = events[missing].streamed.event.orderId;
            Board board;
            for (size_t i = 0; i < events.size(); ++i) {
                if (i == missing)
                    continue;
                const bool isAfter = i > missing && events[i].streamed.event.orderId == id;
                if (isAfter && events[i].streamed.order)
                    return; // comes whole: that heals it
                RC_ASSERT(apply(board, events[i])
                          == (isAfter ? Board::Applied::Hole : Board::Applied::Applied));
            }
        });
    }

    void aSnapshotIsAsGoodAsTheLog()
    {
        CF_HOLDS("a board reset from another goes on as the other does", [] {
            const Log events = *log(30);
            const auto at = *within<size_t>(0, events.size() + 1);
            const Log before(events.begin(), events.begin() + static_cast<long>(at));
            const Board source = boardOf(before);
            Board board;
            board.reset(copies(source.openOrders()), copies(source.recentOrders()));
            RC_ASSERT(modelOf(before).differenceTo(board) == std::string());
            for (size_t i = at; i < events.size(); ++i)
                RC_ASSERT(apply(board, events[i]) == Board::Applied::Applied);
            RC_ASSERT(modelOf(events).differenceTo(board) == std::string());
        });
    }

    void countsWhatItDoesNotKnow()
    {
        CF_HOLDS("events of unknown types move seq, are counted, and change nothing else", [] {
            const Log events = *log(30);
            const auto unknown = std::count_if(events.begin(), events.end(), [](const Logged &l) {
                return l.streamed.event.type == EventType::Unknown;
            });
            RC_ASSERT(boardOf(events).unknownEvents() == unknown);
            OrderState order = *reachableOrder();
            OrderState expected = order;
            OrderEvent event;
            event.pos = order.pos + 1;
            event.seq = order.seq + 1;
            event.payload = *jsonObject(2);
            applyEvent(order, event);
            expected.seq = event.seq;
            expected.pos = event.pos;
            ++expected.unknownEvents;
            RC_ASSERT(order == expected);
        });
    }
};

QTEST_GUILESS_MAIN(TestPropertyBoard)
#include "test_property_board.moc"
