// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQuickWindow>
#include <QTimer>

#include <chrono>

namespace cf::kds {

// Keeps a picture of the window in a file, replaced whole every so often.
class Screenshots : public QObject
{
    Q_OBJECT
public:
    Screenshots(QQuickWindow &window, QString path, std::chrono::seconds every);

    bool take();

private:
    QQuickWindow &m_window;
    QString m_path;
    QTimer m_timer;
};

} // namespace cf::kds
