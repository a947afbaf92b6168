// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import CounterFire.Models

// Who and where, how much there is, whether it can be trusted, and the hub's time.
Rectangle {
    id: header

    required property KdsController controller
    signal nameTapped()
    readonly property bool cutOff: controller.link.state === LinkModel.Offline
                                   || controller.link.state === LinkModel.Refused

    // What this display is for; of the only one in a kitchen nothing but the restaurant's name.
    function place(): string {
        const role = controller.role === KdsController.Expo ? qsTr("Expo")
                     : controller.role === KdsController.Runner ? qsTr("Runner")
                     : controller.stationsText;
        const both = role !== "" && controller.restaurantName !== "";
        return both ? role + " · " + controller.restaurantName : role + controller.restaurantName;
    }

    implicitHeight: Theme.headerHeight
    color: cutOff ? Theme.dangerDeep : Theme.surface

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gapLarge
        anchors.rightMargin: Theme.gap
        spacing: Theme.gapLarge

        Rectangle {
            Layout.preferredWidth: Theme.px(6)
            Layout.fillHeight: true
            Layout.topMargin: Theme.gap
            Layout.bottomMargin: Theme.gap
            radius: width / 2
            color: Theme.accent
        }
        Column {
            objectName: "stationName"
            Layout.maximumWidth: header.width * 0.22
            Layout.leftMargin: -Theme.gapSmall

            TapHandler {
                onTapped: header.nameTapped()
            }
            AppText {
                width: Math.min(implicitWidth, header.width * 0.22)
                text: header.controller.stationName
                elide: Text.ElideRight
                font.pixelSize: Theme.textTitle
                font.bold: true
            }
            AppText {
                width: Math.min(implicitWidth, header.width * 0.22)
                visible: text !== ""
                text: header.place()
                elide: Text.ElideRight
                color: Theme.textMuted
                font.pixelSize: Theme.textSmall
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            Row {
                anchors.left: parent.left
                anchors.leftMargin: Theme.gapLarge
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.gapLarge * 1.5
                opacity: toast.visible ? 0 : 1

                CountTile {
                    value: header.controller.tickets.count
                    label: qsTr("open")
                }
                CountTile {
                    value: header.controller.tickets.lateCount
                    label: qsTr("late")
                    glyph: value > 0 ? "▲" : ""
                    ink: value > 0 ? Theme.dangerText : Theme.text
                }
                CountTile {
                    value: header.controller.tickets.pendingItems
                    label: qsTr("items to cook")
                }
            }
            UndoToast {
                id: toast

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                message: header.controller.undoText
                canUndo: header.controller.canUndo
                onUndoRequested: header.controller.undo()
                onDismissRequested: header.controller.dismissUndo()
            }
        }
        LinkBadge {
            link: header.controller.link
        }
        AppText {
            text: header.controller.clockText
            font.pixelSize: Theme.textNumber
            font.bold: true
        }
    }
}
