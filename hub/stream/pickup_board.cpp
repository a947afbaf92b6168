// SPDX-License-Identifier: Apache-2.0
#include "hub/stream/pickup_board.h"

#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/protocol/canonical_json.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

namespace cf::hub {

namespace {

using L1 = QLatin1StringView;

// Tells two entries apart, and says nothing of the order: a number may be given twice.
QString keyOf(const OrderState &order)
{
    const QByteArray hash =
        QCryptographicHash::hash("pickup:" + uuidText(order.id), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(16));
}

bool isCollected(const OrderState &order, const PickupSettings &settings)
{
    return !order.serviceType || settings.serviceTypes.contains(*order.serviceType);
}

bool isBeingPrepared(const OrderState &order, Timestamp now)
{
    // What is wanted for the evening is nothing to who waits at noon.
    return isLiveTicket(order.status) && (!order.dueAt || *order.dueAt - limits::dueAhead <= now);
}

bool isWaiting(const OrderState &order, const PickupSettings &settings, Timestamp now)
{
    return order.status == OrderStatus::Ready && order.readyAt
           && *order.readyAt + settings.readyFor > now;
}

QJsonObject entryOf(const OrderState &order, const PickupSettings &settings)
{
    QJsonObject entry{{L1("key"), keyOf(order)}, {L1("number"), order.number}};
    const QString name = settings.showsNames ? firstName(order.customerName) : QString();
    if (!name.isEmpty())
        entry.insert(L1("name"), name);
    if (order.status == OrderStatus::Ready)
        entry.insert(L1("ready_at"), QString::fromLatin1(formatTimestamp(*order.readyAt)));
    return entry;
}

QJsonArray firstOf(const std::vector<const OrderState *> &orders, const PickupSettings &settings)
{
    QJsonArray entries;
    for (const OrderState *order : orders) {
        if (entries.size() >= limits::pickupOrdersMax)
            break;
        entries.append(entryOf(*order, settings));
    }
    return entries;
}

std::shared_ptr<const PickupView> encoded(const Board &board, const PickupSettings &settings,
                                          Timestamp now)
{
    std::vector<const OrderState *> preparing, ready;
    for (const OrderState *order : board.openOrders()) {
        if (!isCollected(*order, settings))
            continue;
        if (isBeingPrepared(*order, now))
            preparing.push_back(order);
        else if (isWaiting(*order, settings, now))
            ready.push_back(order);
    }
    std::stable_sort(ready.begin(), ready.end(), [](const OrderState *a, const OrderState *b) {
        return *a->readyAt > *b->readyAt;
    });
    auto view = std::make_shared<PickupView>();
    view->json =
        canonicalJson(QJsonObject{{L1("show"), settings.showsNames ? L1("names") : L1("numbers")},
                                  {L1("preparing"), firstOf(preparing, settings)},
                                  {L1("ready"), firstOf(ready, settings)},
                                  {L1("preparing_total"), static_cast<qint64>(preparing.size())},
                                  {L1("ready_total"), static_cast<qint64>(ready.size())}});
    view->id = QCryptographicHash::hash(view->json, QCryptographicHash::Sha256).toHex().left(16);
    return view;
}

bool isHan(QChar character)
{
    return character.script() == QChar::Script_Han;
}

} // namespace

QString firstName(const QString &name)
{
    // Some tills write the last name first, before a comma.
    const QString given = name.section(QLatin1Char(','), 1).trimmed();
    const QString words = given.isEmpty() ? name.section(QLatin1Char(','), 0, 0) : given;
    QString first = words.simplified().section(QLatin1Char(' '), 0, 0);
    // A Chinese name has its family's character first; of four, two.
    if (first.size() >= 2 && first.size() <= 4 && std::all_of(first.begin(), first.end(), isHan))
        first = first.right(first.size() == 2 ? 1 : 2);
    return first;
}

std::shared_ptr<const PickupView> PickupBoard::at(const Board &board,
                                                  const PickupSettings &settings, Timestamp now)
{
    const bool isFresh = m_view && now >= m_madeAt && now - m_madeAt < limits::pickupTick;
    if (!isFresh) {
        m_view = encoded(board, settings, now);
        m_madeAt = now;
    }
    return m_view;
}

} // namespace cf::hub
