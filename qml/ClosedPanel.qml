// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import CounterFire.Models

// The last closed orders, newest first, each with its way back into the kitchen.
Item {
    id: panel

    required property KdsController controller
    property bool open: false

    visible: open
    onOpenChanged: list.currentIndex = -1

    function recall(orderId: string) {
        open = false;
        controller.recall(orderId);
    }
    function press(action: int) {
        if (action === KeyMap.Next)
            list.incrementCurrentIndex();
        else if (action === KeyMap.Previous)
            list.decrementCurrentIndex();
        else if (action === KeyMap.Bump && list.currentItem)
            (list.currentItem as ClosedOrder).ask();
        else if (action === KeyMap.Recall || action === KeyMap.Close)
            open = false;
    }

    Rectangle {
        anchors.fill: parent
        color: "#000000"
        opacity: 0.6

        MouseArea {
            anchors.fill: parent
            onClicked: panel.open = false
        }
    }
    Rectangle {
        anchors.right: parent.right
        width: Math.min(panel.width, Theme.px(520))
        height: parent.height
        color: Theme.surface

        MouseArea {
            anchors.fill: parent
        }
        AppText {
            id: title

            x: Theme.gapLarge
            height: Theme.headerHeight
            text: qsTr("Recall a closed order")
            font.pixelSize: Theme.textLarge
            font.bold: true
        }
        ActionButton {
            objectName: "closedPanelClose"
            anchors.right: parent.right
            anchors.rightMargin: Theme.gapSmall
            anchors.verticalCenter: title.verticalCenter
            glyph: "✕"
            onClicked: panel.open = false
        }
        ListView {
            id: list

            anchors.top: title.bottom
            anchors.bottom: parent.bottom
            x: Theme.gap
            width: parent.width - 2 * Theme.gap
            spacing: Theme.gapSmall
            clip: true
            model: panel.controller.closed
            boundsBehavior: Flickable.StopAtBounds
            currentIndex: -1
            highlightMoveDuration: 0
            delegate: ClosedOrder {
                width: list.width
                selected: ListView.isCurrentItem
                onRecallRequested: orderId => panel.recall(orderId)
            }

            AppText {
                anchors.centerIn: parent
                visible: list.count === 0
                text: qsTr("No order has been closed yet")
                color: Theme.textMuted
            }
        }
    }
}
