// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Turns the board's pages and says how many tickets are out of sight.
Row {
    id: pages

    required property int page
    required property int pageCount
    required property int beyond
    signal turned(by: int)

    visible: pageCount > 1
    spacing: Theme.gapSmall

    ActionButton {
        objectName: "pageBack"
        enabled: pages.page > 0
        glyph: pages.LayoutMirroring.enabled ? "▶" : "◀"
        onClicked: pages.turned(-1)
    }
    AppText {
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("%1 / %2").arg(pages.page + 1).arg(pages.pageCount)
        font.bold: true
    }
    ActionButton {
        objectName: "pageForward"
        enabled: pages.page + 1 < pages.pageCount
        glyph: pages.LayoutMirroring.enabled ? "◀" : "▶"
        text: pages.beyond > 0 ? qsTr("+%1 more").arg(pages.beyond) : ""
        fill: pages.beyond > 0 ? Theme.caution : Theme.cardRaised
        ink: pages.beyond > 0 ? Theme.onBright : Theme.text
        onClicked: pages.turned(1)
    }
}
