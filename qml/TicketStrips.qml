// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick

// What is said of a ticket as a whole: what other stations still cook, messages, notes.
Column {
    id: strips

    required property list<string> notes
    required property list<string> messages
    required property string elsewhere

    AppText {
        visible: text !== ""
        width: strips.width
        leftPadding: Theme.gap
        rightPadding: Theme.gap
        topPadding: Theme.gapTiny
        bottomPadding: Theme.gapTiny
        text: strips.elsewhere
        color: Theme.textMuted
        wrapMode: Text.Wrap
        font.pixelSize: Theme.textSmall
        font.bold: true
    }
    Repeater {
        model: strips.messages

        TicketStrip {
            required property string modelData

            width: strips.width
            glyph: "✉"
            message: modelData
            ink: Theme.infoText
            color: Theme.infoDeep
        }
    }
    Repeater {
        model: strips.notes

        TicketStrip {
            required property string modelData

            width: strips.width
            glyph: "✎"
            message: modelData
            color: Theme.cautionDeep
        }
    }
}
