// SPDX-License-Identifier: Apache-2.0
#include "hub/order/order_service.h"

#include "hub/order/answers.h"
#include "hub/order/batch.h"
#include "shared/base/limits.h"
#include "shared/base/mutant.h"

#include <algorithm>

namespace cf::hub {

namespace {

bool isAnyUnread(const std::vector<Answer> &answers)
{
    return std::any_of(answers.begin(), answers.end(), [](const Answer &answer) {
        return answer.error.code == ErrorCode::StorageFailed;
    });
}

} // namespace

OrderService::OrderService(EventLog &log, const Clock &clock, Random &random)
    : m_log(log), m_clock(clock), m_random(random)
{
}

Result<HubImage> OrderService::load()
{
    m_lost = true;
    HubImage image;
    image.head = m_log.head();
    image.restaurantId = m_log.restaurantId();
    Result<std::vector<OrderState>> open = m_log.openOrders();
    if (!open)
        return open.error();
    Result<std::vector<OrderState>> recent = m_log.recentlyClosed(limits::recentOrdersMax);
    if (!recent)
        return recent.error();
    Result<std::optional<DayNumber>> dayNumber = m_log.dayNumber();
    if (!dayNumber)
        return dayNumber.error();
    Result<Documents> settings = m_log.settings();
    if (!settings)
        return settings.error();
    image.settings = std::move(*settings);
    image.open = std::move(*open);
    image.recent = std::move(*recent);
    m_dayNumber = std::move(*dayNumber);
    m_settings = image.settings;
    m_open.clear();
    m_openNumbers.clear();
    for (const OrderState &order : image.open)
        setOpen(order);
    m_lost = false;
    return image;
}

BatchResult OrderService::handle(std::vector<Request> requests)
{
    BatchResult result;
    if (m_lost) {
        result.answers.assign(requests.size(), storageRefusal());
        result.storageFailed = true;
        return result;
    }
    const auto restaurant = m_settings.find(QByteArrayLiteral("restaurant"));
    Batch batch(m_log, m_open, m_clock, m_random, m_dayNumber,
                restaurant != m_settings.end() ? restaurant->second.rev : 0);
    std::vector<size_t> dependent;
    for (Request &request : requests) {
        batch.begin();
        result.answers.push_back(answer(batch, std::move(request)));
        if (batch.depends())
            dependent.push_back(result.answers.size() - 1);
    }
    commit(batch, result);
    if (result.storageFailed && !isPlanted(Mutant::ToldBeforeCommit)) {
        for (const size_t i : dependent)
            result.answers.at(i) = storageRefusal();
    }
    return result;
}

Answer OrderService::answer(Batch &batch, Request request)
{
    const Actor &actor = request.actor;
    if (auto *order = std::get_if<PlaceOrder>(&request.what))
        return place(batch, std::move(*order), actor);
    if (const auto *event = std::get_if<AppendEvent>(&request.what))
        return append(batch, *event, actor);
    if (const auto *command = std::get_if<DisplayCommand>(&request.what))
        return display(batch, *command, actor);
    if (const auto *settings = std::get_if<ChangeSettings>(&request.what))
        return changeSettings(batch, *settings, actor);
    return renew(batch, std::get<RenewEpoch>(request.what));
}

// Outside the batch's transaction: an epoch says nothing about the events, and one renewal serves
// all who ask in the same batch.
Answer OrderService::renew(Batch &batch, const RenewEpoch &request)
{
    if (batch.renewalFailed)
        return storageRefusal();
    if (!batch.epochRenewed && !isPlanted(Mutant::EpochNotRenewed)) {
        const Status renewed = m_log.renewEpoch(randomHex(16, m_random), request.why);
        batch.epochRenewed = renewed.has_value();
        batch.renewalFailed = !renewed;
    }
    if (batch.renewalFailed)
        return storageRefusal();
    Answer answer;
    answer.outcome = Outcome::Applied;
    return answer;
}

void OrderService::commit(Batch &batch, BatchResult &result)
{
    result.committed.epochRenewed = batch.epochRenewed;
    const LogBatch transaction = batch.transaction();
    // A log that cannot be read is not trusted with a write either: without this, one that failed
    // between two commits would refuse every keyed command and never be opened again.
    bool failed = batch.renewalFailed || isAnyUnread(result.answers);
    if (!failed && !transaction.isEmpty())
        failed = !m_log.commit(transaction);
    result.committed.head = m_log.head();
    if (failed && !isPlanted(Mutant::FailedCommitTrusted)) {
        result.storageFailed = true;
        m_lost = true;
        return;
    }
    keep(batch);
    result.committed.events = batch.takeEvents();
    for (const auto &[name, record] : batch.staged)
        result.committed.settings.push_back(record);
}

void OrderService::keep(const Batch &batch)
{
    batch.forEachChanged([this](const OrderState &order) { setOpen(order); });
    m_dayNumber = batch.dayNumber;
    for (const auto &[name, record] : batch.staged)
        m_settings.insert_or_assign(name, record);
}

void OrderService::setOpen(const OrderState &order)
{
    if (const auto it = m_open.constFind(order.id); it != m_open.constEnd()) {
        const auto number = m_openNumbers.find(it->number);
        if (number != m_openNumbers.end() && --*number == 0)
            m_openNumbers.erase(number);
        if (!isOpen(order.status)) {
            m_open.erase(it);
            return;
        }
    }
    if (isOpen(order.status)) {
        m_open.insert(order.id, order);
        ++m_openNumbers[order.number];
    }
}

} // namespace cf::hub
