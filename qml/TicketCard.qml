// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import CounterFire.Models
import CounterFire.Ui

// One ticket, as tall as what it says; where that is more than the board it is wider instead. Only
// an order for a whole feast scrolls, and says so. Emits wishes only.
Item {
    id: card

    required property string orderId
    required property string number
    required property string servedText
    required property list<string> notes
    required property list<string> messages
    required property string statusText
    required property bool isNew
    required property bool priority
    required property bool recalled
    required property bool isReady
    required property bool canStart
    required property int action
    required property string elsewhereText
    required property string dueText
    required property bool showsStations
    required property bool unsent
    required property TicketLinesModel lines
    required property string ageText
    required property int ageState
    required property int index
    required property BumpBar bumpBar
    required property int firstOnPage
    required property real columnWidth
    required property real gap
    required property int maximumSpan
    required property real maximumHeight
    required property real cellHeight // of a grid; 0: as tall as what it says

    signal startRequested(orderId: string)
    signal bumpRequested(orderId: string, seenLines: var, action: int)
    signal lineToggled(orderId: string, lineId: string)
    signal lineHeld(orderId: string, lineId: string, name: string)
    signal courseToggled(orderId: string, course: int)
    signal menuRequested(orderId: string, number: string)

    // In a grid: wide first, and only then more than one cell high.
    readonly property int cells: cellHeight <= 0 || body.span < maximumSpan ? 1
        : Math.max(1, Math.min(Math.ceil((implicitHeight + gap) / (cellHeight + gap) - 0.01),
                               Math.round((maximumHeight + gap) / (cellHeight + gap))))
    property bool placed: false // set by the layout once it has found a place
    // False for a moment after it moved: a tap then was meant for what was here before.
    readonly property bool settled: placed && !settle.running
    property bool armed: false
    readonly property bool selected: bumpBar.selectedOrder === orderId
    readonly property int slot: bumpBar.used && index >= firstOnPage && index < firstOnPage + 19
                                ? index - firstOnPage + 1 : 0
    property list<string> seenLines: []
    property int seenAction: action

    objectName: "ticket-" + number
    readonly property bool flashing: flash.running
    opacity: placed ? 1 : 0
    width: body.span * (columnWidth + gap) - gap
    implicitHeight: header.height + strips.height + body.contentHeight + footer.height
    height: cellHeight > 0 ? cellHeight + (cells - 1) * (cellHeight + gap)
                           : Math.min(implicitHeight, maximumHeight)
    onXChanged: settle.restart()
    onYChanged: settle.restart()
    onActionChanged: settle.restart() // nor when its button has come to mean something else

    function arm() {
        armed = settled;
        seenLines = lines.pendingIds();
        seenAction = action;
    }

    // What is new on a ticket that is already being cooked must be seen.
    Connections {
        target: card.lines
        enabled: card.placed

        function onRowsInserted() { flash.restart(); }
        function onVoided() { flash.restart(); }
        function onDue() { flash.restart(); }
    }
    Timer {
        id: settle

        interval: Theme.settleMs
    }
    Behavior on x {
        enabled: card.placed
        NumberAnimation { duration: Theme.moveMs; easing.type: Easing.OutCubic }
    }
    Behavior on y {
        enabled: card.placed
        NumberAnimation { duration: Theme.moveMs; easing.type: Easing.OutCubic }
    }
    Behavior on opacity { NumberAnimation { duration: Theme.moveMs } }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusSmall
        color: Theme.card
        border.width: 1
        border.color: Theme.outline
    }
    TicketHeader {
        id: header

        width: parent.width
        number: card.number
        servedText: card.servedText
        statusText: card.statusText
        isNew: card.isNew
        priority: card.priority
        recalled: card.recalled
        unsent: card.unsent
        ageText: card.ageText
        ageState: card.ageState
        isReady: card.isReady
        dueText: card.dueText
        slot: card.slot
        onTapped: {
            if (card.settled)
                card.menuRequested(card.orderId, card.number);
        }
    }
    TicketStrips {
        id: strips

        anchors.top: header.bottom
        width: parent.width
        notes: card.notes
        messages: card.messages
        elsewhere: card.elsewhereText === "" ? ""
                   : card.showsStations ? "◔ " + card.elsewhereText
                                        : qsTr("◔ elsewhere: %1").arg(card.elsewhereText)
    }
    TicketLines {
        id: body

        anchors.top: strips.bottom
        anchors.bottom: footer.top
        width: parent.width
        lines: card.lines
        columnWidth: card.columnWidth
        gap: card.gap
        maximumSpan: card.maximumSpan
        // Reckoned without the header's and the notes' own heights, which follow the width.
        budget: (card.cellHeight > 0 ? card.cellHeight : card.maximumHeight) - footer.height
                - Theme.px(Theme.textScale * (92 + (card.elsewhereText === "" ? 0 : 26)
                                              + 30 * (card.notes.length + card.messages.length)))
        showsStations: card.showsStations
        selectedLine: card.selected ? card.bumpBar.selectedLine : ""
        onLineToggled: lineId => {
            if (card.settled)
                card.lineToggled(card.orderId, lineId);
        }
        onLineHeld: (lineId, name) => card.lineHeld(card.orderId, lineId, name)
        onCourseToggled: course => {
            if (card.settled)
                card.courseToggled(card.orderId, course);
        }
    }
    Rectangle {
        visible: card.selected || card.priority
        anchors.fill: parent
        anchors.margins: card.selected ? -Theme.gapTiny : 0
        radius: card.selected ? Theme.radiusSmall : 0
        color: "transparent"
        border.width: card.selected ? Theme.px(6) : 4
        border.color: card.selected ? Theme.text : Theme.accent
    }
    ChangeFlash {
        id: flash

        anchors.fill: parent
    }
    TicketFooter {
        id: footer

        anchors.bottom: parent.bottom
        width: parent.width
        canStart: card.canStart
        action: card.action
        onBumpPressed: card.arm()
        onStartPressed: card.arm()
        onBumpClicked: {
            if (card.armed)
                card.bumpRequested(card.orderId, card.seenLines, card.seenAction);
        }
        onStartClicked: {
            if (card.armed)
                card.startRequested(card.orderId);
        }
    }
}
