// SPDX-License-Identifier: Apache-2.0
import QtQuick

// A ready order on the shelf: back to the kitchen, or picked up.
Rectangle {
    id: chip

    required property string orderId
    required property string number
    required property string servedText
    required property string agoText
    signal recallRequested(orderId: string)
    signal completeRequested(orderId: string)

    // All alike: a shelf of tickets of one size stays put when one is taken away.
    implicitWidth: Theme.px(108) + 2 * Theme.touch + 3 * Theme.gap
    implicitHeight: Theme.touch
    radius: Theme.radius
    color: Theme.goodDeep
    objectName: "ready-" + number

    Row {
        id: row

        anchors.left: parent.left
        anchors.leftMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        height: parent.height
        spacing: Theme.gapTiny

        Column {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(108)

            AppText {
                width: parent.width
                elide: Text.ElideRight
                text: chip.number
                font.pixelSize: Theme.textLarge
                font.bold: true
            }
            AppText {
                width: parent.width
                elide: Text.ElideRight
                text: chip.agoText + "  " + chip.servedText
                color: Theme.textSoft
                font.pixelSize: Theme.textTiny
            }
        }
        ActionButton {
            objectName: "readyRecall"
            height: parent.height
            width: Theme.touch
            glyph: "↶"
            fill: "transparent"
            ink: Theme.cautionText
            onClicked: chip.recallRequested(chip.orderId)
        }
        ActionButton {
            objectName: "readyComplete"
            height: parent.height
            width: Theme.touch
            glyph: "✔"
            fill: Theme.good
            ink: Theme.onBright
            onClicked: chip.completeRequested(chip.orderId)
        }
    }
}
