// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cf::kds {

// Asks the desktop, where there is one, not to blank the screen for as long as this process runs.
// Where nobody listens (a bare display server) the image switches blanking off instead.
void stayAwake();

} // namespace cf::kds
