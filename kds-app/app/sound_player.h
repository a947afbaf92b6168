// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/alerts.h"

#include <map>
#include <memory>

class QSoundEffect;

namespace cf::kds {

// Makes heard what Alerts says. Without a sound device it is silent, and says so once in the log.
class SoundPlayer : public QObject
{
    Q_OBJECT
public:
    explicit SoundPlayer(Alerts &alerts, QObject *parent = nullptr);
    ~SoundPlayer() override;

private:
    void load();
    void setVolume();
    void play(Alerts::Sound sound);

    Alerts &m_alerts;
    std::map<Alerts::Sound, std::unique_ptr<QSoundEffect>> m_effects;
    bool m_isWarned = false;
};

} // namespace cf::kds
