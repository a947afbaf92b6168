// SPDX-License-Identifier: Apache-2.0
import QtQuick

// One item: how many are to be cooked, how many of them are on the fire, and in which ways.
Rectangle {
    id: row

    required property string name
    required property int total
    required property int started
    required property string modifiers

    objectName: "allDay-" + name
    radius: Theme.radiusSmall
    color: Theme.card

    AppText {
        id: number

        anchors.left: parent.left
        anchors.leftMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(Theme.px(52), implicitWidth)
        text: row.total
        color: Theme.accentText
        font.pixelSize: Theme.textNumber
        font.bold: true
    }
    Column {
        anchors.left: number.right
        anchors.leftMargin: Theme.gapSmall
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapSmall
        anchors.verticalCenter: parent.verticalCenter

        AppText {
            width: parent.width
            text: row.name
            elide: Text.ElideRight
            font.pixelSize: Theme.textItem
            font.bold: true
        }
        AppText {
            visible: text !== ""
            width: parent.width
            text: (row.started > 0 ? qsTr("◐ %1 cooking").arg(row.started) : "")
                  + (row.started > 0 && row.modifiers !== "" ? " · " : "") + row.modifiers
            color: Theme.textMuted
            elide: Text.ElideRight
            font.pixelSize: Theme.textSmall
        }
    }
}
