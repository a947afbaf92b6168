// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import CounterFire.Models

// The shelf of ready orders, the way to closed ones, and the board's pages.
Rectangle {
    id: bar

    required property KdsController controller
    required property int page
    required property int pageCount
    required property int beyond
    signal turned(by: int)
    signal closedRequested()

    implicitHeight: Theme.bottomHeight
    color: Theme.surface

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gapLarge
        anchors.rightMargin: Theme.gap
        spacing: Theme.gap

        Column {
            AppText {
                text: qsTr("READY")
                color: Theme.good
                font.pixelSize: Theme.textSmall
                font.bold: true
            }
            AppText {
                text: bar.controller.ready.count
                font.pixelSize: Theme.textTitle
                font.bold: true
            }
        }
        ListView {
            id: shelf

            Layout.fillWidth: true
            Layout.preferredHeight: Theme.touch
            orientation: ListView.Horizontal
            spacing: Theme.gapSmall
            clip: true
            model: bar.controller.ready
            boundsBehavior: Flickable.StopAtBounds
            displaced: Transition {
                NumberAnimation { property: "x"; duration: Theme.moveMs }
            }
            delegate: ReadyChip {
                onRecallRequested: orderId => bar.controller.recall(orderId)
                onCompleteRequested: orderId => bar.controller.complete(orderId)
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                visible: shelf.count === 0
                text: qsTr("Nothing waiting for pickup")
                color: Theme.textMuted
            }
        }
        ActionButton {
            objectName: "closedButton"
            glyph: "↶"
            text: qsTr("RECALL")
            fontSize: Theme.textBody
            onClicked: bar.closedRequested()
        }
        PageButtons {
            page: bar.page
            pageCount: bar.pageCount
            beyond: bar.beyond
            onTurned: by => bar.turned(by)
        }
    }
}
