// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import CounterFire.Models
import CounterFire.Ui

// The live tickets in columns, page by page. Nothing moves while a finger is down.
Item {
    id: board

    required property KdsController controller
    readonly property LookModel look: controller.look
    property int page: 0
    readonly property int pageCount: flow.pageCount
    property int beyond: 0 // tickets on later pages
    readonly property alias held: finger.active
    property int firstOnPage: 0

    signal lineHeld(orderId: string, lineId: string, name: string)
    signal menuRequested(orderId: string, number: string)

    clip: true
    onPageChanged: count()

    function columnsThatFit(least: int, wanted: int): int {
        const fit = Math.max(1, Math.floor((board.width + Theme.gap) / (least + Theme.gap)));
        return wanted > 0 ? Math.min(wanted, fit) : Math.max(2, fit);
    }
    function turn(by: int) {
        page = Math.max(0, Math.min(pageCount - 1, page + by));
    }
    function count() {
        const through = flow.placedThrough(page);
        beyond = Math.max(0, controller.tickets.count - through);
        firstOnPage = page === 0 ? 0 : flow.placedThrough(page - 1);
        controller.bumpBar.setPage(firstOnPage, through - firstOnPage);
    }

    FirstRows {
        id: window

        source: board.controller.tickets
        // Two pages more than are looked at, of the smallest tickets: bounded, and never short.
        limit: (board.page + 2) * Math.max(40, flow.columns * Math.max(
                   flow.rows, Math.ceil(flow.height / Theme.ticketHeightLeast)))
    }
    Connections {
        target: window

        function onRowsMoved() {
            flow.relayout();
        }
    }
    Connections {
        target: board.controller.tickets

        function onCountsChanged() {
            board.count();
        }
    }

    ColumnFlow {
        id: flow

        objectName: "ticketFlow"
        x: -board.page * (width + gap)
        width: board.width
        height: board.height
        gap: Theme.gap
        columns: board.columnsThatFit(board.look.columns > 0 ? Theme.columnWidthLeast
                                                       : Theme.columnWidthMin, board.look.columns)
        rows: Math.min(board.look.gridRows, Math.max(1, Math.floor((height + gap)
                                                             / (Theme.cellHeightMin + gap))))
        mirrored: board.LayoutMirroring.enabled
        held: finger.active
        onLaidOut: {
            if (board.page >= pageCount)
                board.page = pageCount - 1;
            board.count();
        }

        Behavior on x {
            NumberAnimation { duration: Theme.moveMs; easing.type: Easing.OutCubic }
        }

        Repeater {
            model: window.source ? window : null

            TicketCard {
                bumpBar: board.controller.bumpBar
                firstOnPage: board.firstOnPage
                columnWidth: flow.columnWidth
                gap: flow.gap
                maximumSpan: flow.columns
                maximumHeight: flow.height
                cellHeight: flow.rows > 0 ? flow.cellHeight : 0
                showsStations: board.controller.role !== KdsController.Prep
                onStartRequested: orderId => board.controller.start(orderId)
                onBumpRequested: (orderId, seen, action) =>
                                     board.controller.bump(orderId, seen, action)
                onLineToggled: (orderId, lineId) => board.controller.toggleLine(orderId, lineId)
                onLineHeld: (orderId, lineId, name) => board.lineHeld(orderId, lineId, name)
                onCourseToggled: (orderId, course) =>
                                     board.controller.toggleCourse(orderId, course)
                onMenuRequested: (orderId, number) => board.menuRequested(orderId, number)
            }
        }
    }
    EmptyBoard {
        anchors.centerIn: parent
        visible: board.controller.tickets.count === 0
        link: board.controller.link
        role: board.controller.role
        stations: board.controller.stationsText
    }
    // On top, watching only: touches go on to what is below.
    Item {
        anchors.fill: parent

        PointHandler {
            id: finger
        }
    }
}
