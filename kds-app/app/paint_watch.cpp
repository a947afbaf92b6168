// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/paint_watch.h"

namespace cf::kds {

PaintWatch::PaintWatch(QQuickWindow &window) : m_window(window)
{
    connect(
        &window, &QQuickWindow::beforeSynchronizing, this, [this] { m_inFrame = m_shown.load(); },
        Qt::DirectConnection);
    connect(
        &window, &QQuickWindow::frameSwapped, this,
        [this] {
            const qint64 position = m_inFrame;
            QMetaObject::invokeMethod(
                this,
                [this, position] {
                    if (position == m_told)
                        return;
                    m_told = position;
                    Q_EMIT painted(position);
                },
                Qt::QueuedConnection);
        },
        Qt::DirectConnection);
}

void PaintWatch::shown(qint64 position)
{
    m_shown = position;
    m_told = -1; // another log may stand at the same position
    m_window.update();
}

} // namespace cf::kds
