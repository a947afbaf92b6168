// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz_hub.h"

#include "shared/order/payload.h"
#include "shared/protocol/canonical_json.h"
#include "shared/protocol/json_codec.h"
#include "tests/fuzz/fuzz.h"

namespace cf::fuzz {

using namespace cf::hub;

namespace {

constexpr int jobsMax = 100'000;

ServerConfig configOf(bool isGuarded)
{
    ServerConfig config;
    config.demo = !isGuarded;
    if (isGuarded) {
        config.tokens = {{Role::Kitchen, QStringLiteral("kitchen"), "kitchen-token"},
                         {Role::Manager, QStringLiteral("manager"), "manager-token"},
                         {Role::Integration, QStringLiteral("till"), "integration-token"}};
    }
    return config;
}

} // namespace

FuzzHub::FuzzHub(bool isGuarded)
    : m_service(m_log, m_clock, m_random), m_hub(m_clock),
      m_config(configOf(isGuarded)), m_services{*this, m_config, *this, m_pumps, m_stats}
{
    Result<HubImage> image = m_service.load();
    CF_DEMAND(image.has_value());
    m_hub.start(std::move(image).value());
    m_hub.onBehind = [this](const QString &) { onDisplayAhead(); };
    m_display.load({}, Cursor{m_log.head().epoch, 0, chainPrefix(ChainHash{})});
    firstOrder();
}

FuzzHub::~FuzzHub() = default;

void FuzzHub::firstOrder()
{
    PlaceOrder place;
    for (int i = 1; i <= 2; ++i) {
        Item &item = place.request.order.lines.emplace_back().item;
        item.lineId = QString::number(i);
        item.name = QStringLiteral("Dish");
    }
    place.request.payment = Payment();
    submit({std::move(place), {}}, [this](const Answer &answer) {
        const QJsonObject body = *parseJsonObject(answer.body);
        m_orderId = body.value(QStringLiteral("order_id")).toString().toLatin1();
        m_trackerToken = body.value(QStringLiteral("tracker_token")).toString().toLatin1();
    });
    run();
    CF_DEMAND(!m_orderId.isEmpty());
}

bool FuzzHub::submit(Request request, std::function<void(Answer)> done)
{
    m_jobs.push_back([this, request = std::move(request), done = std::move(done)] {
        const BatchResult result = m_service.handle({request});
        CF_DEMAND(!result.storageFailed && result.answers.size() == 1);
        if (!result.committed.isEmpty())
            m_hub.publish(result.committed);
        done(result.answers.front());
    });
    return true;
}

bool FuzzHub::read(std::function<void(EventReader &)> job, std::function<void()> done)
{
    m_jobs.push_back([this, job = std::move(job), done = std::move(done)] {
        job(m_log);
        done();
    });
    return true;
}

void FuzzHub::onDisplayAhead()
{
    submit({RenewEpoch{QStringLiteral("a display is ahead")}, {}}, [](const Answer &) {});
}

quint64 FuzzHub::after(std::chrono::milliseconds time, std::function<void()> callback)
{
    m_timers.emplace(++m_lastTimer, Due{m_clock.monotonic() + time, std::move(callback)});
    return m_lastTimer;
}

void FuzzHub::run(std::chrono::milliseconds by)
{
    m_clock.advance(by);
    int count = 0;
    for (;;) {
        while (!m_jobs.empty()) {
            CF_DEMAND(++count < jobsMax);
            const std::function<void()> job = std::move(m_jobs.front());
            m_jobs.pop_front();
            job();
        }
        const auto due = std::find_if(m_timers.begin(), m_timers.end(), [this](const auto &timer) {
            return timer.second.at <= m_clock.monotonic();
        });
        if (due == m_timers.end())
            return;
        const std::function<void()> callback = std::move(due->second.callback);
        m_timers.erase(due);
        callback();
    }
}

void FuzzHub::demandSound()
{
    CF_DEMAND(m_log.violations().isEmpty());
    CF_DEMAND(m_hub.stats().boardHoles == 0);
    const std::vector<LoggedEvent> &all = m_log.all();
    const qint64 from = m_display.position();
    const auto tail = m_hub.tailAfter(from, limits::frameEventsMax, limits::tailBytesMax);
    std::vector<QByteArray> encoded;
    for (const TailEvent *event : tail) {
        encoded.push_back(event->encoded);
        const OrderEvent &logged = all.at(static_cast<size_t>(event->pos - 1)).event;
        const QByteArray stored = canonicalBytes(logged);
        const Result<QJsonObject> json = parseJsonObject(stored);
        CF_DEMAND(json.has_value());
        const Result<OrderEvent> again = eventFromJson(*json);
        CF_DEMAND(again.has_value());
        CF_DEMAND(canonicalBytes(*again) == stored);
    }
    if (tail.empty())
        return;
    const qint64 to = tail.back()->pos;
    const Result<FromHub> read =
        decodeFromHub(encodeEventsFrame(1, from, to, tail.back()->h, encoded));
    CF_DEMAND(read.has_value());
    CF_DEMAND(m_display.applyEvents(std::get<Events>(*read)) == kds::EventsOutcome::Applied);
    if (to == m_hub.head().pos)
        CF_DEMAND(m_display.compare(to, m_hub.board().count(), m_hub.digest())
                  == kds::DigestOutcome::Equal);
}

} // namespace cf::fuzz
