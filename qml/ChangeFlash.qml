// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Flares up a few times where something has changed, and is gone.
Rectangle {
    id: flash

    property alias running: flare.running

    function restart() {
        flare.restart();
    }

    visible: flare.running
    color: Theme.caution
    opacity: 0

    SequentialAnimation {
        id: flare

        loops: 4

        NumberAnimation {
            target: flash
            property: "opacity"
            to: 0.55
            duration: Theme.moveMs
        }
        NumberAnimation {
            target: flash
            property: "opacity"
            to: 0
            duration: 2 * Theme.moveMs
        }
    }
}
