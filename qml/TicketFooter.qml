// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

// START while nothing has begun; beside it what is to be done with the ticket on this display.
Item {
    id: footer

    required property bool canStart
    required property int action
    signal bumpPressed()
    signal bumpClicked()
    signal startPressed()
    signal startClicked()

    readonly property bool waits: action === TicketListModel.Wait
    readonly property bool compact: canStart || action !== TicketListModel.Bump

    implicitHeight: Theme.touch + Theme.gap

    function words(): string {
        switch (action) {
        case TicketListModel.AcknowledgeAllergens:
            return qsTr("ALLERGENS SEEN");
        case TicketListModel.AcknowledgeVoids:
            return qsTr("VOID SEEN");
        case TicketListModel.FireCourse:
            return qsTr("FIRE NEXT COURSE");
        case TicketListModel.Wait:
            return qsTr("COOKING");
        case TicketListModel.HandOut:
            return qsTr("HAND OUT");
        }
        return qsTr("BUMP");
    }
    function sign(): string {
        switch (action) {
        case TicketListModel.AcknowledgeAllergens:
            return "⚠";
        case TicketListModel.AcknowledgeVoids:
            return "✕";
        case TicketListModel.FireCourse:
            return "▶";
        case TicketListModel.Wait:
            return "◔";
        }
        return "✔";
    }
    function paint(): color {
        switch (action) {
        case TicketListModel.AcknowledgeAllergens:
            return Theme.allergen;
        case TicketListModel.AcknowledgeVoids:
            return Theme.caution;
        case TicketListModel.FireCourse:
            return Theme.accent;
        case TicketListModel.Wait:
            return Theme.cardRaised;
        case TicketListModel.HandOut:
            return Theme.info;
        }
        return Theme.good;
    }

    Row {
        anchors.fill: parent
        anchors.margins: Theme.gap / 2
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "startButton"
            visible: footer.canStart
            width: (parent.width - parent.spacing) * 0.44
            height: parent.height
            glyph: "▶"
            text: qsTr("START")
            outlined: true
            compact: true
            ink: Theme.infoText
            fontSize: Theme.textBody
            onPressed: footer.startPressed()
            onClicked: footer.startClicked()
        }
        ActionButton {
            objectName: "bumpButton"
            width: footer.canStart ? (parent.width - parent.spacing) * 0.56 : parent.width
            height: parent.height
            glyph: footer.sign()
            text: footer.words()
            compact: footer.compact
            fontSize: footer.compact ? Theme.textBody : Theme.textItem
            fill: footer.paint()
            ink: footer.waits ? Theme.textMuted : Theme.onBright
            onPressed: footer.bumpPressed()
            onClicked: footer.bumpClicked()
        }
    }
}
