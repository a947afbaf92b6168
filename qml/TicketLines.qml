// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import CounterFire.Models
import CounterFire.Ui

// A ticket's lines, in as many columns as they need; where even the widest ticket is too low for
// them they scroll, and it says so.
Flickable {
    id: viewport

    required property TicketLinesModel lines
    required property real columnWidth
    required property real gap
    required property int maximumSpan
    required property real budget
    required property bool showsStations
    required property string selectedLine // by a key; empty: none
    readonly property int span: flow.span

    signal lineToggled(lineId: string)
    signal lineHeld(lineId: string, name: string)
    signal courseToggled(course: int)

    clip: contentHeight > height + 1
    interactive: clip
    contentHeight: flow.implicitHeight
    boundsBehavior: Flickable.StopAtBounds

    LinesFlow {
        id: flow

        width: viewport.width
        height: implicitHeight
        columnWidth: viewport.columnWidth
        gap: viewport.gap
        maximumSpan: viewport.maximumSpan
        budget: viewport.budget
        mirrored: viewport.LayoutMirroring.enabled

        Repeater {
            model: viewport.lines

            TicketLine {
                width: viewport.columnWidth
                showsStation: viewport.showsStations
                selected: lineId === viewport.selectedLine
                onToggled: lineId => viewport.lineToggled(lineId)
                onHeldDown: (lineId, name) => viewport.lineHeld(lineId, name)
                onCourseToggled: course => viewport.courseToggled(course)
            }
        }
    }
    MoreBelow {
        parent: viewport
        visible: viewport.clip && !viewport.atYEnd
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
