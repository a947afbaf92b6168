// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Where another course begins, or what was added later. A course on hold is fired here.
Rectangle {
    id: divider

    required property string text
    required property bool lateAddition
    required property bool held
    signal fireRequested()

    height: !visible ? 0 : held ? Theme.touch : words.implicitHeight + Theme.gapTiny
    color: lateAddition ? Theme.infoDeep : Theme.surface

    AppText {
        id: words

        anchors.left: parent.left
        anchors.right: divider.held ? fire.left : parent.right
        anchors.verticalCenter: parent.verticalCenter
        leftPadding: Theme.gap
        text: (divider.lateAddition ? "✚ " : "") + divider.text
        color: divider.lateAddition ? Theme.infoText : Theme.textMuted
        elide: Text.ElideRight
        font.pixelSize: Theme.textSmall
        font.bold: true
        font.capitalization: Font.AllUppercase
    }
    ActionButton {
        id: fire

        objectName: "fireButton"
        visible: divider.held
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapTiny
        height: parent.height
        glyph: "▶"
        text: qsTr("FIRE")
        outlined: true
        compact: true
        ink: Theme.accentText
        fontSize: Theme.textBody
        onClicked: divider.fireRequested()
    }
}
