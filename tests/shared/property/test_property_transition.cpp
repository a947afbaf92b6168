// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/property/generators.h"
#include "tests/shared/property/property_test.h"

#include <algorithm>
#include <map>
#include <set>

using namespace cf;
using namespace cf::prop;

namespace {

using T = EventType;
using S = OrderStatus;

struct Move {
    std::set<S> from;
    std::optional<S> to; // none: the status stays
};

// The table of the contract, written down again.
const std::map<T, Move> &moves()
{
    static const std::set<S> open{S::Placed, S::Paid, S::Accepted, S::InKitchen, S::Ready};
    static const std::set<S> cooking{S::Paid, S::Accepted, S::InKitchen};
    static const std::map<T, Move> table{
        {T::OrderPaid, {{S::Placed}, S::Paid}},
        {T::OrderAccepted, {{S::Paid}, S::Accepted}},
        {T::OrderStarted, {{S::Paid, S::Accepted}, S::InKitchen}},
        {T::OrderReady, {{S::Accepted, S::InKitchen}, S::Ready}},
        {T::OrderCompleted, {{S::Ready}, S::Completed}},
        {T::OrderCancelled, {open, S::Cancelled}},
        {T::OrderRecalled, {{S::Ready, S::Completed}, S::InKitchen}},
        {T::ItemStarted, {cooking, std::nullopt}},
        {T::ItemReady, {cooking, std::nullopt}},
        {T::ItemRecalled, {{S::Paid, S::Accepted, S::InKitchen, S::Ready}, std::nullopt}},
        {T::ItemVoided, {open, std::nullopt}},
        {T::ItemsAdded, {open, std::nullopt}},
        {T::OrderPrioritised, {open, std::nullopt}},
        {T::OrderNoteAdded, {open, std::nullopt}},
        {T::CourseFired, {open, std::nullopt}},
        {T::KitchenNotified, {open, std::nullopt}},
        {T::FrontNotified, {open, std::nullopt}},
        {T::ItemMoved, {open, std::nullopt}},
        {T::AllergensAcknowledged, {open, std::nullopt}},
        {T::VoidAcknowledged, {open, std::nullopt}},
        {T::CourseHeld, {open, std::nullopt}}};
    return table;
}

// The orders after each of the drafts.
std::vector<OrderState> steps(OrderState order, const EventDrafts &drafts)
{
    std::vector<OrderState> after;
    for (const EventDraft &draft : drafts) {
        OrderEvent event;
        event.pos = order.pos + 1;
        event.orderId = order.id;
        event.seq = order.seq + 1;
        event.type = draft.type;
        event.payload = draft.payload;
        applyEvent(order, event);
        after.push_back(order);
    }
    return after;
}

int countOf(const OrderState &order, std::initializer_list<LineStatus> statuses)
{
    return static_cast<int>(
        std::count_if(order.lines.begin(), order.lines.end(), [&](const OrderLine &line) {
            return std::find(statuses.begin(), statuses.end(), line.status) != statuses.end();
        }));
}

int pendingLines(const OrderState &order)
{
    return countOf(order, {LineStatus::Open, LineStatus::Started});
}

} // namespace

class TestPropertyTransition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMoveIsOneOfTheTable()
    {
        CF_HOLDS("each event that is decided may follow what was before it", [] {
            const OrderState before = *reachableOrder();
            const Command wish = *command(before);
            const Result<EventDrafts> drafts = decide(before, wish);
            if (!drafts)
                return;
            const std::vector<OrderState> after = steps(before, *drafts);
            S status = before.status;
            int seq = before.seq;
            for (size_t i = 0; i < after.size(); ++i) {
                const Move &move = moves().at(drafts->at(i).type);
                RC_ASSERT(move.from.contains(status));
                RC_ASSERT(after[i].status == move.to.value_or(status));
                RC_ASSERT(after[i].seq == ++seq);
                status = after[i].status;
            }
        });
    }

    void whatMayBeIsNotRefused()
    {
        CF_HOLDS("a wish that the table allows is refused only for its lines, seq or bounds", [] {
            const OrderState order = *reachableOrder();
            std::vector<T> possible;
            for (const auto &[type, move] : moves()) {
                if (move.from.contains(order.status))
                    possible.push_back(type);
            }
            RC_PRE(!possible.empty());
            Command wish{order.id, *rc::gen::elementOf(possible), {}, std::nullopt};
            wish.payload = *payloadFor(wish.type, order);
            const Result<EventDrafts> drafts = decide(order, wish);
            if (drafts)
                return;
            const ErrorCode code = drafts.error().code;
            const bool isVoided = code == ErrorCode::TransitionNotAllowed
                                  && drafts.error().detail.contains(QStringLiteral("voided"));
            const bool isOwnFault = code == ErrorCode::UnknownLine || code == ErrorCode::SeqMismatch
                                    || code == ErrorCode::ValidationFailed;
            RC_ASSERT((isOwnFault || isVoided));
        });
    }

    void aRefusedWishNamesNoEvent()
    {
        CF_HOLDS("a wrong expected_seq appends nothing, and is no error where all is as wished",
                 [] {
                     const OrderState order = *reachableOrder();
                     Command wish = *command(order);
                     wish.expectedSeq.reset();
                     const Result<EventDrafts> free = decide(order, wish);
                     wish.expectedSeq = order.seq + *within(1, 5);
                     const Result<EventDrafts> bound = decide(order, wish);
                     if (!free) {
                         RC_ASSERT((!bound && bound.error() == free.error()));
                     } else if (free->empty()) {
                         RC_ASSERT((bound && bound->empty()));
                     } else {
                         RC_ASSERT((!bound && bound.error().code == ErrorCode::SeqMismatch));
                     }
                 });
    }

    void theLastLineEndsTheOrder()
    {
        CF_HOLDS(
            "the last pending line makes the order ready, the last line at all cancels it", [] {
                const OrderState before = *reachableOrder();
                Command wish = *command(before);
                wish.type = *oneOf<T>({T::ItemReady, T::ItemVoided});
                wish.payload = *payloadFor(wish.type, before);
                const Result<EventDrafts> drafts = decide(before, wish);
                RC_PRE((drafts && !drafts->empty()));
                const std::vector<OrderState> after = steps(before, *drafts);
                const OrderState &moved = after.front();
                const OrderState &last = after.back();
                const bool isCooking = moves().at(T::ItemReady).from.contains(before.status);
                if (countOf(moved, {LineStatus::Voided}) == static_cast<int>(moved.lines.size())) {
                    RC_ASSERT((drafts->size() == 2 && drafts->back().type == T::OrderCancelled));
                    RC_ASSERT(last.status == S::Cancelled);
                } else if (isCooking && pendingLines(moved) == 0) {
                    RC_ASSERT(drafts->back().type == T::OrderReady);
                    RC_ASSERT(last.status == S::Ready);
                    RC_ASSERT((drafts->size() == 3) == (before.status == S::Paid));
                } else {
                    RC_ASSERT(drafts->size() == 1U);
                }
            });
    }

    void nothingCookedIsFiredAgain()
    {
        CF_HOLDS("late lines and a recalled one reopen a ready order, and no other line", [] {
            const OrderState before = *reachableOrder();
            Command wish = *command(before);
            wish.type = *oneOf<T>({T::ItemsAdded, T::ItemRecalled});
            wish.payload = *payloadFor(wish.type, before);
            const Result<EventDrafts> drafts = decide(before, wish);
            RC_PRE((drafts && !drafts->empty()));
            const std::vector<OrderState> after = steps(before, *drafts);
            const OrderState &moved = after.front();
            const OrderState &last = after.back();
            RC_ASSERT(((last.status == S::InKitchen) == (before.status == S::Ready)
                       || before.status == S::InKitchen));
            RC_ASSERT(moved.lines == last.lines);
            for (size_t i = 0; wish.type == T::ItemsAdded && i < before.lines.size(); ++i)
                RC_ASSERT(last.lines[i] == before.lines[i]);
            std::set<QString> ids;
            for (const OrderLine &line : last.lines)
                RC_ASSERT((!line.item.lineId.isEmpty() && ids.insert(line.item.lineId).second));
        });
    }

    void aSecondTapHasNoSecondEffect()
    {
        CF_HOLDS("the same wish again finds it done", [] {
            const OrderState before = *reachableOrder();
            Command wish = *command(before);
            static const std::set<T> repeatable{T::ItemsAdded, T::OrderNoteAdded,
                                                T::KitchenNotified, T::FrontNotified};
            RC_PRE(!repeatable.contains(wish.type));
            wish.expectedSeq.reset();
            const Result<EventDrafts> drafts = decide(before, wish);
            RC_PRE((drafts && !drafts->empty()));
            const OrderState after = steps(before, *drafts).back();
            const Result<EventDrafts> again = decide(after, wish);
            RC_ASSERT((!again || again->empty()));
        });
    }
};

QTEST_GUILESS_MAIN(TestPropertyTransition)
#include "test_property_transition.moc"
