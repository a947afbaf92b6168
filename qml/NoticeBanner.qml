// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import CounterFire.Models

// What a cook must know before going on: a tap that had no effect, a ticket that was cancelled.
// Lies over the shelf, so that no ticket moves; stays until it was seen.
Rectangle {
    id: banner

    required property NoticeQueue notices
    signal dismissRequested()

    readonly property bool cancelled: notices.kind === NoticeQueue.Cancelled
    readonly property color ink: cancelled ? Theme.onBright : Theme.onStrong

    visible: notices.count > 0
    implicitHeight: Theme.bottomHeight
    color: cancelled ? Theme.caution : Theme.danger

    // Taps beside the button are not for what lies below.
    MouseArea {
        anchors.fill: parent
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gapLarge
        anchors.rightMargin: Theme.gap
        spacing: Theme.gap

        AppText {
            text: banner.cancelled ? "✕" : "⚠"
            color: banner.ink
            font.pixelSize: Theme.textHero
            font.bold: true
        }
        AppText {
            Layout.fillWidth: true
            text: banner.notices.text
            color: banner.ink
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
            font.pixelSize: Theme.textLarge
            font.bold: true
        }
        AppText {
            visible: banner.notices.count > 1
            text: qsTr("+%1 more").arg(banner.notices.count - 1)
            color: banner.ink
            font.bold: true
        }
        ActionButton {
            objectName: "noticeDismiss"
            Layout.preferredWidth: 2 * Theme.touch
            text: qsTr("OK")
            fill: Theme.badge
            ink: Theme.onStrong
            onClicked: banner.dismissRequested()
        }
    }
}
