// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

// The connection, in colour, sign and words. Only a proven board looks healthy.
Rectangle {
    id: badge

    required property LinkModel link

    readonly property bool live: link.state === LinkModel.Live
    readonly property bool catchingUp: link.state === LinkModel.CatchingUp
                                       || link.state === LinkModel.Impaired
    readonly property color ink: live ? Theme.goodText
                                  : catchingUp ? Theme.onBright : Theme.onStrong

    implicitWidth: row.implicitWidth + 2 * Theme.gap
    implicitHeight: Theme.headerHeight - 2 * Theme.gapSmall
    radius: Theme.radius
    color: live ? Theme.goodDeep : catchingUp ? Theme.caution : Theme.danger

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.gapSmall

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            text: badge.live ? "●" : badge.catchingUp ? "⟳" : "⚠"
            color: badge.ink
            font.pixelSize: badge.live ? Theme.textBody : Theme.textTitle
            font.bold: true
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter

            AppText {
                text: badge.link.text
                color: badge.ink
                font.pixelSize: Theme.textBody
                font.bold: true
            }
            AppText {
                visible: text !== ""
                text: badge.link.detail
                color: badge.live ? Theme.text : badge.ink
                font.pixelSize: Theme.textSmall
            }
        }
    }
}
