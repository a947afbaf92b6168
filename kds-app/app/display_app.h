// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/app/control.h"
#include "kds-app/app/keys_file.h"
#include "kds-app/app/language.h"
#include "kds-app/app/options.h"
#include "kds-app/app/paint_watch.h"
#include "kds-app/app/quit_signals.h"
#include "kds-app/app/screenshots.h"
#include "kds-app/app/sound_player.h"
#include "kds-app/app/status_file.h"
#include "kds-app/sync/hub_client.h"

#include <QQmlApplicationEngine>

namespace cf::kds {

// The display, put together: file and link, models, window. Members are in the order in which they
// may be taken apart, the last first.
class DisplayApp : public QObject
{
    Q_OBJECT
public:
    explicit DisplayApp(Options options);
    ~DisplayApp() override;

    // Shows the board from this display's own file and begins to look for the hub.
    Status start();

private:
    Status openWindow();
    void watch(QQuickWindow &window);

    Options m_options;
    SystemClock m_clock;
    SystemRandom m_random;
    HubClient m_client;
    KitchenBinding m_binding;
    KdsController m_controller;
    KeysFile m_keys;
    Language m_language;
    QuitSignals m_signals;
    std::unique_ptr<StatusFile> m_status;
    std::unique_ptr<Control> m_control;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    std::unique_ptr<PaintWatch> m_paint;
    std::unique_ptr<SoundPlayer> m_sounds;
    std::unique_ptr<Screenshots> m_screenshots;
};

} // namespace cf::kds
