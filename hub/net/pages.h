// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/http_message.h"

namespace cf::hub {

// An HTML page with the headers all of ours have: nothing inline, nothing from elsewhere, nothing
// framed, and no address of it told to others (a tracker's address is its secret).
HttpResponse pageResponse(QByteArray html, int status);

} // namespace cf::hub
