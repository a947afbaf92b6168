// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// One order that has left the board, with its way back, or out.
Rectangle {
    id: closed

    required property string orderId
    required property string number
    required property string itemsText
    required property string closedText
    required property bool canRecall
    required property bool canComplete
    property bool selected: false // by a key
    signal recallRequested(orderId: string)
    signal completeRequested(orderId: string)

    function askRecall() {
        if (canRecall)
            recallRequested(orderId);
    }
    function askComplete() {
        if (canComplete)
            completeRequested(orderId);
    }

    objectName: "closed-" + number
    implicitHeight: Math.max(texts.implicitHeight, Theme.touch) + 2 * Theme.gapSmall
    radius: Theme.radius
    color: selected ? Theme.cardRaised : Theme.card
    border.width: selected ? Theme.px(4) : 0
    border.color: Theme.text

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gap
        anchors.rightMargin: Theme.gapSmall
        spacing: Theme.gap

        Column {
            id: texts

            Layout.fillWidth: true

            AppText {
                width: parent.width
                elide: Text.ElideRight
                text: closed.number
                font.pixelSize: Theme.textLarge
                font.bold: true
            }
            AppText {
                width: parent.width
                elide: Text.ElideRight
                text: closed.closedText
                color: Theme.textMuted
                font.pixelSize: Theme.textSmall
            }
            AppText {
                width: parent.width
                elide: Text.ElideRight
                text: closed.itemsText
                color: Theme.textMuted
                font.pixelSize: Theme.textSmall
            }
        }
        ActionButton {
            objectName: "closedRecall"
            visible: closed.canRecall
            glyph: "↶"
            text: qsTr("RECALL")
            fontSize: Theme.textBody
            fill: Theme.caution
            ink: Theme.onBright
            onClicked: closed.askRecall()
        }
        ActionButton {
            objectName: "closedComplete"
            visible: closed.canComplete
            glyph: "✔"
            fill: Theme.good
            ink: Theme.onBright
            onClicked: closed.askComplete()
        }
    }
}
