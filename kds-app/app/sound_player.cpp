// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/sound_player.h"

#include <QAudio>
#include <QAudioDevice>
#include <QLoggingCategory>
#include <QMediaDevices>
#include <QSoundEffect>
#include <QUrl>

namespace cf::kds {

namespace {

Q_LOGGING_CATEGORY(lcSound, "counterfire.sound")

const char *fileOf(Alerts::Sound sound)
{
    switch (sound) {
    case Alerts::Lost: return "lost";
    case Alerts::Voided: return "voided";
    case Alerts::Late: return "late";
    case Alerts::Recalled: return "recalled";
    case Alerts::Changed: return "changed";
    case Alerts::New: return "new";
    }
    return "new";
}

} // namespace

SoundPlayer::SoundPlayer(Alerts &alerts, QObject *parent) : QObject(parent), m_alerts(alerts)
{
    connect(&alerts, &Alerts::sounded, this, &SoundPlayer::play);
    connect(&alerts, &Alerts::soundsChanged, this, &SoundPlayer::setVolume);
}

SoundPlayer::~SoundPlayer() = default;

// Not before there is something to hear: asking for the devices takes a moment. Again each time
// while there is none: a screen's own may be asleep.
void SoundPlayer::load()
{
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device.isNull()) {
        if (!m_isWarned)
            qCWarning(lcSound, "no sound device: the alerts are silent");
        m_isWarned = true;
        return;
    }
    for (const Alerts::Sound sound : {Alerts::Lost, Alerts::Voided, Alerts::Late, Alerts::Recalled,
                                      Alerts::Changed, Alerts::New}) {
        auto effect = std::make_unique<QSoundEffect>(device);
        effect->setSource(
            QUrl(QStringLiteral("qrc:/sounds/%1.wav").arg(QLatin1StringView(fileOf(sound)))));
        m_effects.emplace(sound, std::move(effect));
    }
    setVolume();
}

// As it is heard, not as it is reckoned.
void SoundPlayer::setVolume()
{
    const auto volume = static_cast<float>(m_alerts.sounds().volumePercent) / 100.0F;
    const auto linear = static_cast<float>(
        QAudio::convertVolume(volume, QAudio::LogarithmicVolumeScale, QAudio::LinearVolumeScale));
    for (const auto &[sound, effect] : m_effects)
        effect->setVolume(linear);
}

void SoundPlayer::play(Alerts::Sound sound)
{
    if (m_alerts.sounds().volumePercent == 0)
        return;
    if (m_effects.empty())
        load();
    if (const auto effect = m_effects.find(sound); effect != m_effects.end())
        effect->second->play();
}

} // namespace cf::kds
