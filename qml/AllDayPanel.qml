// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import CounterFire.Models

// What is still to be cooked, by item. Pinned beside the board, or over all of it.
Rectangle {
    id: panel

    required property AllDayModel items
    required property string station // empty: there is only one
    property bool open: false
    property bool pinned: false
    signal pinToggled()
    signal closeRequested()

    objectName: "allDayPanel"
    visible: open
    color: Theme.surface

    Binding {
        target: panel.items
        property: "watched"
        value: panel.open
    }
    MouseArea {
        anchors.fill: parent
    }
    Item {
        id: head

        x: Theme.gap
        width: parent.width - 2 * Theme.gap
        height: Theme.headerHeight

        AppText {
            anchors.left: parent.left
            anchors.right: buttons.left
            anchors.verticalCenter: parent.verticalCenter
            text: panel.pinned ? panel.items.total
                               : qsTr("All-day: %1 items").arg(panel.items.total)
            elide: Text.ElideRight
            font.pixelSize: Theme.textTitle
            font.bold: true
        }
        Row {
            id: buttons

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gapTiny

            ActionButton {
                objectName: "allDayWhose"
                visible: panel.station !== ""
                compact: panel.pinned
                text: panel.items.wholeKitchen ? qsTr("ALL") : panel.station
                fontSize: Theme.textBody
                onClicked: panel.items.wholeKitchen = !panel.items.wholeKitchen
            }
            ActionButton {
                objectName: "allDayPin"
                glyph: panel.pinned ? "⤢" : "⇥"
                onClicked: panel.pinToggled()
            }
            ActionButton {
                objectName: "allDayClose"
                glyph: "✕"
                onClicked: panel.closeRequested()
            }
        }
    }
    GridView {
        id: grid

        readonly property int columns: Math.max(1, Math.floor(width / Theme.px(400)))

        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        x: Theme.gap
        width: parent.width - 2 * Theme.gap
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        cellWidth: width / columns
        cellHeight: Theme.px(84)
        model: panel.items
        delegate: AllDayRow {
            width: grid.cellWidth - (grid.columns > 1 ? Theme.gap : 0)
            height: grid.cellHeight - Theme.gapSmall
        }

        AppText {
            anchors.centerIn: parent
            visible: grid.count === 0
            text: qsTr("Nothing to cook")
            color: Theme.textMuted
            font.pixelSize: Theme.textLarge
        }
    }
}
