// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

// Below what was found: whether the hub has been asked for what this display does not remember.
Item {
    id: footer

    property int asked: OlderList.Idle

    readonly property string words: {
        if (asked === OlderList.Asking)
            return qsTr("Asking the hub for older ones…");
        return asked === OlderList.Failed
            ? qsTr("The hub does not answer: only the last ones are here") : "";
    }

    implicitHeight: words === "" ? 0 : Theme.touch

    AppText {
        objectName: "closedFooter"
        anchors.centerIn: parent
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        visible: footer.words !== ""
        text: footer.words
        color: footer.asked === OlderList.Failed ? Theme.cautionText : Theme.textMuted
    }
}
