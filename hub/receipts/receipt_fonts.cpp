// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/receipt_fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

namespace cf::hub {

namespace {

struct ConfigDestroy {
    void operator()(FcConfig *config) const { FcConfigDestroy(config); }
};
using ConfigPtr = std::unique_ptr<FcConfig, ConfigDestroy>;
struct PatternDestroy {
    void operator()(FcPattern *pattern) const { FcPatternDestroy(pattern); }
};
using PatternPtr = std::unique_ptr<FcPattern, PatternDestroy>;

const FcChar8 *chars(const char *text)
{
    return reinterpret_cast<const FcChar8 *>(text);
}

// The file of this family and weight; empty when the machine has none.
QByteArray fileOf(FcConfig *system, const char *family, int weight)
{
    const PatternPtr wanted(FcPatternCreate());
    FcPatternAddString(wanted.get(), FC_FAMILY, chars(family));
    FcPatternAddInteger(wanted.get(), FC_WEIGHT, weight);
    FcConfigSubstitute(system, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult result = FcResultNoMatch;
    const PatternPtr found(FcFontMatch(system, wanted.get(), &result));
    FcChar8 *is = nullptr;
    FcChar8 *file = nullptr;
    if (!found || FcPatternGetString(found.get(), FC_FAMILY, 0, &is) != FcResultMatch
        || FcPatternGetString(found.get(), FC_FILE, 0, &file) != FcResultMatch
        || qstrcmp(reinterpret_cast<const char *>(is), family) != 0)
        return {};
    return reinterpret_cast<const char *>(file);
}

ConfigPtr onlyOurs()
{
    const ConfigPtr system(FcInitLoadConfigAndFonts());
    ConfigPtr ours(FcConfigCreate());
    if (!system || !ours)
        return nullptr;
    const QByteArray regular = fileOf(system.get(), "DejaVu Sans", FC_WEIGHT_REGULAR);
    const QByteArray bold = fileOf(system.get(), "DejaVu Sans", FC_WEIGHT_BOLD);
    const QByteArray eastern = fileOf(system.get(), "Droid Sans Fallback", FC_WEIGHT_REGULAR);
    for (const QByteArray &file : {regular, bold, eastern}) {
        if (file.isEmpty() || !FcConfigAppFontAddFile(ours.get(), chars(file.constData())))
            return nullptr;
    }
    return ours;
}

} // namespace

Result<GPtr<PangoFontMap>> receiptFonts()
{
    static const ConfigPtr ours = onlyOurs();
    if (!ours) {
        return Error{ErrorCode::Unavailable,
                     QStringLiteral("the fonts of receipts are missing: DejaVu Sans and Droid Sans "
                                    "Fallback")};
    }
    GPtr<PangoFontMap> map(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), ours.get());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map.get()), 72); // a point is a unit
    return map;
}

} // namespace cf::hub
