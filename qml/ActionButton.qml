// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

// A button a gloved finger can hit: glyph and word, filled or outlined.
T.AbstractButton {
    id: control

    property string glyph
    property color fill: Theme.cardRaised
    property color ink: Theme.text
    property bool outlined: false
    property bool compact: false // little room beside the words
    readonly property real wordsWidth: row.implicitWidth
    property int fontSize: Theme.textItem

    implicitHeight: Theme.touch
    implicitWidth: Math.max(Theme.touch, row.implicitWidth + 2 * Theme.gap)
    focusPolicy: Qt.TabFocus
    hoverEnabled: false

    background: Rectangle {
        radius: Theme.radiusSmall
        color: control.outlined ? (control.down ? Theme.cardRaised : "transparent")
                                : (control.down ? Qt.lighter(control.fill, 1.25) : control.fill)
        border.width: control.visualFocus ? 3 : (control.outlined ? 2 : 0)
        border.color: control.visualFocus ? Theme.text : control.ink
    }

    Row {
        id: row

        anchors.centerIn: parent
        spacing: control.compact ? Theme.gapTiny : Theme.gapSmall

        AppText {
            anchors.verticalCenter: parent.verticalCenter
            visible: control.glyph !== ""
            text: control.glyph
            color: control.enabled ? control.ink : Theme.textDone
            font.pixelSize: control.fontSize + 4
            font.bold: true
        }
        AppText {
            anchors.verticalCenter: parent.verticalCenter
            visible: control.text !== ""
            text: control.text
            color: control.enabled ? control.ink : Theme.textDone
            font.pixelSize: control.fontSize
            font.bold: true
            font.letterSpacing: control.compact ? 0 : 0.5
        }
    }
}
