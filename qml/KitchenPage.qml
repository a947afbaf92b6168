// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

// The kitchen's one page. A scope: keys are its own also when the button that had the focus goes.
FocusScope {
    id: page

    required property KdsController controller
    readonly property bool cutOff: controller.link.state === LinkModel.Offline
                                   || controller.link.state === LinkModel.Refused

    readonly property int beyond: board.beyond // tickets on later pages

    objectName: "kitchenPage"
    focus: true
    LayoutMirroring.enabled: controller.look.rightToLeft
    LayoutMirroring.childrenInherit: true
    Keys.onPressed: event => {
        page.controller.alerts.acknowledge();
        const keys = page.controller.bumpBar.keys;
        if (keys.learning !== KeyMap.NoAction) {
            keys.learned(event.key, event.nativeScanCode);
            event.accepted = true;
            return;
        }
        const action = keys.actionOf(event.key, event.nativeScanCode);
        if (action === KeyMap.NoAction)
            return;
        event.accepted = true;
        if (!event.isAutoRepeat)
            page.press(action);
    }

    // What lies on top takes the key.
    function press(action: int) {
        if (keysPanel.open) {
            if (action === KeyMap.Close || action === KeyMap.Recall)
                keysPanel.open = false;
            return;
        }
        const panels = [closedPanel, moving, menu];
        for (const panel of panels) {
            if (panel.open)
                return panel.press(action);
        }
        if (allDay.open && !allDay.pinned) { // the tickets are not seen
            allDay.open = ![KeyMap.Close, KeyMap.Recall, KeyMap.AllDay].includes(action);
            return;
        }
        const closes = action === KeyMap.Close || action === KeyMap.Recall;
        if (closes && controller.notices.count > 0)
            controller.dismissNotice();
        else
            controller.bumpBar.press(action);
    }
    function askWhereTo(orderId: string, lineId: string, name: string) {
        moving.orderId = orderId;
        moving.lineId = lineId;
        moving.ask(qsTr("Move %1 to").arg(name), controller.stationsFor(orderId, lineId));
    }
    function askWhat(orderId: string, number: string) {
        menu.orderId = orderId;
        menu.ask(qsTr("Ticket %1").arg(number), [
            { id: "priority", name: qsTr("★ Rush, or in its turn") },
            { id: qsTr("Please come to the kitchen"), name: qsTr("✉ Come to the kitchen") },
            { id: qsTr("This order will be late"), name: qsTr("✉ Will be late") },
            { id: qsTr("Something of this order is out of stock"), name: qsTr("✉ Out of stock") }
        ]);
    }

    Binding { target: Theme; property: "mode"; value: page.controller.look.theme }
    Binding { target: Theme; property: "textScale"; value: page.controller.look.textScale }
    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }
    Connections {
        target: page.controller.bumpBar

        function onPageTurned(by) {
            board.turn(by);
        }
        function onRecallRequested() {
            closedPanel.open = true;
        }
        function onAllDayRequested() {
            allDay.open = !allDay.open;
        }
        function onMenuRequested(orderId, number) {
            page.askWhat(orderId, number);
        }
        function onMoveRequested(orderId, lineId, name) {
            page.askWhereTo(orderId, lineId, name);
        }
    }
    HeaderBar {
        id: header

        width: parent.width
        controller: page.controller
        onNameTapped: keysPanel.open = true
    }
    TicketBoard {
        id: board

        anchors.top: header.bottom
        anchors.bottom: bar.top
        anchors.left: parent.left
        anchors.margins: Theme.gap
        width: parent.width - 2 * Theme.gap - (allDay.open && allDay.pinned ? allDay.width : 0)
        controller: page.controller
        onLineHeld: (orderId, lineId, name) => {
            page.askWhereTo(orderId, lineId, name);
            if (!moving.open) // nowhere to move it: a slow tap
                page.controller.toggleLine(orderId, lineId);
        }
        onMenuRequested: (orderId, number) => page.askWhat(orderId, number)
    }
    BottomBar {
        id: bar

        anchors.bottom: parent.bottom
        width: parent.width
        controller: page.controller
        page: board.page
        pageCount: board.pageCount
        beyond: board.beyond
        onTurned: by => board.turn(by)
        onClosedRequested: closedPanel.open = true
        onAllDayRequested: allDay.open = !allDay.open
    }
    AllDayPanel {
        id: allDay

        anchors.right: parent.right
        anchors.top: header.bottom
        anchors.bottom: bar.top
        width: pinned ? Math.min(Theme.px(320), parent.width * 0.3) : parent.width
        items: page.controller.allDay
        station: page.controller.stationsText
        onPinToggled: pinned = !pinned
        onCloseRequested: open = false
    }
    // A frame around a board that is not the hub's: seen from anywhere in the kitchen.
    Rectangle {
        visible: page.cutOff
        anchors.fill: parent
        color: "transparent"
        border.width: Theme.px(5)
        border.color: Theme.danger
    }
    NoticeBanner {
        anchors.bottom: parent.bottom
        width: parent.width
        notices: page.controller.notices
        onDismissRequested: page.controller.dismissNotice()
    }
    ChoicePanel {
        id: moving

        property string orderId
        property string lineId

        objectName: "movePanel"
        anchors.fill: parent
        onChosen: id => page.controller.moveLine(orderId, lineId, id)
    }
    ChoicePanel {
        id: menu

        property string orderId

        objectName: "ticketMenu"
        anchors.fill: parent
        onChosen: id => {
            if (id === "priority")
                page.controller.togglePriority(orderId);
            else
                page.controller.tellFront(orderId, id);
        }
    }
    KeysPanel {
        id: keysPanel

        anchors.fill: parent
        bumpBar: page.controller.bumpBar
    }
    ClosedPanel {
        id: closedPanel

        anchors.fill: parent
        controller: page.controller
    }
    TouchWatch {
        anchors.fill: parent
        onTouched: page.controller.alerts.acknowledge()
    }
}
