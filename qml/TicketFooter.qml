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

    implicitHeight: Theme.touch + Theme.gap

    Row {
        anchors.fill: parent
        anchors.margins: Theme.gap / 2
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "startButton"
            visible: footer.isNew
            width: (parent.width - parent.spacing) * 0.44
            height: parent.height
            glyph: "▶"
            text: qsTr("START")
            outlined: true
            compact: true
            ink: Theme.info
            fontSize: Theme.textBody
            onPressed: footer.startPressed()
            onClicked: footer.startClicked()
        }
        ActionButton {
            objectName: "bumpButton"
            width: footer.isNew ? (parent.width - parent.spacing) * 0.56 : parent.width
            height: parent.height
            glyph: "✔"
            text: qsTr("BUMP")
            compact: footer.isNew
            fontSize: footer.isNew ? Theme.textBody : Theme.textItem
            fill: Theme.good
            ink: Theme.onBright
            onPressed: footer.bumpPressed()
            onClicked: footer.bumpClicked()
        }
    }
}
