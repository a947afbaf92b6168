// SPDX-License-Identifier: Apache-2.0
import QtQuick

// A number and what it counts.
Row {
    id: tile

    required property int value
    required property string label
    property color ink: Theme.text
    property string glyph

    spacing: Theme.gapSmall

    AppText {
        anchors.verticalCenter: parent.verticalCenter
        text: (tile.glyph === "" ? "" : tile.glyph + " ") + tile.value
        color: tile.ink
        font.pixelSize: Theme.textTitle
        font.bold: true
    }
    AppText {
        id: word

        anchors.verticalCenter: parent.verticalCenter
        text: tile.label
        color: tile.ink === Theme.text ? Theme.textMuted : tile.ink
        font.pixelSize: Theme.textSmall
    }
}
