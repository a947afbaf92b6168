// SPDX-License-Identifier: Apache-2.0
#include "hub/app/application.h"

#include "hub/app/caretaker.h"
#include "hub/app/pipeline.h"
#include "hub/app/print_feed.h"
#include "hub/app/service_notify.h"
#include "hub/app/storage.h"
#include "hub/app/token_file.h"
#include "hub/net/server.h"
#include "hub/reports/parquet.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace cf::hub {

namespace asio = boost::asio;

namespace {

// Gaps, timelines and reports are read while the board goes on; two keep one long report from
// standing in every display's way.
constexpr int readerThreads = 2;

std::vector<AccessToken> accessTokens(const TokenSet &tokens)
{
    return {{Role::Kitchen, QStringLiteral("kitchen"), tokens.kitchen},
            {Role::Manager, QStringLiteral("manager"), tokens.manager},
            {Role::Integration, QStringLiteral("integration"), tokens.integration}};
}

// Of another program that is installed with this one.
QString besideProgram(QLatin1StringView name)
{
    const QFileInfo self(QFile::symLinkTarget(QStringLiteral("/proc/self/exe")));
    return self.dir().filePath(name);
}

Status writePortFile(const QString &path, quint16 port)
{
    if (path.isEmpty())
        return ok();
    QSaveFile file(path);
    const QByteArray text = QByteArray::number(port) + '\n';
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return ok();
    return Error{ErrorCode::Internal,
                 QStringLiteral("cannot write %1: %2").arg(path, file.errorString())};
}

} // namespace

class Application::Impl
{
public:
    explicit Impl(Config config)
        : m_config(std::move(config)), m_log(m_config.logLevel, &m_ring),
          m_work(asio::make_work_guard(m_loop)), m_signals(m_loop, SIGINT, SIGTERM)
    {
    }

    Status start();
    int exec();

private:
    Result<ServerConfig> serverConfig();
    Status startPipeline();
    void startPrinting(std::unique_ptr<EventReader> reader);
    Status listen(ServerConfig config);
    void announce(quint16 port);
    void watchSignals();
    void stop(int signal);

    Config m_config;
    LogRing m_ring;
    LogWriter m_log;
    SystemClock m_clock;
    SystemRandom m_random;
    asio::io_context m_loop;
    asio::executor_work_guard<asio::io_context::executor_type> m_work;
    asio::signal_set m_signals;
    bool m_stopping = false;
    // The server uses the pipeline and the caretaker: made after them, gone before them.
    std::unique_ptr<Pipeline> m_pipeline;
    std::unique_ptr<Caretaker> m_caretaker;
    std::unique_ptr<PrintService> m_printing;
    std::unique_ptr<PrintFeed> m_printFeed;
    std::unique_ptr<HttpServer> m_server;
};

Result<ServerConfig> Application::Impl::serverConfig()
{
    ServerConfig server;
    server.bindAddress = m_config.address;
    server.port = m_config.port;
    server.demo = m_config.demo;
    server.tlsCertPath = m_config.tlsCert;
    server.tlsKeyPath = m_config.tlsKey;
    if (m_config.logLevel == LogLevel::Debug) {
        server.accessLog = [this](const AccessLine &line) {
            m_log.debug("request", {{"address", line.address},
                                    {"method", QString::fromLatin1(line.method)},
                                    {"path", QString::fromUtf8(line.path)},
                                    {"status", QString::number(line.status)},
                                    {"bytes", QString::number(line.bytes)},
                                    {"ms", QString::number(line.took.count())}});
        };
    }
    if (m_config.demo) {
        m_log.warning("demo", {{"note", QStringLiteral("nobody is asked for a token")}});
        return server;
    }
    const Result<TokenFile> tokens = loadOrCreateTokens(m_config.dataDir, m_random);
    if (!tokens)
        return tokens.error();
    m_log.info(tokens->created ? "tokens_made" : "tokens_read", {{"path", tokens->path}});
    server.tokens = accessTokens(tokens->tokens);
    return server;
}

Status Application::Impl::startPipeline()
{
    Result<Storage> storage =
        openStorage(m_config.dataDir, m_config.restaurantId, readerThreads + 1, m_clock, m_random);
    if (!storage)
        return storage.error();
    const QString path = storage->path;
    const LogHead head = storage->log->head();
    m_log.info("log_opened", {{"path", storage->path},
                              {"restaurant", storage->log->restaurantId()},
                              {"epoch", QString::fromLatin1(head.epoch)},
                              {"pos", QString::number(head.pos)}});
    std::unique_ptr<EventReader> printing = std::move(storage->readers.back());
    storage->readers.pop_back();
    PipelineParts parts;
    parts.log = std::move(storage->log);
    parts.readers = std::move(storage->readers);
    parts.clock = &m_clock;
    parts.random = &m_random;
    parts.logWriter = &m_log;
    parts.post = [this](std::function<void()> work) { asio::post(m_loop, std::move(work)); };
    parts.ledger = std::make_unique<LedgerKeeper>(LedgerKeeperParts{
        storage->path, ledgerPath(m_config.dataDir), besideProgram(parquetToolName),
        [this](const char *event, const QString &why) {
            m_log.warning(event, {{"why", why}});
        }});
    parts.logBytes = [path = storage->path] { return storedBytes(path); };
    m_pipeline = std::make_unique<Pipeline>(std::move(parts));
    if (const Status started = m_pipeline->start(); !started)
        return started;
    startPrinting(std::move(printing));
    m_caretaker = std::make_unique<Caretaker>(CaretakerParts{path, &m_clock, &m_log, &m_ring});
    return m_caretaker->start();
}

void Application::Impl::startPrinting(std::unique_ptr<EventReader> reader)
{
    PrintParts parts;
    parts.path = QDir(m_config.dataDir).filePath(QStringLiteral("printers.db"));
    parts.reader = std::move(reader);
    parts.clock = &m_clock;
    parts.post = [this](std::function<void()> work) { asio::post(m_loop, std::move(work)); };
    parts.notice = [this](const PrintNotice &notice) {
        if (notice.isWarning)
            m_log.warning(notice.event, {{"printer", notice.printer}, {"detail", notice.detail}});
        else
            m_log.info(notice.event, {{"printer", notice.printer}, {"detail", notice.detail}});
    };
    m_printing = std::make_unique<PrintService>(std::move(parts));
    m_pipeline->setPrintDesk(m_printing.get());
    m_printFeed = std::make_unique<PrintFeed>(m_pipeline->hub(), *m_printing, m_log);
}

Status Application::Impl::listen(ServerConfig config)
{
    config.health = m_caretaker.get();
    m_server = std::make_unique<HttpServer>(m_loop, *m_pipeline, std::move(config));
    const Result<quint16> port = m_server->listen();
    if (!port)
        return port.error();
    if (const Status written = writePortFile(m_config.portFile, *port); !written)
        return written;
    announce(*port);
    return ok();
}

void Application::Impl::announce(quint16 port)
{
    const QString url = (m_config.tls() ? QStringLiteral("https://") : QStringLiteral("http://"))
                        + authorityText(m_config.address, port);
    std::printf("listening on %s\n", url.toLatin1().constData());
    std::fflush(stdout);
    m_log.info("listening", {{"url", url},
                             {"version", QStringLiteral(CF_VERSION)},
                             {"open_orders", QString::number(m_pipeline->hub().board().count())}});
    if (!m_config.tls() && !isLoopbackAddress(m_config.address)) {
        m_log.warning("plain_http", {{"note", QStringLiteral("tokens travel unencrypted: "
                                                             "see --tls-cert")}});
    }
    notifyService(qgetenv("NOTIFY_SOCKET"), "READY=1");
}

Status Application::Impl::start()
{
    if (const Status prepared = prepareDataDir(m_config.dataDir); !prepared)
        return prepared;
    Result<ServerConfig> server = serverConfig();
    if (!server)
        return server.error();
    if (const Status started = startPipeline(); !started)
        return started;
    watchSignals();
    return listen(std::move(server).value());
}

void Application::Impl::watchSignals()
{
    m_signals.async_wait([this](const boost::system::error_code &error, int signal) {
        if (error)
            return;
        if (m_stopping)
            std::_Exit(128 + signal);
        watchSignals();
        stop(signal);
    });
}

// Server first: it answers what was asked already, which the pipeline must still commit.
void Application::Impl::stop(int signal)
{
    m_stopping = true;
    m_log.info("stopping", {{"signal", QString::number(signal)}});
    notifyService(qgetenv("NOTIFY_SOCKET"), "STOPPING=1");
    m_server->stop([this] {
        // The last connection that closes the log is the writer's: it tidies up.
        m_caretaker->stop();
        m_pipeline->stop([this] {
            m_signals.cancel();
            m_work.reset();
        });
    });
}

int Application::Impl::exec()
{
    m_loop.run();
    m_printing->stop();
    m_log.info("stopped", {{"pos", QString::number(m_pipeline->hub().head().pos)}});
    return EXIT_SUCCESS;
}

Application::Application(Config config) : m_impl(std::make_unique<Impl>(std::move(config))) { }

Application::~Application() = default;

Status Application::start()
{
    return m_impl->start();
}

int Application::exec()
{
    return m_impl->exec();
}

} // namespace cf::hub
