// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import CounterFire.Models

// One line of a ticket; a tap on it means "this one is done", or, when it was, "not after all".
T.AbstractButton {
    id: line

    required property string lineId
    required property string name
    required property int quantity
    required property string modifiers
    required property string note
    required property string allergens
    required property string seat
    required property int lineState
    required property string divider
    required property bool lateAddition
    required property string station
    required property bool unrouted
    required property bool held
    required property bool toConfirm
    required property int course
    required property string startText
    property bool showsStation: false
    property bool selected: false // by a key

    signal toggled(lineId: string)
    signal heldDown(lineId: string, name: string)
    signal courseToggled(course: int)

    readonly property bool done: lineState === TicketLinesModel.Ready
    readonly property bool voided: lineState === TicketLinesModel.Voided
    readonly property bool waits: held || startText !== "" // not to be begun yet
    readonly property color ink: done || voided || waits ? Theme.textDone : Theme.text
    // Not while it has just changed: a second tap in the same breath is a slip.
    readonly property bool settled: !settle.running
    property bool armed: true

    objectName: "line-" + lineId
    enabled: !voided || toConfirm
    focusPolicy: Qt.TabFocus
    implicitHeight: content.implicitHeight
    hoverEnabled: false
    onPressed: armed = settled
    onClicked: {
        if (armed)
            toggled(lineId);
    }
    onPressAndHold: {
        if (armed && !voided)
            heldDown(lineId, name);
    }
    onLineStateChanged: settle.restart()
    onToConfirmChanged: settle.restart()
    onQuantityChanged: { // it stands for other lines than before
        armed = false;
        settle.restart();
    }
    // Another line took its place: what is pressed now was meant for the one before.
    onLineIdChanged: {
        armed = false;
        settle.restart();
    }

    Timer {
        id: settle

        interval: Theme.settleMs
    }

    background: Rectangle {
        color: line.down || line.selected ? Theme.cardRaised : "transparent"
        border.width: line.visualFocus || line.selected ? 3 : 0
        border.color: Theme.text
    }

    Column {
        id: content

        width: parent.width

        CourseDivider {
            visible: line.divider !== ""
            width: parent.width
            text: line.divider
            lateAddition: line.lateAddition
            held: line.course > 0
            onFireRequested: line.courseToggled(line.course)
        }
        Item {
            width: parent.width
            height: Math.max(Theme.px(44), texts.implicitHeight + Theme.gap)

            AppText {
                id: amount

                anchors.left: parent.left
                anchors.leftMargin: Theme.gap
                y: texts.y
                width: Math.max(Theme.px(36), implicitWidth + Theme.gapTiny)
                text: line.quantity + "×"
                color: line.done || line.voided ? Theme.textDone
                       : line.quantity > 1 ? Theme.accentText : Theme.text
                font.pixelSize: Theme.textItem
                font.bold: true
                font.strikeout: line.voided
            }
            Column {
                id: texts

                anchors.left: amount.right
                anchors.right: mark.left
                anchors.rightMargin: Theme.gapTiny
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.px(2)

                AppText {
                    width: parent.width
                    text: line.name
                    color: line.ink
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.textItem
                    font.bold: !line.done && !line.voided
                    font.strikeout: line.voided
                }
                AppText {
                    visible: line.voided
                    width: parent.width
                    wrapMode: Text.Wrap
                    text: line.toConfirm ? qsTr("✕ voided, do not make: tap to confirm")
                                         : qsTr("✕ voided, do not make")
                    color: line.toConfirm ? Theme.cautionText : Theme.dangerText
                    font.pixelSize: Theme.textSmall
                    font.bold: true
                }
                AppText {
                    visible: line.showsStation && line.station !== "" && !line.voided
                    width: parent.width
                    elide: Text.ElideRight
                    text: "@ " + line.station
                    color: Theme.textMuted
                    font.pixelSize: Theme.textSmall
                }
                Chip {
                    anchors.left: parent.left
                    visible: line.startText !== ""
                    label: "◔ " + line.startText
                    ink: Theme.infoText
                    color: Theme.infoDeep
                }
                Chip {
                    anchors.left: parent.left
                    visible: line.unrouted && !line.voided
                    label: qsTr("? unrouted")
                    ink: Theme.onBright
                    color: Theme.caution
                }
                AppText {
                    visible: line.modifiers !== "" && !line.voided
                    width: parent.width
                    text: "› " + line.modifiers
                    color: line.done ? Theme.textDone : Theme.textSoft
                    wrapMode: Text.Wrap
                }
                TicketStrip {
                    visible: line.note !== "" && !line.voided
                    width: parent.width
                    glyph: "✎"
                    message: line.note
                    color: Theme.cautionDeep
                    opacity: line.done ? 0.6 : 1
                }
                AllergenTag {
                    anchors.left: parent.left
                    visible: line.allergens !== "" && !line.voided
                    width: Math.min(implicitWidth, parent.width)
                    allergens: line.allergens
                    toConfirm: line.toConfirm
                    opacity: line.done ? 0.6 : 1
                }
            }
            LineMark {
                id: mark

                anchors.right: parent.right
                anchors.rightMargin: Theme.gapSmall
                y: texts.y - Theme.px(2)
                lineState: line.lineState
                seat: line.seat
            }
        }
    }
}
