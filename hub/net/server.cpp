// SPDX-License-Identifier: Apache-2.0
#include "hub/net/server.h"

#include "hub/net/asio_scheduler.h"
#include "hub/net/http_connection.h"
#include "hub/net/problem.h"
#include "hub/net/router.h"
#include "hub/net/tls_context.h"

#include <boost/asio/io_context.hpp>

#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <unordered_map>

namespace cf::hub {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

// How late a time-out may be noticed.
constexpr auto tickInterval = 200ms;
// When the process is out of files: one closes soon, or none will.
constexpr auto acceptAgain = 100ms;
// Clients that are being told that there is no room.
constexpr int refusedMax = 256;
// A peer that acknowledges nothing for so long is gone, though nobody said so.
constexpr unsigned int userTimeoutMs = 30'000;

void raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

Error systemError(const QString &what, const error_code &error)
{
    return {ErrorCode::Unavailable,
            QStringLiteral("%1: %2").arg(what, QString::fromStdString(error.message()))};
}

} // namespace

class HttpServer::Impl final : public ConnectionHost
{
public:
    Impl(asio::io_context &loop, Backend &backend, ServerConfig config)
        : m_loop(loop), m_config(std::move(config)), m_scheduler(loop),
          m_pumps(m_scheduler), m_services{backend, m_config, m_scheduler, m_pumps, m_stats},
          m_authenticator(m_config.tokens, m_config.demo), m_router(m_services, m_authenticator),
          m_acceptor(loop), m_tick(m_scheduler), m_stations(m_scheduler),
          m_acceptLater(m_scheduler), m_stopTimer(m_scheduler)
    {
        // The hub notices, and the log thread mints the epoch.
        if (!backend.hub().onBehind)
            backend.hub().onBehind = [&backend](const QString &) { backend.onDisplayAhead(); };
    }
    ~Impl() override { abortAll(); }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    Result<quint16> listen();
    void stop(std::function<void()> stopped);
    [[nodiscard]] const NetStats &stats() const { return m_stats; }

    // ConnectionHost
    Services &services() override { return m_services; }
    asio::ssl::context *tls() override { return m_tls.get(); }
    [[nodiscard]] Monotonic now() const override { return m_services.backend.clock().monotonic(); }
    void handle(const ExchangePtr &exchange) override { m_router.handle(exchange); }
    void keep(const std::shared_ptr<Connection> &connection) override
    {
        m_connections.emplace(connection.get(), connection);
    }
    void release(Connection *connection) override;

private:
    Status open(const tcp::endpoint &endpoint);
    void accept();
    void onAccept(const error_code &error, tcp::socket socket);
    void admit(tcp::socket socket, const asio::ip::address &peer);
    void turnAway(tcp::socket socket, ErrorCode code, const QString &why);
    void configure(tcp::socket &socket) const;
    void startTicking();
    void watchStations();
    void abortAll();
    void maybeStopped();
    [[nodiscard]] std::vector<std::shared_ptr<Connection>> connections() const;

    asio::io_context &m_loop;
    const ServerConfig m_config;
    NetStats m_stats;
    AsioScheduler m_scheduler;
    PumpQueue m_pumps;
    Services m_services;
    Authenticator m_authenticator;
    Router m_router;
    std::shared_ptr<asio::ssl::context> m_tls;
    tcp::acceptor m_acceptor;
    std::unordered_map<Connection *, std::shared_ptr<Connection>> m_connections;
    std::map<QString, int> m_perAddress;
    std::shared_ptr<int> m_refused = std::make_shared<int>(0);
    Timer m_tick;
    Timer m_stations;
    Timer m_acceptLater;
    Timer m_stopTimer;
    std::function<void()> m_stopped;
};

Result<quint16> HttpServer::Impl::listen()
{
    raiseFileLimit();
    if (m_config.tls()) {
        auto context = makeTlsContext(m_config.tlsCertPath, m_config.tlsKeyPath);
        if (!context)
            return context.error();
        m_tls = std::move(context).value();
    }
    error_code error;
    const auto address = asio::ip::make_address(m_config.bindAddress.toStdString(), error);
    if (error)
        return Error{ErrorCode::ValidationFailed,
                     QStringLiteral("%1 is not an IP address").arg(m_config.bindAddress)};
    if (const Status opened = open(tcp::endpoint(address, m_config.port)); !opened)
        return opened.error();
    startTicking();
    watchStations();
    accept();
    return static_cast<quint16>(m_acceptor.local_endpoint(error).port());
}

Status HttpServer::Impl::open(const tcp::endpoint &endpoint)
{
    error_code error;
    m_acceptor.open(endpoint.protocol(), error);
    if (!error)
        m_acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && m_config.limits.socketBufferBytes > 0) // inherited by what is accepted
        m_acceptor.set_option(
            asio::socket_base::send_buffer_size(m_config.limits.socketBufferBytes), error);
    if (!error)
        m_acceptor.bind(endpoint, error);
    if (!error)
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return systemError(QStringLiteral("cannot listen on %1 port %2")
                               .arg(m_config.bindAddress)
                               .arg(m_config.port),
                           error);
    return ok();
}

void HttpServer::Impl::accept()
{
    m_acceptor.async_accept(
        [this, alive = std::weak_ptr<int>(m_refused)](const error_code &error, tcp::socket socket) {
            if (!alive.expired() && error != asio::error::operation_aborted)
                onAccept(error, std::move(socket));
        });
}

void HttpServer::Impl::onAccept(const error_code &error, tcp::socket socket)
{
    if (m_services.stopping)
        return;
    if (error) {
        m_acceptLater.start(acceptAgain, [this] { accept(); });
        return;
    }
    error_code peerError;
    const tcp::endpoint peer = socket.remote_endpoint(peerError);
    if (!peerError) {
        configure(socket);
        admit(std::move(socket), peer.address());
    }
    accept();
}

void HttpServer::Impl::configure(tcp::socket &socket) const
{
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.set_option(tcp::no_delay(true), ignored);
    setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &userTimeoutMs,
               sizeof userTimeoutMs);
}

void HttpServer::Impl::admit(tcp::socket socket, const asio::ip::address &peer)
{
    const bool mapped = peer.is_v6() && peer.to_v6().is_v4_mapped();
    const auto plain =
        mapped ? asio::ip::address(asio::ip::make_address_v4(asio::ip::v4_mapped, peer.to_v6()))
               : peer;
    const QString address = QString::fromStdString(plain.to_string());
    if (m_stats.connectionsOpen >= m_config.limits.connectionsMax) {
        turnAway(std::move(socket), ErrorCode::Unavailable,
                 QStringLiteral("the hub has as many connections as it may"));
        return;
    }
    int &held = m_perAddress[address];
    if (!plain.is_loopback() && held >= m_config.limits.connectionsPerAddressMax) {
        turnAway(std::move(socket), ErrorCode::TooManyRequests,
                 QStringLiteral("this address has as many connections as it may"));
        return;
    }
    ++held;
    ++m_stats.connectionsAccepted;
    ++m_stats.connectionsOpen;
    auto slot = std::make_unique<ConnectionSlot>(
        address, [this, address, alive = std::weak_ptr<int>(m_refused)] {
            if (alive.expired())
                return;
            --m_stats.connectionsOpen;
            if (const auto it = m_perAddress.find(address); --it->second == 0)
                m_perAddress.erase(it);
        });
    const auto connection =
        std::make_shared<HttpConnection>(*this, std::move(socket), std::move(slot));
    keep(connection);
    connection->start();
}

void HttpServer::Impl::turnAway(tcp::socket socket, ErrorCode code, const QString &why)
{
    ++m_stats.connectionsRefused;
    if (*m_refused >= refusedMax)
        return; // closed without a word: words cost, too
    ++*m_refused;
    auto slot = std::make_unique<ConnectionSlot>(QString(), [refused = m_refused] { --*refused; });
    const auto connection =
        std::make_shared<HttpConnection>(*this, std::move(socket), std::move(slot));
    keep(connection);
    connection->refuse(problemResponse(code, why));
}

void HttpServer::Impl::release(Connection *connection)
{
    m_connections.erase(connection);
    maybeStopped();
}

std::vector<std::shared_ptr<Connection>> HttpServer::Impl::connections() const
{
    std::vector<std::shared_ptr<Connection>> all;
    all.reserve(m_connections.size());
    for (const auto &entry : m_connections)
        all.push_back(entry.second);
    return all;
}

void HttpServer::Impl::startTicking()
{
    m_tick.start(tickInterval, [this] {
        const Monotonic at = now();
        for (const auto &connection : connections())
            connection->tick(at);
        startTicking();
    });
}

void HttpServer::Impl::watchStations()
{
    m_stations.start(limits::stationCheckEvery, [this] {
        m_services.backend.hub().tick();
        watchStations();
    });
}

void HttpServer::Impl::stop(std::function<void()> stopped)
{
    if (m_services.stopping)
        return;
    m_services.stopping = true;
    m_stopped = std::move(stopped);
    m_acceptLater.stop();
    m_stations.stop();
    error_code ignored;
    m_acceptor.close(ignored);
    for (const auto &connection : connections())
        connection->shutdown();
    m_stopTimer.start(m_config.limits.stopMax, [this] { abortAll(); });
    maybeStopped();
}

void HttpServer::Impl::abortAll()
{
    for (const auto &connection : connections())
        connection->abort();
}

// Later: it is called from within a connection.
void HttpServer::Impl::maybeStopped()
{
    if (!m_services.stopping || !m_connections.empty() || !m_stopped)
        return;
    m_stopTimer.stop();
    m_tick.stop();
    asio::post(m_loop, std::exchange(m_stopped, nullptr));
}

HttpServer::HttpServer(asio::io_context &loop, Backend &backend, ServerConfig config)
    : m_impl(std::make_unique<Impl>(loop, backend, std::move(config)))
{
}

HttpServer::~HttpServer() = default;

Result<quint16> HttpServer::listen()
{
    return m_impl->listen();
}

void HttpServer::stop(std::function<void()> stopped)
{
    m_impl->stop(std::move(stopped));
}

const NetStats &HttpServer::stats() const
{
    return m_impl->stats();
}

} // namespace cf::hub
