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

    color: Theme.background
    focus: true
    Keys.onRightPressed: board.turn(1)
    Keys.onLeftPressed: board.turn(-1)

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
    ClosedPanel {
        id: closedPanel

        anchors.fill: parent
        controller: page.controller
    }
}
