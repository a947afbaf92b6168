// SPDX-License-Identifier: Apache-2.0
import QtQuick

// What the last tap did, with the way back. Lies over the counts, never over a ticket.
Rectangle {
    id: toast

    required property string message
    property bool canUndo: true
    signal undoRequested()
    signal dismissRequested()

    visible: message !== ""
    implicitWidth: row.implicitWidth + 2 * Theme.gapSmall
    implicitHeight: Theme.headerHeight - Theme.gapSmall
    radius: Theme.radius
    color: Theme.cardRaised
    border.width: 2
    border.color: Theme.outline

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.gap

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            leftPadding: Theme.gapSmall
            text: "✔"
            color: Theme.goodText
            font.pixelSize: Theme.textLarge
            font.bold: true
        }
        AppText {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, Theme.px(330))
            elide: Text.ElideMiddle
            text: toast.message
            font.bold: true
        }
        ActionButton {
            objectName: "undoButton"
            visible: toast.canUndo || !toast.visible // and so keeps its place
            anchors.verticalCenter: parent.verticalCenter
            height: toast.height - Theme.gap
            width: Math.max(implicitWidth, 2 * Theme.touch)
            glyph: "↶"
            text: qsTr("UNDO")
            fill: Theme.caution
            ink: Theme.onBright
            onClicked: toast.undoRequested()
        }
        ActionButton {
            objectName: "undoDismiss"
            anchors.verticalCenter: parent.verticalCenter
            height: toast.height - Theme.gap
            glyph: "✕"
            fill: "transparent"
            ink: Theme.textMuted
            onClicked: toast.dismissRequested()
        }
    }
}
