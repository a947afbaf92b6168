// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/order/transition.h"
#include "shared/protocol/messages.h"

#include <QJsonObject>

#include <rapidcheck.h>

// What the properties are tried on. Rich on purpose: every optional part is there or not, texts go
// from empty to their bound and leave the Basic Multilingual Plane, numbers stand at their bounds.
namespace cf::prop {

template<typename T>
rc::Gen<T> oneOf(std::initializer_list<T> values)
{
    return rc::gen::elementOf(std::vector<T>(values));
}

// min to max - 1, evenly, also in the first small cases (where rc::gen::inRange keeps to min).
template<typename T>
rc::Gen<T> within(T min, T max)
{
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange(min, max));
}

// Well-formed UTF-16 of 0 to lengthMax units: letters, control characters, quotes, surrogate pairs.
rc::Gen<QString> text(int lengthMax = 40);
// The same, not blank.
rc::Gen<QString> name(int lengthMax = 40);
// Any UTF-16 units at all, lone surrogates among them.
rc::Gen<QString> brokenText();
rc::Gen<QByteArray> hex(int digits);
rc::Gen<QUuid> uuid();
rc::Gen<Timestamp> moment();
// Whole numbers that every JSON reader has exactly, its bounds among them.
rc::Gen<qint64> exactInteger(qint64 min, qint64 max);
rc::Gen<double> number();
rc::Gen<QJsonValue> json(int depth);
rc::Gen<QJsonObject> jsonObject(int depth, bool isBroken = false);

template<typename T>
rc::Gen<std::optional<T>> maybe(rc::Gen<T> gen)
{
    return rc::gen::oneOf(rc::gen::just(std::optional<T>()),
                          rc::gen::map(std::move(gen), [](T v) { return std::optional(v); }));
}

// An order as a till sends it: `lines` of them, with ids of their own.
rc::Gen<Item> item(const QString &lineId);
rc::Gen<OrderState> orderDraft(int linesMax = 5);
rc::Gen<Actor> actor();
// The payload that a command of this type may carry, valid for `order`: mostly lines it has.
rc::Gen<QJsonObject> payloadFor(EventType type, const OrderState &order);
// Any command but order_placed; expectedSeq right, wrong or absent.
rc::Gen<Command> command(const OrderState &order);
// Any order that a hub can come to hold.
rc::Gen<OrderState> reachableOrder();

// An event as the log has it, with what the stream sends beside it.
struct Logged {
    StreamEvent streamed;
    bool isOpenAfter = true;
};
using Log = std::vector<Logged>;

// Some orders' lives, interleaved: positions 1, 2, 3 ...; whole orders where they (re)open; now and
// then an event of a type unknown here, and so many short orders that old ones are forgotten.
rc::Gen<Log> log(int stepsMax = 40);

} // namespace cf::prop

// How a failing case is shown; found by its argument's namespace.
void showValue(const QString &text, std::ostream &out);
void showValue(const QByteArray &bytes, std::ostream &out);
void showValue(const QJsonObject &json, std::ostream &out);

namespace cf {
void showValue(const OrderState &order, std::ostream &out);
void showValue(const Command &command, std::ostream &out);
void showValue(Timestamp at, std::ostream &out);
} // namespace cf
