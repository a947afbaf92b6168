// SPDX-License-Identifier: Apache-2.0
#include "kds-app/app/control.h"

#include "shared/base/ids.h"
#include "shared/protocol/canonical_json.h"

#include <array>
#include <unistd.h>

namespace cf::kds {

namespace {

// A line names one order and one line of it; more is no command of ours.
constexpr qsizetype lineBytesMax = 4'096;

struct Tap {
    QString what;
    QString order;
    QString line;
};

Tap tapOf(const QByteArray &line)
{
    if (line.startsWith('{')) {
        const Result<QJsonObject> json = parseJsonObject(line);
        if (!json)
            return {};
        const auto text = [&json](const char *key) {
            return json->value(QLatin1StringView(key)).toVariant().toString();
        };
        return {text("do"), text("order"), text("line")};
    }
    const QStringList words = QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
    return {words.value(0), words.value(1), words.value(2)};
}

} // namespace

Control::Control(int fileDescriptor, const KitchenLink &link, KdsController &controller)
    : m_fileDescriptor(fileDescriptor), m_link(link), m_controller(controller),
      m_notifier(fileDescriptor, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &Control::read);
}

void Control::read()
{
    std::array<char, lineBytesMax> bytes{};
    const ssize_t got = ::read(m_fileDescriptor, bytes.data(), bytes.size());
    if (got <= 0) {
        m_notifier.setEnabled(false); // nobody talks any more; the display goes on
        return;
    }
    m_buffer.append(bytes.data(), got);
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
        const QByteArray line = m_buffer.left(end).trimmed();
        m_buffer.remove(0, end + 1);
        if (!line.isEmpty() && !obey(line))
            qWarning("control: not understood: %s", line.left(200).constData());
    }
    if (m_buffer.size() > lineBytesMax)
        m_buffer.clear();
}

bool Control::obey(const QByteArray &line)
{
    const Tap tap = tapOf(line);
    const QString id = orderId(tap.order);
    if (tap.what == u"bump")
        m_controller.bumpAll(id);
    else if (tap.what == u"start")
        m_controller.start(id);
    else if (tap.what == u"line" || tap.what == u"item_ready")
        m_controller.toggleLine(id, tap.line);
    else if (tap.what == u"recall")
        m_controller.recall(id);
    else if (tap.what == u"complete")
        m_controller.complete(id);
    else if (tap.what == u"undo")
        m_controller.undo();
    else if (tap.what == u"dismiss")
        m_controller.dismissNotice();
    else if (tap.what == u"quit")
        Q_EMIT quitAsked();
    else
        return false;
    return true;
}

QString Control::orderId(const QString &named) const
{
    if (parseUuid(named))
        return named;
    const TicketStore &store = m_link.tickets();
    for (const auto &orders : {store.shownOpen(), store.shownRecent()}) {
        for (const OrderState *order : orders) {
            if (order->number == named)
                return order->id.toString(QUuid::WithoutBraces);
        }
    }
    return {};
}

} // namespace cf::kds
