// SPDX-License-Identifier: Apache-2.0
import QtQuick

// START while nothing has begun, BUMP always.
Item {
    id: footer

    required property bool isNew
    signal bumpPressed()
    signal bumpClicked()
    signal startPressed()
    signal startClicked()

    implicitHeight: Theme.touch + 2 * Theme.gapSmall

    Row {
        anchors.fill: parent
        anchors.margins: Theme.gapSmall
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "startButton"
            visible: footer.isNew
            width: (parent.width - parent.spacing) * 0.42
            height: parent.height
            glyph: "▶"
            text: qsTr("START")
            outlined: true
            ink: Theme.info
            fontSize: Theme.textBody
            onPressed: footer.startPressed()
            onClicked: footer.startClicked()
        }
        ActionButton {
            objectName: "bumpButton"
            width: footer.isNew ? (parent.width - parent.spacing) * 0.58 : parent.width
            height: parent.height
            glyph: "✔"
            text: qsTr("BUMP")
            fill: Theme.good
            ink: Theme.onBright
            onPressed: footer.bumpPressed()
            onClicked: footer.bumpClicked()
        }
    }
}
