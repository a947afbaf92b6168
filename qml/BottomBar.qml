// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import CounterFire.Models

// The shelf of ready orders, the way to closed ones, and the board's pages.
Rectangle {
    id: bar

    // The shelf has just moved up: a tap now was meant for the order that was there before.
    readonly property bool settled: !settle.running
    readonly property int unshown: controller.ready.count - first.limit
    required property KdsController controller
    required property int page
    required property int pageCount
    required property int beyond
    signal turned(by: int)
    signal closedRequested()
    signal allDayRequested()

    objectName: "bottomBar"
    implicitHeight: Theme.bottomHeight
    color: Theme.surface

    FirstRows {
        id: first

        source: bar.controller.ready
        limit: 40
    }
    Timer {
        id: settle

        interval: Theme.settleMs
    }
    Connections {
        target: bar.controller.ready

        function onRowsRemoved() {
            settle.restart();
        }
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gapLarge
        anchors.rightMargin: Theme.gap
        spacing: Theme.gap

        AlarmChip {
            Layout.preferredHeight: Theme.touch
            Layout.maximumWidth: bar.width * 0.45
            controller: bar.controller
        }
        Column {
            visible: bar.controller.hasShelf

            AppText {
                text: qsTr("READY")
                color: Theme.goodText
                font.pixelSize: Theme.textSmall
                font.bold: true
            }
            AppText {
                text: bar.controller.ready.count
                font.pixelSize: Theme.textTitle
                font.bold: true
            }
        }
        Flickable {
            id: shelf

            Layout.fillWidth: true
            Layout.preferredHeight: Theme.touch
            contentWidth: chips.width
            clip: true
            boundsBehavior: Flickable.StopAtBounds

            // Read from the right it stays where it is seen from there.
            property real fromRight: 0
            function stay() {
                if (LayoutMirroring.enabled)
                    contentX = contentWidth - width - fromRight;
            }
            onMovementEnded: fromRight = contentWidth - width - contentX
            onContentWidthChanged: stay()
            onWidthChanged: stay()

            Row {
                id: chips

                width: Math.max(implicitWidth, shelf.width)
                height: shelf.height
                spacing: Theme.gapSmall

                Repeater {
                    model: first.source ? first : null

                    ReadyChip {
                        height: shelf.height
                        onRecallRequested: orderId => {
                            if (bar.settled)
                                bar.controller.recall(orderId);
                        }
                        onCompleteRequested: orderId => {
                            if (bar.settled)
                                bar.controller.complete(orderId);
                        }
                    }
                }
                AppText {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: text !== ""
                    text: !bar.controller.hasShelf ? ""
                          : bar.unshown > 0 ? qsTr("+%1 more").arg(bar.unshown)
                          : bar.controller.ready.count === 0 ? qsTr("Nothing waiting for pickup")
                          : ""
                    color: Theme.textMuted
                }
            }
        }
        ActionButton {
            objectName: "allDayButton"
            glyph: "Σ"
            fontSize: Theme.textBody
            onClicked: bar.allDayRequested()
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
