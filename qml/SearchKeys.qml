// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick

// Keys on the screen for looking something up: numbers, and at a touch letters.
Column {
    id: keys

    property bool letters: false
    // Digits and Latin letters stand in their own order, whatever is read around them.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    signal typed(text: string)
    signal erased()

    readonly property int inARow: letters ? 10 : 6
    readonly property var characters: letters ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("")
                                              : "1234567890".split("")

    Grid {
        width: parent.width
        columns: keys.inARow
        spacing: Theme.gapTiny

        Repeater {
            model: keys.characters.concat([keys.letters ? "123" : "ABC", "⌫"])

            ActionButton {
                required property string modelData

                objectName: "search-" + modelData
                width: (keys.width - (keys.inARow - 1) * Theme.gapTiny) / keys.inARow
                height: Theme.touch
                text: modelData
                onClicked: {
                    if (modelData === "⌫")
                        keys.erased();
                    else if (modelData.length > 1)
                        keys.letters = !keys.letters;
                    else
                        keys.typed(modelData);
                }
            }
        }
    }
}
