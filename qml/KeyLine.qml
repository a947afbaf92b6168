// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

// One action, its keys, and how to change them.
Rectangle {
    id: line

    required property int action
    required property string name
    required property KeyMap keys
    readonly property bool learning: keys.learning === action
    property string keyNames

    radius: Theme.radiusSmall
    color: learning ? Theme.cautionDeep : Theme.card
    Component.onCompleted: keyNames = keys.keysOf(action)

    Connections {
        target: line.keys

        function onChanged() {
            line.keyNames = line.keys.keysOf(line.action);
        }
    }
    Column {
        anchors.left: parent.left
        anchors.leftMargin: Theme.gap
        anchors.right: buttons.left
        anchors.verticalCenter: parent.verticalCenter

        AppText {
            width: parent.width
            text: line.name
            elide: Text.ElideRight
            font.bold: true
        }
        AppText {
            width: parent.width
            text: line.learning ? qsTr("press a key …")
                  : line.keyNames === "" ? qsTr("no key") : line.keyNames
            color: line.learning || line.keyNames === "" ? Theme.cautionText : Theme.textMuted
            elide: Text.ElideRight
            font.pixelSize: Theme.textSmall
        }
    }
    Row {
        id: buttons

        anchors.right: parent.right
        height: parent.height
        spacing: Theme.gapTiny

        ActionButton {
            objectName: "learn-" + line.action
            height: parent.height
            text: line.learning ? qsTr("CANCEL") : qsTr("LEARN")
            fontSize: Theme.textSmall
            onClicked: {
                if (line.learning)
                    line.keys.stopLearning();
                else
                    line.keys.learn(line.action);
            }
        }
        ActionButton {
            objectName: "forget-" + line.action
            height: parent.height
            glyph: "✕"
            fill: "transparent"
            ink: Theme.textMuted
            onClicked: line.keys.forget(line.action)
        }
    }
}
