// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import CounterFire.Models

// What has left this board, newest first, each with its way back into the kitchen. Found by its
// number, its guest or its items: digits on the bump bar look for a number. What this display does
// not remember any more is looked for by the hub.
Item {
    id: panel

    required property KdsController controller
    property bool open: false
    readonly property string words: found.number + found.wanted
    readonly property int older: controller.older.state

    objectName: "closedPanel"
    visible: open
    onOpenChanged: {
        found.wanted = "";
        found.number = "";
        list.currentIndex = -1;
    }

    onWordsChanged: controller.older.lookFor(words)

    // Before it closes: with what is looked for goes what the hub has found.
    function recall(orderId: string) {
        controller.recall(orderId);
        open = false;
    }
    function complete(orderId: string) {
        controller.complete(orderId);
        open = false;
    }
    function press(action: int) {
        const chosen = list.currentItem as ClosedOrder;
        if (action >= KeyMap.Digit0 && action <= KeyMap.Digit9) {
            found.number += action - KeyMap.Digit0;
            list.currentIndex = found.rowOfNumber();
        } else if (action === KeyMap.Undo)
            found.number = found.number.slice(0, -1);
        else if (action === KeyMap.Next)
            list.incrementCurrentIndex();
        else if (action === KeyMap.Previous)
            list.decrementCurrentIndex();
        else if (action === KeyMap.Bump && chosen)
            chosen.askRecall();
        else if (action === KeyMap.Start && chosen)
            chosen.askComplete();
        else if (action === KeyMap.Recall || action === KeyMap.Close)
            open = false;
    }

    RecallList {
        id: found

        source: panel.controller.older.all
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
        width: Math.min(panel.width, Theme.px(620))
        height: parent.height
        color: Theme.surface

        MouseArea {
            anchors.fill: parent
        }
        AppText {
            id: title

            anchors.left: parent.left
            anchors.leftMargin: Theme.gapLarge
            height: Theme.headerHeight
            text: panel.words === "" ? qsTr("Recall") : qsTr("Recall: %1").arg(panel.words)
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
        SearchKeys {
            id: keys

            anchors.top: title.bottom
            x: Theme.gap
            width: parent.width - 2 * Theme.gap
            onTyped: text => found.wanted += text
            onErased: found.wanted = found.wanted.slice(0, -1)
        }
        ClosedFooter {
            id: older

            anchors.bottom: parent.bottom
            x: Theme.gap
            width: parent.width - 2 * Theme.gap
            asked: panel.older
        }
        ListView {
            id: list

            anchors.top: keys.bottom
            anchors.topMargin: Theme.gapSmall
            anchors.bottom: older.top
            x: Theme.gap
            width: parent.width - 2 * Theme.gap
            spacing: Theme.gapSmall
            clip: true
            model: found
            boundsBehavior: Flickable.StopAtBounds
            currentIndex: -1
            highlightMoveDuration: 0
            delegate: ClosedOrder {
                width: list.width
                selected: ListView.isCurrentItem
                onRecallRequested: orderId => panel.recall(orderId)
                onCompleteRequested: orderId => panel.complete(orderId)
            }

            AppText {
                anchors.centerIn: parent
                visible: list.count === 0 && panel.older !== OlderList.Asking
                text: panel.words === "" ? qsTr("Nothing has left this board yet")
                                          : qsTr("Nothing found")
                color: Theme.textMuted
            }
        }
    }
}
