// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

// The band a cook reads from across the kitchen: number, age, and how the order is served.
Rectangle {
    id: band

    required property string number
    required property string serviceText
    required property string place
    required property string coversText
    required property string dueText
    required property string statusText
    required property bool isNew
    required property bool priority
    required property bool recalled
    required property bool unsent
    required property string ageText
    required property int ageState

    readonly property bool late: ageState === TicketListModel.Late
    readonly property bool warning: ageState === TicketListModel.Warning
    readonly property color ink: warning ? Theme.onBright : "#ffffff"

    implicitHeight: column.implicitHeight + 2 * Theme.gapSmall
    color: late ? Theme.danger : warning ? Theme.caution : Theme.fresh

    Column {
        id: column

        x: Theme.gap
        y: Theme.gapSmall
        width: parent.width - 2 * Theme.gap
        spacing: Theme.gapTiny

        Item {
            width: parent.width
            height: Theme.px(42)

            AppText {
                anchors.left: parent.left
                anchors.right: age.left
                anchors.rightMargin: Theme.gapSmall
                anchors.verticalCenter: parent.verticalCenter
                text: band.number
                color: band.ink
                elide: Text.ElideRight
                font.pixelSize: Theme.textNumber
                font.bold: true
            }
            AppText {
                id: age

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: (band.late ? "▲ " : band.warning ? "◕ " : "") + band.ageText
                color: band.ink
                font.pixelSize: Theme.textTitle
                font.bold: true
            }
        }
        AppText {
            width: parent.width
            text: [band.serviceText, band.place, band.coversText, band.dueText]
                      .filter(part => part !== "").join("  ·  ")
            visible: text !== ""
            color: band.ink
            elide: Text.ElideRight
            maximumLineCount: 2
            wrapMode: Text.Wrap
            font.pixelSize: Theme.textBody
            font.bold: true
        }
        Flow {
            width: parent.width
            spacing: Theme.gapTiny

            Chip {
                label: (band.isNew ? "○ " : "◐ ") + band.statusText
                ink: "#ffffff"
                color: Theme.onBright
            }
            Chip {
                visible: band.late || band.warning
                label: band.late ? qsTr("▲ late") : qsTr("◕ hurry")
                ink: band.late ? "#ffffff" : Theme.caution
                color: Theme.onBright
            }
            Chip {
                visible: band.priority
                label: qsTr("★ rush")
                ink: Theme.onBright
                color: Theme.accent
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
                color: Theme.onBright
            }
        }
    }
}
