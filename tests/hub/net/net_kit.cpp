// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/net_kit.h"

#include "hub/reports/ledger.h"
#include "hub/reports/sqlite_ledger_reader.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <QJsonArray>

namespace cf::test {

using namespace hub;
namespace asio = boost::asio;

namespace {

class LoopBackend final : public Backend
{
public:
    LoopBackend(asio::io_context &loop, const Clock &clock)
        : m_loop(loop), m_clock(clock), m_service(log, clock, m_random), m_hub(clock)
    {
        recover();
    }

    OrderHub &hub() override { return m_hub; }
    [[nodiscard]] const Clock &clock() const override { return m_clock; }
    [[nodiscard]] bool isReady() const override { return ready; }
    bool submit(Request request, std::function<void(Answer)> done) override
    {
        if (full)
            return false;
        auto job = [this, request = std::move(request), done = std::move(done)] {
            BatchResult result = m_service.handle({request});
            if (result.storageFailed)
                recover();
            if (!result.committed.isEmpty())
                m_hub.publish(result.committed);
            done(result.answers.at(0));
        };
        if (isHeld)
            held.emplace_back(std::move(job));
        else
            asio::post(m_loop, std::move(job));
        return true;
    }
    bool read(std::function<void(EventReader &)> job, std::function<void()> done) override
    {
        if (full)
            return false;
        asio::post(m_loop, [this, job = std::move(job), done = std::move(done)] {
            job(log);
            asio::post(m_loop, done);
        });
        return true;
    }
    bool askLedger(std::function<void(LedgerReader &)> job, std::function<void()> done) override
    {
        if (full)
            return false;
        asio::post(m_loop, [this, job = std::move(job), done = std::move(done)] {
            for (;;) {
                const Result<int> taken = m_ledger->follow(log, log.head().pos);
                if (!taken)
                    qFatal("the test's ledger fails: %s", qPrintable(taken.error().detail));
                if (*taken == 0)
                    break;
            }
            SqliteLedgerReader reader(m_ledger->database());
            job(reader);
            asio::post(m_loop, done);
        });
        return true;
    }
    [[nodiscard]] PipelineStats pipelineStats() const override
    {
        PipelineStats stats;
        stats.commits = log.commits();
        stats.commitMs = {1, 2, 3};
        return stats;
    }
    void onDisplayAhead() override
    {
        submit({RenewEpoch{QStringLiteral("a display is ahead")}, {}}, [](const Answer &) {});
    }

    MemoryEventLog log;
    bool full = false;
    bool isHeld = false;
    std::vector<std::function<void()>> held;
    bool ready = true;

private:
    void recover()
    {
        if (!log.reopen())
            qFatal("the test's log does not open");
        Result<HubImage> image = m_service.load();
        if (!image)
            qFatal("the test's log does not load");
        m_hub.start(std::move(image).value());
    }

    asio::io_context &m_loop;
    const Clock &m_clock;
    SystemRandom m_random;
    OrderService m_service;
    OrderHub m_hub;
    std::unique_ptr<Ledger> m_ledger = Ledger::open(QString()).value();
};

} // namespace

class NetKit::Impl
{
public:
    explicit Impl(ServerConfig config) : server(loop, backend, std::move(config)) { }

    ShiftedClock clock;
    asio::io_context loop;
    LoopBackend backend{loop, clock};
    HttpServer server;
    asio::executor_work_guard<asio::io_context::executor_type> work{loop.get_executor()};
    std::thread thread;
};

NetKit::NetKit(ServerConfig config) : m_impl(std::make_unique<Impl>(std::move(config)))
{
    const Result<quint16> port = m_impl->server.listen();
    if (!port)
        qFatal("the test's server does not listen: %s", qPrintable(port.error().detail));
    m_port = *port;
    m_impl->thread = std::thread([this] { m_impl->loop.run(); });
}

NetKit::~NetKit()
{
    m_impl->loop.stop();
    m_impl->thread.join();
}

ServerConfig NetKit::demo()
{
    ServerConfig config;
    config.demo = true;
    return config;
}

ServerConfig NetKit::guarded()
{
    ServerConfig config;
    config.tokens = {{Role::Kitchen, QStringLiteral("kitchen"), "kitchen-token"},
                     {Role::Manager, QStringLiteral("manager"), "manager-token"},
                     {Role::Integration, QStringLiteral("till"), "integration-token"}};
    return config;
}

QString NetKit::whyNotListening(const ServerConfig &config)
{
    Impl impl(config);
    const Result<quint16> port = impl.server.listen();
    return port ? QString() : port.error().detail;
}

void NetKit::onLoop(const std::function<void()> &job)
{
    const auto done = std::make_shared<std::promise<void>>();
    asio::post(m_impl->loop, [&job, done] {
        job();
        done->set_value();
    });
    done->get_future().wait();
}

NetStats NetKit::stats()
{
    return ask<NetStats>([this] { return m_impl->server.stats(); });
}

qint64 NetKit::headPos()
{
    return ask<qint64>([this] { return m_impl->backend.hub().head().pos; });
}

QByteArray NetKit::epoch()
{
    return ask<QByteArray>([this] { return m_impl->backend.hub().head().epoch; });
}

void NetKit::setFull(bool full)
{
    onLoop([this, full] { m_impl->backend.full = full; });
}

void NetKit::hold()
{
    onLoop([this] { m_impl->backend.isHeld = true; });
}

int NetKit::heldCount()
{
    return ask<int>([this] { return static_cast<int>(m_impl->backend.held.size()); });
}

void NetKit::release()
{
    onLoop([this] {
        m_impl->backend.isHeld = false;
        for (const auto &job : std::exchange(m_impl->backend.held, {}))
            job();
    });
}

void NetKit::setReady(bool ready)
{
    onLoop([this, ready] { m_impl->backend.ready = ready; });
}

void NetKit::failNextCommit()
{
    onLoop([this] { m_impl->backend.log.failNextCommit(MemoryEventLog::CommitFailure::Lost); });
}

void NetKit::failRenewals()
{
    onLoop([this] { m_impl->backend.log.failRenewals(true); });
}

void NetKit::advance(std::chrono::milliseconds by)
{
    m_impl->clock.advance(by);
}

std::future<void> NetKit::stop()
{
    auto stopped = std::make_shared<std::promise<void>>();
    std::future<void> future = stopped->get_future();
    onLoop([this, stopped] { m_impl->server.stop([stopped] { stopped->set_value(); }); });
    return future;
}

QJsonObject orderBody(const QString &number, int lines)
{
    QJsonArray items;
    for (int i = 1; i <= lines; ++i)
        items.append(QJsonObject{{"line_id", QString::number(i)},
                                 {"name", QStringLiteral("Dish %1").arg(i)},
                                 {"quantity", i},
                                 {"unit_price", 950}});
    return {{"number", number},
            {"items", items},
            {"customer", QJsonObject{{"name", "Ana Secret"}, {"phone", "600 123"}}},
            {"payment", QJsonObject{{"method", "card"}, {"reference", "pi_1"}}}};
}

} // namespace cf::test
