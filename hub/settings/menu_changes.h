// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/settings/menu.h"

namespace cf::hub {

// What would be, or was, changed from one menu to another: for `items`, `categories` and
// `modifier_groups` each {added, changed, removed, unchanged}; the first three are arrays of {id,
// name}, those of `changed` with the names of the `fields` that differ; the last is a number. The
// order in which they stand counts for nothing here.
QJsonObject menuChanges(const Menu &before, const Menu &after);

} // namespace cf::hub
