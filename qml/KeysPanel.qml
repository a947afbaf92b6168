// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import CounterFire.Models

// The keys of this display's keyboard or bump bar: what each action's keys are, a way to teach it
// another, and the makers' templates.
Item {
    id: panel

    required property BumpBar bumpBar
    property bool open: false
    readonly property KeyMap keys: bumpBar.keys
    readonly property bool learning: keys.learning !== KeyMap.NoAction

    objectName: "keysPanel"
    visible: open
    onOpenChanged: keys.stopLearning()

    readonly property list<QtObject> rows: [
        KeyRow { action: KeyMap.Bump; name: qsTr("Bump, choose") },
        KeyRow { action: KeyMap.Recall; name: qsTr("Recall, close") },
        KeyRow { action: KeyMap.Undo; name: qsTr("Undo") },
        KeyRow { action: KeyMap.Start; name: qsTr("Start") },
        KeyRow { action: KeyMap.Next; name: qsTr("Next ticket or line") },
        KeyRow { action: KeyMap.Previous; name: qsTr("Previous ticket or line") },
        KeyRow { action: KeyMap.ItemMode; name: qsTr("Lines of the ticket") },
        KeyRow { action: KeyMap.Menu; name: qsTr("Ticket menu, move a line") },
        KeyRow { action: KeyMap.NextPage; name: qsTr("Next page") },
        KeyRow { action: KeyMap.PreviousPage; name: qsTr("Previous page") },
        KeyRow { action: KeyMap.AllDay; name: qsTr("All-day") },
        KeyRow { action: KeyMap.Close; name: qsTr("Close") }
    ]

    Rectangle {
        anchors.fill: parent
        color: Theme.surface

        MouseArea {
            anchors.fill: parent
        }
    }
    AppText {
        id: title

        anchors.left: parent.left
        anchors.leftMargin: Theme.gapLarge
        height: Theme.headerHeight
        text: panel.learning ? qsTr("Press the key") : qsTr("Keys")
        color: panel.learning ? Theme.cautionText : Theme.text
        font.pixelSize: Theme.textTitle
        font.bold: true
    }
    ActionButton {
        objectName: "keysClose"
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: title.verticalCenter
        glyph: "✕"
        onClicked: panel.open = false
    }
    Flow {
        id: choices

        anchors.top: title.bottom
        x: Theme.gapLarge
        width: parent.width - 2 * Theme.gapLarge
        spacing: Theme.gap

        Repeater {
            model: [{ id: "keyboard", name: qsTr("Keyboard") },
                    { id: "keys20", name: qsTr("20-key bump bar") },
                    { id: "kb9000", name: qsTr("KB9000") }]

            ActionButton {
                required property var modelData

                objectName: "template-" + modelData.id
                text: modelData.name
                glyph: panel.keys.templateName === modelData.id ? "✔" : ""
                fontSize: Theme.textBody
                onClicked: panel.keys.useTemplate(modelData.id)
            }
        }
        ActionButton {
            objectName: "digitsBump"
            text: qsTr("A digit bumps at once")
            glyph: panel.bumpBar.digitsBump ? "✔" : "□"
            outlined: true
            ink: Theme.text
            fontSize: Theme.textBody
            onClicked: panel.bumpBar.digitsBump = !panel.bumpBar.digitsBump
        }
        ActionButton {
            objectName: "bumpGuard"
            text: qsTr("Guard against double bumps")
            glyph: panel.bumpBar.guard ? "✔" : "□"
            outlined: true
            ink: Theme.text
            fontSize: Theme.textBody
            onClicked: panel.bumpBar.guard = !panel.bumpBar.guard
        }
    }
    GridView {
        id: grid

        anchors.top: choices.bottom
        anchors.topMargin: Theme.gap
        anchors.bottom: parent.bottom
        x: Theme.gapLarge
        width: parent.width - 2 * Theme.gapLarge
        clip: true
        cellWidth: width / Math.max(1, Math.floor(width / Theme.px(460)))
        cellHeight: Theme.touch + Theme.gap
        model: panel.rows
        boundsBehavior: Flickable.StopAtBounds
        delegate: KeyLine {
            required property KeyRow modelData

            width: grid.cellWidth - Theme.gap
            height: Theme.touch
            action: modelData.action
            name: modelData.name
            keys: panel.keys
        }
    }
}
