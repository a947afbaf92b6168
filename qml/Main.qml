// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

Window {
    id: window

    required property KdsController controller

    title: qsTr("CounterFire: %1").arg(controller.stationName)
    color: Theme.background

    Binding {
        target: Theme
        property: "windowWidth"
        value: window.width
    }
    Binding {
        target: Theme
        property: "pixelsPerMm"
        value: window.screen ? page.Screen.pixelDensity : 3.78
    }
    KitchenPage {
        id: page

        anchors.fill: parent
        controller: window.controller
    }
}
