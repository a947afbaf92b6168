// SPDX-License-Identifier: Apache-2.0
import QtQuick

// A small label with its own colour, always with words.
Rectangle {
    id: chip

    required property string label
    property color ink: Theme.text

    implicitWidth: text.implicitWidth + 2 * Theme.gapSmall
    implicitHeight: text.implicitHeight + Theme.gapTiny
    radius: Theme.radiusSmall
    color: Theme.cardRaised

    AppText {
        id: text

        anchors.centerIn: parent
        text: chip.label
        color: chip.ink
        font.pixelSize: Theme.textTiny
        font.bold: true
        font.capitalization: Font.AllUppercase
    }
}
