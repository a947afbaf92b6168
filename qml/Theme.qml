// SPDX-License-Identifier: Apache-2.0
pragma Singleton

import QtQuick

// The design's tokens. Every text colour has a contrast of at least 4.5:1 on the surfaces it is
// used on; a test computes it.
QtObject {
    // Told by the window.
    property real windowWidth: 1280
    property real pixelsPerMm: 3.78

    // One design unit: the layout is drawn for 1440 pixels and shrinks a little with the screen; on
    // a larger one more tickets fit instead.
    readonly property real unit: Math.max(0.86, Math.min(1.0, windowWidth / 1440))
    function px(size: real): int {
        return Math.round(size * unit)
    }

    // Fifteen millimetres: a gloved finger. Capped, so that a dense screen keeps room for food.
    readonly property int touch: Math.round(Math.max(px(58), Math.min(15 * pixelsPerMm, 92)))
    readonly property int columnWidthMin: px(272)

    // --- colours -------------------------------------------------------------------------------
    readonly property color background: "#0b0e13"
    readonly property color surface: "#141922"
    readonly property color card: "#1d2430"
    readonly property color cardRaised: "#2a3342"
    readonly property color outline: "#3a4557"

    readonly property color text: "#f4f7fb"
    readonly property color textMuted: "#aeb9c9"
    readonly property color textDone: "#8d99ab"
    readonly property color onBright: "#10141a"

    readonly property color accent: "#ff8a3d" // the fire
    readonly property color good: "#38d27a"
    readonly property color goodDeep: "#12402a"
    readonly property color caution: "#ffc53d"
    readonly property color cautionDeep: "#4a3a0c"
    readonly property color danger: "#c9252d"
    readonly property color dangerText: "#ff8f8f"
    readonly property color dangerDeep: "#4d1216"
    readonly property color info: "#69b7ff"
    readonly property color infoDeep: "#12324d"
    readonly property color allergen: "#ff5fa8"
    readonly property color allergenText: "#ffc2de"
    readonly property color allergenDeep: "#3a1028"
    readonly property color fresh: "#2f4763"

    // --- type ----------------------------------------------------------------------------------
    readonly property string family: "DejaVu Sans"
    readonly property int textTiny: px(13)
    readonly property int textSmall: px(15)
    readonly property int textBody: px(17)
    readonly property int textItem: px(20)
    readonly property int textLarge: px(24)
    readonly property int textTitle: px(28)
    readonly property int textNumber: px(36)
    readonly property int textHero: px(44)

    // --- space and shape -----------------------------------------------------------------------
    readonly property int gapTiny: px(4)
    readonly property int gapSmall: px(8)
    readonly property int gap: px(12)
    readonly property int gapLarge: px(18)
    readonly property int radiusSmall: px(6)
    readonly property int radius: px(10)
    readonly property int headerHeight: px(76)
    readonly property int bottomHeight: touch + 2 * gapSmall

    // --- movement ------------------------------------------------------------------------------
    readonly property int moveMs: 180
    // A tap on a ticket that moved less than this long ago was meant for another.
    property int settleMs: 450
}
