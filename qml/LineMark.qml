// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

// How far a line is, as a sign, and whose seat it is for.
Row {
    id: mark

    required property int lineState
    required property string seat
    readonly property bool done: lineState === TicketLinesModel.Ready
    readonly property bool voided: lineState === TicketLinesModel.Voided
    readonly property bool started: lineState === TicketLinesModel.Started

    layoutDirection: Qt.RightToLeft
    spacing: Theme.gapTiny

    AppText {
        id: state

        text: mark.voided ? "✕" : mark.done ? "✔" : mark.started ? "◐" : "□"
        color: mark.voided ? Theme.dangerText : mark.done ? Theme.goodText
               : mark.started ? Theme.infoText : Theme.outline
        font.pixelSize: Theme.textLarge
        font.bold: true
    }
    AppText {
        anchors.verticalCenter: state.verticalCenter
        visible: mark.seat !== ""
        width: Math.min(implicitWidth, Theme.px(48))
        elide: Text.ElideRight
        text: qsTr("S%1").arg(mark.seat)
        color: Theme.textMuted
        font.pixelSize: Theme.textTiny
    }
}
