// SPDX-License-Identifier: Apache-2.0
#include "hub/net/theme.h"

#include <array>
#include <cmath>
#include <optional>

namespace cf::hub {

namespace {

// Red, green, blue, 0 to 255.
using Colour = std::array<double, 3>;

constexpr Colour black{0, 0, 0};
constexpr Colour white{255, 255, 255};
constexpr Colour house{0xb8, 0x3a, 0x12};
// Of the pages' papers (tracker.css) the one on which it is hardest to read.
constexpr Colour lightPaper{0xf6, 0xf2, 0xec};
constexpr Colour darkPaper{0x20, 0x1b, 0x18};
// A little more than 4.5, so that rounding to whole steps takes nothing away.
constexpr double contrastMin = 4.6;

std::optional<Colour> colourOf(const QString &text)
{
    if (text.size() != 7 || text.front() != QLatin1Char('#'))
        return std::nullopt;
    Colour colour{};
    for (size_t i = 0; i < colour.size(); ++i) {
        bool ok = false;
        const QString two = text.mid(1 + 2 * static_cast<qsizetype>(i), 2);
        colour.at(i) = two.toUInt(&ok, 16);
        if (!ok)
            return std::nullopt;
    }
    return colour;
}

QByteArray textOf(const Colour &colour)
{
    QByteArray text = "#";
    for (const double part : colour)
        text += QByteArray::number(std::lround(part), 16).rightJustified(2, '0');
    return text;
}

// Relative luminance and contrast, as WCAG 2 defines them.
double luminance(const Colour &colour)
{
    const auto linear = [](double part) {
        const double share = part / 255;
        return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

double contrast(const Colour &a, const Colour &b)
{
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

Colour mixed(const Colour &from, const Colour &to, double share)
{
    Colour colour{};
    for (size_t i = 0; i < colour.size(); ++i)
        colour.at(i) = std::round(from.at(i) + (to.at(i) - from.at(i)) * share);
    return colour;
}

// As near to it as can be read on the paper.
Colour readableOn(const Colour &paper, const Colour &colour, const Colour &towards)
{
    constexpr int steps = 50;
    for (int step = 0; step < steps; ++step) {
        const Colour tried = mixed(colour, towards, static_cast<double>(step) / steps);
        if (contrast(tried, paper) >= contrastMin)
            return tried;
    }
    return towards;
}

const Colour &inkFor(const Colour &ground)
{
    return contrast(white, ground) >= contrast(black, ground) ? white : black;
}

QByteArray variables(const Colour &brand, const Colour &accent)
{
    return "--brand:" + textOf(brand) + ";--on-brand:" + textOf(inkFor(brand))
           + ";--accent:" + textOf(accent) + ";--on-accent:" + textOf(inkFor(accent));
}

} // namespace

QByteArray themeCss(const QString &accent)
{
    const Colour brand = colourOf(accent).value_or(house);
    return ":root{" + variables(brand, readableOn(lightPaper, brand, black))
           + "}\n@media (prefers-color-scheme:dark){:root{"
           + variables(brand, readableOn(darkPaper, brand, white)) + "}}\n";
}

} // namespace cf::hub
