// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import CounterFire.Models

// A question over the board, and its answers as large buttons.
Item {
    id: panel

    property bool open: false
    property string title
    property var choices: [] // {id, name}
    signal chosen(id: string)

    objectName: "choicePanel"
    visible: open

    property int current: -1 // by the keys

    function ask(question: string, answers: var) {
        title = question;
        choices = answers;
        current = -1;
        open = answers.length > 0;
    }

    function choose(at: int) {
        if (at < 0 || at >= choices.length)
            return;
        open = false;
        chosen(choices[at].id);
    }
    function press(action: int) {
        if (action > KeyMap.Digit0 && action <= KeyMap.Digit9)
            choose(action - KeyMap.Digit1);
        else if (action === KeyMap.Next)
            current = Math.min(choices.length - 1, current + 1);
        else if (action === KeyMap.Previous)
            current = Math.max(0, current - 1);
        else if (action === KeyMap.Bump)
            choose(current);
        else
            open = false;
    }

    Rectangle {
        anchors.fill: parent
        color: "#000000"
        opacity: 0.6

        MouseArea {
            anchors.fill: parent
            onClicked: panel.open = false
        }
    }
    Rectangle {
        anchors.centerIn: parent
        width: Math.min(panel.width - 2 * Theme.gapLarge, Theme.px(760))
        height: content.implicitHeight + 2 * Theme.gapLarge
        radius: Theme.radius
        color: Theme.surface
        border.width: 2
        border.color: Theme.outline

        MouseArea {
            anchors.fill: parent
        }
        Column {
            id: content

            x: Theme.gapLarge
            y: Theme.gapLarge
            width: parent.width - 2 * Theme.gapLarge
            spacing: Theme.gap

            Item {
                width: parent.width
                height: Theme.touch

                AppText {
                    anchors.left: parent.left
                    anchors.right: close.left
                    anchors.verticalCenter: parent.verticalCenter
                    text: panel.title
                    elide: Text.ElideRight
                    font.pixelSize: Theme.textLarge
                    font.bold: true
                }
                ActionButton {
                    id: close

                    objectName: "choiceClose"
                    anchors.right: parent.right
                    glyph: "✕"
                    onClicked: panel.open = false
                }
            }
            Grid {
                id: grid

                columns: panel.choices.length > 1 ? 2 : 1
                spacing: Theme.gap
                width: parent.width

                Repeater {
                    model: panel.choices

                    ActionButton {
                        required property var modelData
                        required property int index

                        objectName: "choice-" + modelData.id
                        width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                        height: Theme.touch * 1.2
                        text: modelData.name
                        outlined: index === panel.current
                        ink: Theme.text
                        onClicked: panel.choose(index)
                    }
                }
            }
        }
    }
}
