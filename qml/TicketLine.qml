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

    signal toggled(lineId: string)

    readonly property bool done: lineState === TicketLinesModel.Ready
    readonly property bool voided: lineState === TicketLinesModel.Voided
    readonly property color ink: done || voided ? Theme.textDone : Theme.text
    // Not while it has just changed: a second tap in the same breath is a slip.
    readonly property bool settled: !settle.running
    property bool armed: true

    objectName: "line-" + lineId
    enabled: !voided
    focusPolicy: Qt.TabFocus
    implicitHeight: content.implicitHeight
    hoverEnabled: false
    onPressed: armed = settled
    onClicked: {
        if (armed)
            toggled(lineId);
    }
    onLineStateChanged: settle.restart()

    Timer {
        id: settle

        interval: Theme.settleMs
    }

    background: Rectangle {
        color: line.down ? Theme.cardRaised : "transparent"
        border.width: line.visualFocus ? 3 : 0
        border.color: Theme.text
    }

    Column {
        id: content

        width: parent.width

        Rectangle {
            visible: line.divider !== ""
            width: parent.width
            height: visible ? dividerText.implicitHeight + Theme.gapTiny : 0
            color: line.lateAddition ? Theme.infoDeep : Theme.surface

            AppText {
                id: dividerText

                anchors.verticalCenter: parent.verticalCenter
                leftPadding: Theme.gap
                text: (line.lateAddition ? "✚ " : "") + line.divider
                color: line.lateAddition ? Theme.info : Theme.textMuted
                font.pixelSize: Theme.textSmall
                font.bold: true
                font.capitalization: Font.AllUppercase
            }
        }
        Item {
            width: parent.width
            height: Math.max(Theme.px(44), texts.implicitHeight + Theme.gap)

            AppText {
                id: amount

                x: Theme.gap
                y: texts.y
                width: Math.max(Theme.px(36), implicitWidth + Theme.gapTiny)
                text: line.quantity + "×"
                color: line.done || line.voided ? Theme.textDone
                       : line.quantity > 1 ? Theme.accent : Theme.text
                font.pixelSize: Theme.textItem
                font.bold: true
                font.strikeout: line.voided
            }
            Column {
                id: texts

                x: amount.x + amount.width
                anchors.verticalCenter: parent.verticalCenter
                width: mark.x - x - Theme.gapTiny
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
                    text: qsTr("✕ voided, do not make")
                    color: Theme.dangerText
                    font.pixelSize: Theme.textSmall
                    font.bold: true
                }
                AppText {
                    visible: line.modifiers !== "" && !line.voided
                    width: parent.width
                    text: "› " + line.modifiers
                    color: line.done ? Theme.textDone : "#d9e2ee"
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
                    visible: line.allergens !== "" && !line.voided
                    width: Math.min(implicitWidth, parent.width)
                    allergens: line.allergens
                    opacity: line.done ? 0.6 : 1
                }
            }
            Row {
                id: mark

                x: parent.width - width - Theme.gapSmall
                y: texts.y - Theme.px(2)
                layoutDirection: Qt.RightToLeft
                spacing: Theme.gapTiny

                AppText {
                    id: state

                    text: line.voided ? "✕" : line.done ? "✔"
                          : line.lineState === TicketLinesModel.Started ? "◐" : "□"
                    color: line.voided ? Theme.dangerText : line.done ? Theme.good
                           : line.lineState === TicketLinesModel.Started ? Theme.info
                                                                         : Theme.outline
                    font.pixelSize: Theme.textLarge
                    font.bold: true
                }
                AppText {
                    anchors.verticalCenter: state.verticalCenter
                    visible: line.seat !== ""
                    width: Math.min(implicitWidth, Theme.px(48))
                    elide: Text.ElideRight
                    text: qsTr("S%1").arg(line.seat)
                    color: Theme.textMuted
                    font.pixelSize: Theme.textTiny
                }
            }
        }
    }
}
