// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/app/kitchen_binding.h"

#include <QSocketNotifier>

namespace cf::kds {

// Taps from standard input, for tests and for trying things out: one a line, either in words,
//   bump 47 | start 47 | line 47 2 | recall 47 | complete 47 | undo | dismiss | quit
// or as an object, {"do":"bump","order":"47"}, {"do":"line","order":"47","line":"2"}. An order is
// named by its id or its number. They take the same way through the controller as a finger's.
class Control : public QObject
{
    Q_OBJECT
public:
    Control(int fileDescriptor, const KitchenLink &link, KdsController &controller);

    // One line, without its end. False: not understood, nothing was done.
    bool obey(const QByteArray &line);

Q_SIGNALS:
    void quitAsked();

private:
    void read();
    [[nodiscard]] QString orderId(const QString &named) const;

    int m_fileDescriptor;
    const KitchenLink &m_link;
    KdsController &m_controller;
    QSocketNotifier m_notifier;
    QByteArray m_buffer;
};

} // namespace cf::kds
