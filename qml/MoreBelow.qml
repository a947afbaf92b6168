// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Says that a list goes on where it cannot be seen.
Rectangle {
    height: words.implicitHeight + Theme.gapSmall
    color: Theme.caution

    AppText {
        id: words

        anchors.centerIn: parent
        text: qsTr("▼ more below, swipe up")
        color: Theme.onBright
        font.bold: true
    }
}
