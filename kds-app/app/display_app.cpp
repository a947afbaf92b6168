// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/display_app.h"

#include "kds-app/app/stay_awake.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <unistd.h>

namespace cf::kds {

namespace {

HubClientOptions clientOptions(const Options &options)
{
    // Guests' names are nobody else's business. Where it cannot be made the
    // display runs from memory and says so.
    if (!QDir(options.dataDir).exists() && QDir().mkpath(options.dataDir))
        QFile::setPermissions(options.dataDir,
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    HubClientOptions client;
    client.cacheFile = QDir(options.dataDir).filePath(QStringLiteral("display.sqlite"));
    client.displayName = options.name;
    return client;
}

} // namespace

DisplayApp::DisplayApp(Options options)
    : m_options(std::move(options)), m_client(clientOptions(m_options), m_clock, m_random),
      m_binding(m_client), m_controller(m_options.name, m_binding, m_clock),
      m_keys(QDir(m_options.dataDir).filePath(QStringLiteral("keys.json")),
             *m_controller.bumpBar()),
      m_language(*m_controller.look())
{
    m_controller.setRestaurantName(m_options.restaurant);
    connect(&m_language, &Language::changed, this, [this] {
        if (m_engine)
            m_engine->retranslate();
        m_controller.link()->sayAgain();
    });
    connect(&m_signals, &QuitSignals::quitAsked, this, &QCoreApplication::quit);
}

DisplayApp::~DisplayApp()
{
    m_client.stop();
}

Status DisplayApp::start()
{
    if (!m_client.startReport().isEmpty())
        qWarning("%s", qUtf8Printable(m_client.startReport()));
    m_binding.bind(m_controller);
    if (m_options.headless) {
        connect(&m_binding, &KitchenBinding::shown, this,
                [this](qint64 position) { m_client.notePainted(position); });
    } else if (const Status opened = openWindow(); !opened) {
        return opened;
    }
    if (!m_options.statusPath.isEmpty()) {
        m_status = std::make_unique<StatusFile>(m_options.statusPath, m_client, [this] {
            const SessionCounts &counts = m_client.counts();
            return StatusFacts{counts.snapshots, counts.resumes, counts.frames,
                               m_controller.tickets()->count(), m_controller.alarmTitle()};
        });
        m_status->write();
    }
    if (m_options.control) {
        m_control = std::make_unique<Control>(STDIN_FILENO, m_client, m_controller);
        connect(m_control.get(), &Control::quitAsked, this, &QCoreApplication::quit);
    }
    m_client.start(m_options.hub, QString::fromLatin1(m_options.token));
    return ok();
}

Status DisplayApp::openWindow()
{
    m_engine = std::make_unique<QQmlApplicationEngine>();
    m_engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_engine->setInitialProperties(
        {{QStringLiteral("controller"), QVariant::fromValue(&m_controller)},
         {QStringLiteral("width"), m_options.size.width()},
         {QStringLiteral("height"), m_options.size.height()}});
    m_engine->load(QUrl(QStringLiteral("qrc:/qt/qml/CounterFire/Ui/Main.qml")));
    auto *window = qobject_cast<QQuickWindow *>(m_engine->rootObjects().value(0));
    if (!window)
        return Error{ErrorCode::Internal, QStringLiteral("the page could not be loaded")};
    watch(*window);
    if (m_options.fullscreen)
        window->showFullScreen();
    else
        window->show();
    m_sounds = std::make_unique<SoundPlayer>(*m_controller.alerts());
    stayAwake();
    return ok();
}

void DisplayApp::watch(QQuickWindow &window)
{
    m_paint = std::make_unique<PaintWatch>(window);
    connect(&m_binding, &KitchenBinding::shown, m_paint.get(), &PaintWatch::shown);
    connect(m_paint.get(), &PaintWatch::painted, this,
            [this](qint64 position) { m_client.notePainted(position); });
    m_paint->shown(m_binding.shownPosition());
    if (!m_options.screenshotPath.isEmpty()) {
        m_screenshots = std::make_unique<Screenshots>(window, m_options.screenshotPath,
                                                      m_options.screenshotEvery);
    }
}

} // namespace cf::kds
