// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import CounterFire.Models

// A station that nobody looks after: said where somebody can go and see.
Rectangle {
    id: chip

    required property KdsController controller

    visible: controller.alarmTitle !== ""
    implicitWidth: row.implicitWidth + 2 * Theme.gap
    radius: Theme.radius
    color: Theme.danger

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.gap
        anchors.rightMargin: Theme.gap
        spacing: Theme.gap

        AppText {
            text: "⚠"
            color: Theme.onStrong
            font.pixelSize: Theme.textTitle
            font.bold: true
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            AppText {
                objectName: "alarmTitle"
                Layout.fillWidth: true
                text: chip.controller.alarmTitle
                color: Theme.onStrong
                elide: Text.ElideRight
                font.pixelSize: Theme.textItem
                font.bold: true
            }
            AppText {
                Layout.fillWidth: true
                text: chip.controller.alarmDetail
                color: Theme.onStrong
                elide: Text.ElideRight
                font.pixelSize: Theme.textSmall
            }
        }
    }
}
