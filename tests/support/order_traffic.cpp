// SPDX-License-Identifier: Apache-2.0
#include "tests/support/order_traffic.h"

#include "tests/support/hub_process.h"

#include <QJsonArray>

namespace cf::test {

namespace {
constexpr auto holdBack = std::chrono::milliseconds(10); // a hub that is away is not hammered

// How far the nth order goes.
const std::vector<std::vector<QString>> lives{
    {"order_accepted", "order_started", "item_ready"},
    {"order_accepted", "order_started", "order_ready", "order_completed"},
    {"order_started", "order_ready"},
    {"order_accepted", "order_note_added", "order_cancelled"},
    {"order_started", "item_started", "items_added", "order_ready", "order_recalled"},
    {},
};

QJsonObject payloadOf(const QString &type)
{
    if (type.startsWith("item_"))
        return {{"lines", QJsonArray{"1"}}};
    if (type == "items_added")
        return {{"items", QJsonArray{QJsonObject{
                              {"line_id", "9"}, {"name", "Late dish"}, {"quantity", 1}}}}};
    if (type == "order_note_added")
        return {{"note", "no onions"}};
    return {};
}
} // namespace

void StopSignal::stop()
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
}

bool StopSignal::isStopped()
{
    const std::lock_guard<std::mutex> lock(m_mutex);
    return m_stopped;
}

bool StopSignal::isStoppedWithin(std::chrono::milliseconds limit)
{
    std::unique_lock<std::mutex> lock(m_mutex);
    return m_changed.wait_for(lock, limit, [this] { return m_stopped; });
}

bool OrderTraffic::append(int events)
{
    m_wanted = m_events + events;
    while (m_events < m_wanted) {
        if (!playOrder())
            return false;
    }
    return true;
}

bool OrderTraffic::run(StopSignal &stop)
{
    m_stop = &stop;
    m_wanted = -1;
    while (!stop.isStopped() && playOrder()) { }
    return m_refusal.isEmpty();
}

bool OrderTraffic::playOrder()
{
    const std::vector<QString> &life = lives[static_cast<size_t>(m_orders) % lives.size()];
    const QString orderId = place();
    if (orderId.isEmpty())
        return false;
    for (const QString &type : life) {
        if (m_wanted >= 0 && m_events >= m_wanted)
            return true;
        if (!move(orderId, type, payloadOf(type)))
            return false;
    }
    return true;
}

QString OrderTraffic::place()
{
    const QString number = QStringLiteral("%1-%2").arg(m_name).arg(++m_orders);
    const HttpReply reply =
        insist("/v1/orders", orderBody(number), {{"Idempotency-Key", number.toUtf8()}});
    const QString orderId = reply.json().value("order_id").toString();
    return acknowledge(orderId, reply) ? orderId : QString();
}

bool OrderTraffic::move(const QString &orderId, const QString &type, const QJsonObject &payload)
{
    const QString command = QStringLiteral("%1-c%2").arg(m_name).arg(++m_commands);
    const QJsonObject body{{"type", type}, {"payload", payload}, {"command_id", command}};
    return acknowledge(orderId, insist("/v1/orders/" + orderId.toUtf8() + "/events", body, {}));
}

HttpReply OrderTraffic::insist(const QByteArray &target, const QJsonObject &body,
                               const HttpHeaders &headers)
{
    while (m_stop == nullptr || !m_stop->isStopped()) {
        HttpReply reply = m_http.post(target, body, headers);
        const bool isAnswered = reply.status != 0 && reply.status < 500;
        if (isAnswered || m_stop == nullptr)
            return reply;
        if (m_stop->isStoppedWithin(holdBack))
            break;
    }
    return {};
}

bool OrderTraffic::acknowledge(const QString &orderId, const HttpReply &reply)
{
    if (reply.status != 200 && reply.status != 201) {
        if (m_stop == nullptr || reply.status != 0)
            m_refusal = reply.brief();
        return false;
    }
    const int seq = reply.json().value("seq").toInt();
    int &known = m_acknowledged[orderId];
    m_events += seq - known;
    known = seq;
    return true;
}

TrafficThreads::TrafficThreads(quint16 port, int count)
{
    for (int i = 0; i < count; ++i) {
        // A socket belongs to the thread that makes it.
        m_traffic.emplace_back();
        m_threads.emplace_back();
    }
    std::atomic<int> ready{0};
    for (size_t i = 0; i < m_threads.size(); ++i) {
        m_threads[i] = std::thread([this, port, i, &ready] {
            m_traffic[i] = std::make_unique<OrderTraffic>(port, QStringLiteral("t%1").arg(i));
            ++ready;
            m_traffic[i]->run(m_stop);
            m_traffic[i]->disconnect();
        });
    }
    while (ready < count)
        std::this_thread::yield();
}

TrafficThreads::~TrafficThreads()
{
    stop();
}

void TrafficThreads::stop()
{
    m_stop.stop();
    for (std::thread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
}

int TrafficThreads::acknowledgedEvents() const
{
    int events = 0;
    for (const auto &traffic : m_traffic)
        events += traffic->acknowledgedEvents();
    return events;
}

std::map<QString, int> TrafficThreads::acknowledged() const
{
    std::map<QString, int> all;
    for (const auto &traffic : m_traffic)
        all.insert(traffic->acknowledged().begin(), traffic->acknowledged().end());
    return all;
}

QByteArray TrafficThreads::refusal() const
{
    for (const auto &traffic : m_traffic) {
        if (!traffic->refusal().isEmpty())
            return traffic->refusal();
    }
    return {};
}

} // namespace cf::test
