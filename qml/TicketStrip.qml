// SPDX-License-Identifier: Apache-2.0
import QtQuick

// A highlighted line of a ticket: a note from the guest, a message from the floor.
Rectangle {
    id: strip

    required property string glyph
    required property string message
    property color ink: Theme.cautionText

    implicitHeight: text.implicitHeight

    Rectangle {
        id: edge

        anchors.left: parent.left
        width: Theme.px(5)
        height: parent.height
        color: strip.ink
    }
    AppText {
        id: text

        anchors.left: edge.right
        anchors.right: parent.right
        leftPadding: Theme.gapSmall
        rightPadding: Theme.gapSmall
        topPadding: Theme.gapTiny
        bottomPadding: Theme.gapTiny
        text: strip.glyph + " " + strip.message
        color: strip.ink
        wrapMode: Text.Wrap
        font.pixelSize: Theme.textBody
        font.bold: true
    }
}
