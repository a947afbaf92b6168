// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Orders come from anywhere: never let a name be read as markup.
Text {
    color: Theme.text
    font.family: Theme.family
    font.pixelSize: Theme.textBody
    textFormat: Text.PlainText
    horizontalAlignment: Text.AlignLeft // said, so that it is mirrored
    verticalAlignment: Text.AlignVCenter
}
