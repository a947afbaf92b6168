// SPDX-License-Identifier: Apache-2.0
import QtQuick
import CounterFire.Models

// The kitchen's one page.
Rectangle {
    id: page

    required property KdsController controller
    readonly property bool cutOff: controller.link.state === LinkModel.Offline
                                   || controller.link.state === LinkModel.Refused

    readonly property int beyond: board.beyond // tickets on later pages

    objectName: "kitchenPage"
    color: Theme.background
    focus: true
    Keys.onRightPressed: board.turn(1)
    Keys.onLeftPressed: board.turn(-1)

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

    HeaderBar {
        id: header

        width: parent.width
        controller: page.controller
    }
    TicketBoard {
        id: board

        anchors.top: header.bottom
        anchors.bottom: bar.top
        anchors.margins: Theme.gap
        x: Theme.gap
        width: parent.width - 2 * Theme.gap
        controller: page.controller
        onLineHeld: (orderId, lineId, name) => page.askWhereTo(orderId, lineId, name)
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
    ClosedPanel {
        id: closedPanel

        anchors.fill: parent
        controller: page.controller
    }
}
