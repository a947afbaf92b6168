// SPDX-License-Identifier: Apache-2.0
pragma Singleton

import QtQuick
import CounterFire.Models

// The design's tokens. Every text colour has a contrast of at least 4.5:1 on the surfaces it is
// used on; a test computes it.
QtObject {
    // Told by the window.
    property real windowWidth: 1280
    property real pixelsPerMm: 3.78
    property int mode: LookModel.Dark
    property real textScale: 1
    // What holds type grows with it; what is to be hit never shrinks.
    readonly property real grown: Math.max(1, textScale)

    // One design unit: the layout is drawn for 1440 pixels and shrinks a little with the screen; on
    // a larger one more tickets fit instead.
    readonly property real unit: Math.max(0.86, Math.min(1.0, windowWidth / 1440))
    function px(size: real): int {
        return Math.round(size * unit)
    }

    // Fifteen millimetres: a gloved finger. Capped, so that a dense screen keeps room for food.
    readonly property int touch: Math.round(Math.max(px(58 * grown),
                                                     Math.min(15 * pixelsPerMm, 92)))
    // A column's width grows with the type, so that as many words fit. Where a number of columns is
    // wished for they may be as narrow as the least.
    readonly property int columnWidthMin: px(272 * textScale)
    readonly property int columnWidthLeast: px(200 * textScale)
    readonly property int ticketHeightLeast: px(100 * textScale)
    readonly property int cellHeightMin: px(250 * textScale)

    // --- colours -------------------------------------------------------------------------------
    // In the dark, by daylight, and for eyes that need all the contrast there is.
    function pick(dark: color, light: color, contrast: color): color {
        return mode === LookModel.Light ? light : mode === LookModel.Contrast ? contrast : dark
    }
    readonly property color background: pick("#0b0e13", "#dfe4ea", "#000000")
    readonly property color surface: pick("#141922", "#f4f6f9", "#000000")
    readonly property color card: pick("#1d2430", "#ffffff", "#0a0a0a")
    readonly property color cardRaised: pick("#2a3342", "#e6ebf2", "#2a2a2a")
    readonly property color outline: pick("#3a4557", "#8b97a8", "#ffffff")

    readonly property color text: pick("#f4f7fb", "#10141a", "#ffffff")
    readonly property color textSoft: pick("#d9e2ee", "#2b3441", "#ffffff")
    readonly property color textMuted: pick("#aeb9c9", "#48525f", "#ffffff")
    readonly property color textDone: pick("#8d99ab", "#5d6876", "#b0b0b0")
    readonly property color onBright: pick("#10141a", "#10141a", "#000000")
    readonly property color onStrong: pick("#ffffff", "#ffffff", "#ffffff")
    readonly property color badge: pick("#10141a", "#10141a", "#000000")

    readonly property color accent: pick("#ff8a3d", "#ff8a3d", "#ff9d5c") // the fire
    readonly property color accentText: pick("#ff8a3d", "#a33f00", "#ff9d5c")
    readonly property color good: pick("#38d27a", "#38d27a", "#3dff8f")
    readonly property color goodText: pick("#38d27a", "#0b6b37", "#3dff8f")
    readonly property color goodDeep: pick("#12402a", "#c9efd8", "#003318")
    readonly property color readyBand: pick("#12402a", "#0f6b3a", "#003318")
    readonly property color caution: pick("#ffc53d", "#ffc53d", "#ffd500")
    readonly property color cautionText: pick("#ffc53d", "#6b4d00", "#ffd500")
    readonly property color cautionDeep: pick("#4a3a0c", "#fff0c2", "#2e2500")
    readonly property color danger: pick("#c9252d", "#c9252d", "#a80000")
    readonly property color dangerText: pick("#ff8f8f", "#a8141c", "#ff9a9a")
    readonly property color dangerDeep: pick("#4d1216", "#f9d4d6", "#400000")
    readonly property color info: pick("#69b7ff", "#69b7ff", "#7ac2ff")
    readonly property color infoText: pick("#69b7ff", "#0b558f", "#7ac2ff")
    readonly property color infoDeep: pick("#12324d", "#d3e9fb", "#001f3d")
    readonly property color allergen: pick("#ff5fa8", "#ff5fa8", "#ff7ab8")
    readonly property color allergenText: pick("#ffc2de", "#8c0d43", "#ffd6e8")
    readonly property color allergenDeep: pick("#3a1028", "#fde0ec", "#3d0020")
    readonly property color fresh: pick("#2f4763", "#35557a", "#123a6b")

    // --- type ----------------------------------------------------------------------------------
    readonly property string family: "DejaVu Sans"
    readonly property int textTiny: px(13 * textScale)
    readonly property int textSmall: px(15 * textScale)
    readonly property int textBody: px(17 * textScale)
    readonly property int textItem: px(20 * textScale)
    readonly property int textLarge: px(24 * textScale)
    readonly property int textTitle: px(28 * textScale)
    readonly property int textNumber: px(36 * textScale)
    readonly property int textHero: px(44 * textScale)

    // --- space and shape -----------------------------------------------------------------------
    readonly property int gapTiny: px(4)
    readonly property int gapSmall: px(8)
    readonly property int gap: px(12)
    readonly property int gapLarge: px(18)
    readonly property int radiusSmall: px(6)
    readonly property int radius: px(10)
    readonly property int headerHeight: px(76 * grown)
    readonly property int bottomHeight: touch + 2 * gapSmall

    // --- movement ------------------------------------------------------------------------------
    readonly property int moveMs: 180
    // A tap on a ticket that moved less than this long ago was meant for another.
    property int settleMs: 450
}
