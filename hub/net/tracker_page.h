// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/http_message.h"
#include "shared/base/clock.h"

namespace cf::hub {

// Places in a template are {{name}}; what is filled in is escaped by who fills it in. A place
// without a value becomes empty. Values are not looked at again: a customer may be called {{x}}.
using TemplateValues = std::vector<std::pair<QByteArray, QByteArray>>;
QByteArray fillTemplate(QByteArrayView text, const TemplateValues &values);
QByteArray escapeHtml(const QString &text);

// hub/web/tracker.html with the tracker's view (encodeTrackerView) in it, so that it reads without
// JavaScript. The places are listed in hub/web/README.md. Times are shown in the hub's time zone.
HttpResponse trackerPage(const QByteArray &view, Timestamp now);
// The same for every token that is none.
HttpResponse trackerNotFoundPage();

} // namespace cf::hub
