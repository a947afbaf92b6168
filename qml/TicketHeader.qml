// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

// The band a cook reads from across the kitchen: number, age, and how the order is served.
Rectangle {
    id: band

    required property string number
    required property string servedText
    required property string statusText
    required property bool isNew
    required property bool priority
    required property bool recalled
    required property bool unsent
    required property string ageText
    required property int ageState
    required property bool isReady
    property string dueText
    property int slot: 0 // its number on the bump bar; 0: none to show
    signal tapped()

    readonly property bool late: ageState === TicketListModel.Late
    readonly property bool warning: ageState === TicketListModel.Warning
    readonly property bool statusFits: slotBadge.width + numberText.implicitWidth
                                       + status.implicitWidth + age.implicitWidth
                                       + 2 * Theme.gapSmall <= column.width
    readonly property color ink: warning && !isReady ? Theme.onBright : Theme.onStrong

    implicitHeight: column.implicitHeight + Theme.gap
    color: isReady ? Theme.readyBand : late ? Theme.danger : warning ? Theme.caution : Theme.fresh

    TapHandler {
        onTapped: band.tapped()
    }
    Column {
        id: column

        x: Theme.gap
        y: Theme.gap / 2
        width: parent.width - 2 * Theme.gap
        spacing: Theme.gapTiny

        Item {
            width: parent.width
            height: Theme.px(38 * Theme.textScale)

            SlotBadge {
                id: slotBadge

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                slot: band.slot
            }
            AppText {
                id: numberText

                anchors.left: slotBadge.right
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, column.width - slotBadge.width - age.implicitWidth
                                               - Theme.gapSmall)
                text: band.number
                color: band.ink
                elide: Text.ElideRight
                font.pixelSize: Theme.textNumber
                font.bold: true
            }
            StatusChip {
                id: status

                visible: band.statusFits
                anchors.left: numberText.right
                anchors.leftMargin: Theme.gapSmall
                anchors.verticalCenter: parent.verticalCenter
                isNew: band.isNew
                isReady: band.isReady
                statusText: band.statusText
            }
            AppText {
                id: age

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: (band.late ? "▲ " : band.warning ? "◕ " : "") + band.ageText
                color: band.ink
                font.pixelSize: Theme.textLarge
                font.bold: true
            }
        }
        Item {
            width: parent.width
            height: served.implicitHeight

            AppText {
                id: served

                anchors.left: parent.left
                anchors.right: hurry.left
                text: band.servedText
                color: band.ink
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
                font.bold: true
            }
            AppText {
                id: hurry

                anchors.right: parent.right
                leftPadding: text === "" ? 0 : Theme.gapSmall
                text: band.late ? qsTr("LATE") : band.warning ? qsTr("HURRY") : ""
                color: band.ink
                font.bold: true
            }
        }
        Flow {
            width: parent.width
            spacing: Theme.gapTiny

            StatusChip {
                visible: !band.statusFits
                isNew: band.isNew
                isReady: band.isReady
                statusText: band.statusText
            }
            Chip {
                visible: band.priority
                label: qsTr("★ rush")
                ink: Theme.onBright
                color: Theme.accent
            }
            Chip {
                visible: band.dueText !== ""
                label: "◷ " + band.dueText
                ink: Theme.onStrong
                color: Theme.badge
            }
            Chip {
                visible: band.recalled
                label: qsTr("↶ recalled")
                ink: Theme.onBright
                color: Theme.info
            }
            Chip {
                visible: band.unsent
                label: qsTr("↑ not sent yet")
                ink: Theme.caution
                color: Theme.badge
            }
        }
    }
}
