// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/guest_page.h"

namespace cf::hub {

// hub/web/tracker.html with the tracker's view (encodeTrackerView) in it, so that it reads without
// JavaScript. The places are listed in hub/web/README.md.
HttpResponse trackerPage(const GuestPage &page, const QByteArray &view, Timestamp now);
// The same for every token that is none.
HttpResponse trackerNotFoundPage(const GuestPage &page);

} // namespace cf::hub
