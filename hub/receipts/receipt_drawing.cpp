// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/columns.h"
#include "hub/receipts/receipt_fonts.h"
#include "hub/receipts/render.h"
#include "shared/base/limits.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>

namespace cf::hub {

namespace {

using Kind = Row::Kind;
using Weight = Row::Weight;

// Points, unless they say otherwise.
constexpr double pointsPerMillimetre = 72 / 25.4;
constexpr double dotsPerPoint = 203.2 / 72; // every receipt printer: 8 dots a millimetre
constexpr double paperWidth = 80 * pointsPerMillimetre;
constexpr double paperMargin = 14;
constexpr double textSize = 9;
constexpr double bigSize = 13;
constexpr double smallSize = 6.5;
constexpr double columnGap = 8;
constexpr double indentWidth = 10;
constexpr double qrSide = 84;
constexpr int qrQuiet = 4; // modules
// A PDF page may be 14,400 units long; an image surface 32,767 dots.
constexpr double pdfPageMax = 14'000;
constexpr double bitmapPageMax = 8'000 / dotsPerPoint;

struct CairoDestroy {
    void operator()(cairo_t *cr) const { cairo_destroy(cr); }
    void operator()(cairo_surface_t *surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_font_options_t *options) const { cairo_font_options_destroy(options); }
};
using CairoPtr = std::unique_ptr<cairo_t, CairoDestroy>;
using SurfacePtr = std::unique_ptr<cairo_surface_t, CairoDestroy>;

// A row, measured, with all that is needed to draw it.
struct Block {
    const Row *row = nullptr;
    GPtr<PangoLayout> left;
    GPtr<PangoLayout> right;
    QrMatrix qr;
    double height = 0;
};

struct Page {
    size_t first = 0;
    size_t end = 0;
    double height = 0;
};

double widthOf(const GPtr<PangoLayout> &layout)
{
    int width = 0;
    pango_layout_get_size(layout.get(), &width, nullptr);
    return static_cast<double>(width) / PANGO_SCALE;
}

double heightOf(const GPtr<PangoLayout> &layout)
{
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
}

// Lays rows out in a width, and draws them on any surface whose unit is a point. Nothing depends on
// the surface: no hints, so a dot more or less moves no line break.
class Sheet
{
public:
    Sheet(PangoFontMap *fonts, double width, bool isMirrored)
        : m_width(width), m_isMirrored(isMirrored), m_context(pango_font_map_create_context(fonts))
    {
        const std::unique_ptr<cairo_font_options_t, CairoDestroy> options(
            cairo_font_options_create());
        cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(m_context.get(), options.get());
        pango_context_set_round_glyph_positions(m_context.get(), FALSE);
        pango_context_set_language(m_context.get(), pango_language_from_string("en"));
    }

    void add(const Row &row);
    [[nodiscard]] std::vector<Page> pages(double heightMax) const;
    [[nodiscard]] double height() const;
    // `scale`: dots a unit has, for what must not fall between two of them; 0: it may.
    void draw(cairo_t *cr, const Page &page, double scale) const;

private:
    enum class Edge : quint8 { Start, Centre, End };
    [[nodiscard]] GPtr<PangoLayout> layout(const QString &text, double size, bool bold,
                                           double width, Edge edge) const;
    void drawBlock(cairo_t *cr, const Block &block, double y, double scale) const;
    void drawQr(cairo_t *cr, const QrMatrix &qr, double y, double scale) const;
    void show(cairo_t *cr, const GPtr<PangoLayout> &what, double x, double y) const;

    double m_width;
    bool m_isMirrored;
    GPtr<PangoContext> m_context;
    std::vector<Block> m_blocks;
};

// The edge is the receipt's, not the text's: Pango turns left into right where a text runs so.
GPtr<PangoLayout> Sheet::layout(const QString &text, double size, bool bold, double width,
                                Edge edge) const
{
    GPtr<PangoLayout> layout(pango_layout_new(m_context.get()));
    const QByteArray utf8 = text.toUtf8();
    pango_layout_set_text(layout.get(), utf8.constData(), static_cast<int>(utf8.size()));
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, "DejaVu Sans");
    pango_font_description_set_size(font, static_cast<int>(std::lround(size * PANGO_SCALE)));
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    if (width > 0)
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    const bool runsLeft = text.isRightToLeft();
    const bool isAtLeft = (edge == Edge::Start) != m_isMirrored;
    if (edge == Edge::Centre)
        pango_layout_set_alignment(layout.get(), PANGO_ALIGN_CENTER);
    else
        pango_layout_set_alignment(layout.get(),
                                   isAtLeft != runsLeft ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
    return layout;
}

void Sheet::add(const Row &row)
{
    Block block;
    block.row = &row;
    const bool bold = row.weight != Weight::Plain;
    const double size = row.weight == Weight::Big ? bigSize : textSize;
    const double indent = row.indented ? indentWidth : 0;
    switch (row.kind) {
    case Kind::Gap: block.height = textSize * 0.8; break;
    case Kind::Rule: block.height = textSize; break;
    case Kind::Text:
        block.left = layout(row.left, size, bold, m_width - indent,
                            row.centred ? Edge::Centre : Edge::Start);
        block.height = heightOf(block.left);
        break;
    case Kind::Pair: {
        double room = m_width - indent;
        if (!row.right.isEmpty()) {
            block.right = layout(row.right, size, bold, 0, Edge::End);
            if (widthOf(block.right) > m_width / 2)
                block.right = layout(row.right, size, bold, m_width / 2, Edge::End);
            room -= std::min(widthOf(block.right), m_width / 2) + columnGap;
        }
        block.left = layout(row.left, size, bold, room, Edge::Start);
        block.height = std::max(heightOf(block.left), block.right ? heightOf(block.right) : 0);
        break;
    }
    case Kind::Qr:
        block.qr = qrMatrix(row.left);
        block.left = layout(row.left, smallSize, false, m_width, Edge::Centre);
        block.height = (block.qr.size > 0 ? qrSide : 0) + heightOf(block.left);
        break;
    }
    m_blocks.push_back(std::move(block));
}

double Sheet::height() const
{
    double height = 0;
    for (const Block &block : m_blocks)
        height += block.height;
    return height;
}

std::vector<Page> Sheet::pages(double heightMax) const
{
    std::vector<Page> pages{Page()};
    for (size_t i = 0; i < m_blocks.size(); ++i) {
        const double height = m_blocks.at(i).height;
        if (pages.back().height + height > heightMax && pages.back().end > pages.back().first)
            pages.push_back({i, i, 0});
        pages.back().end = i + 1;
        pages.back().height += height;
    }
    return pages;
}

void Sheet::show(cairo_t *cr, const GPtr<PangoLayout> &what, double x, double y) const
{
    cairo_move_to(cr, x, y);
    pango_cairo_show_layout(cr, what.get());
}

void Sheet::drawQr(cairo_t *cr, const QrMatrix &qr, double y, double scale) const
{
    const int modules = qr.size + 2 * qrQuiet;
    double module = qrSide / modules;
    if (scale > 0)
        module = std::max(1.0, std::floor(module * scale)) / scale;
    double left = (m_width - module * qr.size) / 2;
    double top = y + module * qrQuiet;
    if (scale > 0) {
        left = std::round(left * scale) / scale;
        top = std::round(top * scale) / scale;
    }
    for (int row = 0; row < qr.size; ++row) {
        for (int column = 0; column < qr.size; ++column) {
            if (qr.isDark(column, row))
                cairo_rectangle(cr, left + column * module, top + row * module, module, module);
        }
    }
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
    cairo_fill(cr);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_DEFAULT);
}

void Sheet::drawBlock(cairo_t *cr, const Block &block, double y, double scale) const
{
    const Row &row = *block.row;
    const double indent = row.indented ? indentWidth : 0;
    if (row.kind == Kind::Rule) {
        cairo_set_line_width(cr, 0.6);
        cairo_move_to(cr, 0, y + block.height / 2);
        cairo_line_to(cr, m_width, y + block.height / 2);
        cairo_stroke(cr);
        return;
    }
    if (row.kind == Kind::Qr && block.qr.size > 0) {
        drawQr(cr, block.qr, y, scale);
        show(cr, block.left, 0, y + qrSide);
        return;
    }
    if (block.right) {
        // What is as wide as it is stands where it ends; what was given a width fills it.
        const bool isFilled = pango_layout_get_width(block.right.get()) >= 0;
        const double width = isFilled ? m_width / 2 : widthOf(block.right);
        show(cr, block.right, m_isMirrored ? 0 : m_width - width, y);
    }
    if (block.left) {
        const int given = pango_layout_get_width(block.left.get());
        const double width = static_cast<double>(given) / PANGO_SCALE;
        const bool isPair = row.kind == Kind::Pair;
        const double x = isPair && m_isMirrored ? m_width - indent - width : indent;
        show(cr, block.left, row.centred ? 0 : x, y);
    }
}

void Sheet::draw(cairo_t *cr, const Page &page, double scale) const
{
    double y = 0;
    for (size_t i = page.first; i < page.end; ++i) {
        drawBlock(cr, m_blocks.at(i), y, scale);
        y += m_blocks.at(i).height;
    }
}

Result<Sheet> sheetOf(PangoFontMap *fonts, const Rows &rows, double width, const QString &language)
{
    Sheet sheet(fonts, width, isRightToLeft(language));
    for (const Row &row : rows)
        sheet.add(row);
    if (sheet.height() > limits::receiptMillimetresMax * pointsPerMillimetre) {
        return Error{ErrorCode::BodyTooLarge,
                     QStringLiteral("the receipt would be longer than %1 m")
                         .arg(limits::receiptMillimetresMax / 1000)};
    }
    return sheet;
}

cairo_status_t appendTo(void *bytes, const unsigned char *data, unsigned int size)
{
    static_cast<QByteArray *>(bytes)->append(reinterpret_cast<const char *>(data),
                                             static_cast<qsizetype>(size));
    return CAIRO_STATUS_SUCCESS;
}

// Adds a page's dots, 1 where it is more black than white.
Status appendDots(Bitmap &bitmap, const Sheet &sheet, const Page &page)
{
    const int height = static_cast<int>(std::ceil(page.height * dotsPerPoint));
    const SurfacePtr surface(
        cairo_image_surface_create(CAIRO_FORMAT_A8, bitmap.width, std::max(1, height)));
    const CairoPtr cr(cairo_create(surface.get()));
    cairo_scale(cr.get(), dotsPerPoint, dotsPerPoint);
    sheet.draw(cr.get(), page, dotsPerPoint);
    cairo_surface_flush(surface.get());
    if (cairo_status(cr.get()) != CAIRO_STATUS_SUCCESS)
        return Error{ErrorCode::Internal, QStringLiteral("the receipt could not be drawn")};
    const unsigned char *data = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    const int rowBytes = (bitmap.width + 7) / 8;
    for (int y = 0; y < height; ++y) {
        QByteArray row(rowBytes, '\0');
        const unsigned char *from = data + static_cast<ptrdiff_t>(y) * stride;
        for (int x = 0; x < bitmap.width; ++x) {
            if (from[x] >= 0x80)
                row[x / 8] = static_cast<char>(row.at(x / 8) | (0x80 >> (x % 8)));
        }
        bitmap.bits += row;
    }
    bitmap.height += height;
    return ok();
}

} // namespace

Result<QByteArray> receiptPdf(const Rows &rows, const QString &title, const QString &language,
                              Timestamp at)
{
    const Result<GPtr<PangoFontMap>> fonts = receiptFonts();
    if (!fonts)
        return fonts.error();
    const Result<Sheet> sheet = sheetOf(fonts->get(), rows, paperWidth - 2 * paperMargin, language);
    if (!sheet)
        return sheet.error();
    QByteArray pdf;
    const SurfacePtr surface(
        cairo_pdf_surface_create_for_stream(appendTo, &pdf, paperWidth, pdfPageMax));
    cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                   title.toUtf8().constData());
    const QByteArray time = formatTimestamp(std::chrono::floor<std::chrono::seconds>(at));
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                   (time.left(19) + 'Z').constData()); // without fractions
    const CairoPtr cr(cairo_create(surface.get()));
    for (const Page &page : sheet->pages(pdfPageMax - 2 * paperMargin)) {
        cairo_pdf_surface_set_size(surface.get(), paperWidth, page.height + 2 * paperMargin);
        cairo_identity_matrix(cr.get());
        cairo_translate(cr.get(), paperMargin, paperMargin);
        sheet->draw(cr.get(), page, 0);
        cairo_show_page(cr.get());
    }
    cairo_surface_finish(surface.get());
    if (cairo_status(cr.get()) != CAIRO_STATUS_SUCCESS
        || cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
        return Error{ErrorCode::Internal, QStringLiteral("the receipt could not be drawn")};
    return pdf;
}

Result<Bitmap> receiptBitmap(const Rows &rows, int widthDots, const QString &language)
{
    const Result<GPtr<PangoFontMap>> fonts = receiptFonts();
    if (!fonts)
        return fonts.error();
    const Result<Sheet> sheet = sheetOf(fonts->get(), rows, widthDots / dotsPerPoint, language);
    if (!sheet)
        return sheet.error();
    Bitmap bitmap;
    bitmap.width = widthDots;
    for (const Page &page : sheet->pages(bitmapPageMax)) {
        if (const Status drawn = appendDots(bitmap, *sheet, page); !drawn)
            return drawn.error();
    }
    return bitmap;
}

} // namespace cf::hub
