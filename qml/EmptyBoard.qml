// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

// No tickets: either there is nothing to cook, and that is proven, or this screen does not know.
Column {
    id: empty

    required property LinkModel link
    property int role: KdsController.Prep
    property string stations
    readonly property bool live: link.state === LinkModel.Live
    readonly property bool catchingUp: link.state === LinkModel.CatchingUp

    function nothing(): string {
        if (role === KdsController.Runner)
            return qsTr("Nothing to take out");
        return stations === "" ? qsTr("No open orders") : qsTr("Nothing for %1").arg(stations);
    }

    spacing: Theme.gap

    AppText {
        anchors.horizontalCenter: parent.horizontalCenter
        text: empty.live ? "✔" : empty.catchingUp ? "⟳" : "⚠"
        color: empty.live ? Theme.goodText : empty.catchingUp ? Theme.cautionText : Theme.dangerText
        font.pixelSize: Theme.px(96)
    }
    AppText {
        anchors.horizontalCenter: parent.horizontalCenter
        text: empty.live ? empty.nothing()
              : empty.catchingUp ? qsTr("Catching up with the hub") : qsTr("Not connected")
        font.pixelSize: Theme.textHero
        font.bold: true
    }
    AppText {
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(implicitWidth, Theme.px(760))
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        text: empty.live ? qsTr("Proven equal to the hub %1 ago").arg(empty.link.agoText)
              : empty.catchingUp ? qsTr("Orders may still be on their way")
              : empty.link.provenText === ""
                ? qsTr("This screen has not reached the hub yet: orders may be waiting")
                : qsTr("There may be new orders since %1. Ask the counter.")
                      .arg(empty.link.provenText)
        color: Theme.textMuted
        font.pixelSize: Theme.textLarge
    }
}
