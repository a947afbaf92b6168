// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <pango/pangocairo.h>

#include <memory>

namespace cf::hub {

struct GObjectUnref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template<typename T>
using GPtr = std::unique_ptr<T, GObjectUnref>;

// The fonts of a receipt and no others, whatever else is installed: DejaVu Sans, and Droid Sans
// Fallback for what that has not. A font map is for one thread; its fonts are shared.
Result<GPtr<PangoFontMap>> receiptFonts();

} // namespace cf::hub
