// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQuickWindow>

#include <atomic>

namespace cf::kds {

// Tells when what the models showed has really been painted. Positions are taken up when the scene
// is synchronised and told once that frame is on the screen, so that a frame on its way cannot
// vouch for a later position.
class PaintWatch : public QObject
{
    Q_OBJECT
public:
    explicit PaintWatch(QQuickWindow &window);

    // The models show `position`; paints a frame even where nothing looks different.
    void shown(qint64 position);

Q_SIGNALS:
    void painted(qint64 position);

private:
    QQuickWindow &m_window;
    std::atomic<qint64> m_shown{0};
    std::atomic<qint64> m_inFrame{0}; // written and read by the render thread
    qint64 m_told = 0;
};

} // namespace cf::kds
