// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/screenshots.h"

#include "kds-app/app/replace_file.h"

#include <QBuffer>
#include <QImage>

namespace cf::kds {

namespace {

// The first one soon, so that there is something to look at.
constexpr auto first = std::chrono::milliseconds(1'500);

} // namespace

Screenshots::Screenshots(QQuickWindow &window, QString path, std::chrono::seconds every)
    : m_window(window), m_path(std::move(path))
{
    connect(&m_timer, &QTimer::timeout, this, &Screenshots::take);
    m_timer.start(every);
    QTimer::singleShot(first, this, &Screenshots::take);
}

bool Screenshots::take()
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    const QImage image = m_window.grabWindow();
    if (!image.isNull() && image.save(&buffer, "PNG") && replaceFile(m_path, png))
        return true;
    qWarning("cannot write the screenshot to %s", qUtf8Printable(m_path));
    return false;
}

} // namespace cf::kds
