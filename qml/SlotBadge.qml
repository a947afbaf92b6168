// SPDX-License-Identifier: Apache-2.0
import QtQuick

// The key of the bump bar that names a ticket.
Item {
    id: badge

    required property int slot

    visible: slot > 0
    width: visible ? box.width + Theme.gapSmall : 0
    height: box.height

    Rectangle {
        id: box

        width: Math.max(text.implicitWidth + Theme.gapSmall, Theme.px(28))
        height: Theme.px(30)
        radius: Theme.radiusSmall
        color: Theme.onStrong

        AppText {
            id: text

            anchors.centerIn: parent
            text: badge.slot > 9 ? "0" + (badge.slot - 10) : badge.slot
            color: Theme.badge
            font.pixelSize: Theme.textItem
            font.bold: true
        }
    }
}
