// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import CounterFire.Ui

// How the restaurant wants the board to be laid out.
Item {
    width: 2560
    height: 1440

    BoardCase {
        name: "Layouts"

        function cards() {
            const flow = findChild(page, "ticketFlow");
            const all = [];
            for (let i = 0; i < flow.children.length; ++i) {
                if (flow.children[i].orderId !== undefined)
                    all.push(flow.children[i]);
            }
            return all;
        }
        // All of them in their places: the layout has nothing more to do.
        function atRest() {
            tryVerify(() => cards().length > 0 && cards().every(card => card.settled), 5000,
                      "the tickets should come to rest");
            return cards();
        }

        function test_grid_data() {
            return [
                { tag: "1280x800", size: Qt.size(1280, 800), rows: 2, columns: 0, tickets: 30 },
                { tag: "2560x1440", size: Qt.size(2560, 1440), rows: 3, columns: 8, tickets: 40 },
                { tag: "1024x600", size: Qt.size(1024, 600), rows: 6, columns: 12, tickets: 20 },
                { tag: "portrait", size: Qt.size(1080, 1440), rows: 4, columns: 3, tickets: 30 }
            ];
        }
        function test_grid(data) {
            open(data.size, data.tickets);
            kitchen.setLook({ layout: "grid", rows: data.rows, columns: data.columns });
            const all = atRest();
            const flow = findChild(page, "ticketFlow");
            verify(flow.rows >= 1 && flow.rows <= data.rows, "rows: " + flow.rows);
            if (data.columns > 0)
                verify(flow.columns <= data.columns, "columns: " + flow.columns);
            const wide = flow.columnWidth + flow.gap;
            const high = flow.cellHeight + flow.gap;
            const paper = flow.width + flow.gap;
            const taken = {};
            let last = -1;
            for (const card of all) {
                const name = card.number + ": ";
                const onPage = Math.floor(card.x / paper);
                const column = (card.x - onPage * paper) / wide;
                const row = card.y / high;
                const across = (card.width + flow.gap) / wide;
                const down = (card.height + flow.gap) / high;
                for (const whole of [column, row, across, down])
                    fuzzyCompare(whole, Math.round(whole), 0.01, name + "not in a cell");
                verify(column + across <= flow.columns + 0.01, name + "leaves the page");
                verify(row + down <= flow.rows + 0.01, name + "leaves the page");
                const cell = onPage * 1000 + Math.round(row) * flow.columns + Math.round(column);
                verify(cell > last, name + "stands before one that came earlier");
                last = cell;
                for (let i = 0; i < Math.round(across) * Math.round(down); ++i) {
                    const key = [onPage, Math.round(row) + Math.floor(i / Math.round(across)),
                                 Math.round(column) + i % Math.round(across)].join();
                    verify(!taken[key], name + "lies on " + taken[key]);
                    taken[key] = card.number;
                }
            }
        }

        // A ticket that does not fit its cell takes the next one too, before it scrolls.
        function test_longTicketsGoOnInTheNextCell() {
            open(Qt.size(1280, 800), 30);
            kitchen.setLook({ layout: "grid" });
            const flow = findChild(page, "ticketFlow");
            let wider = 0;
            for (const card of atRest()) {
                const fits = card.implicitHeight <= card.height + 1;
                const all = card.width + 1 >= flow.width && card.height + 1 >= flow.height;
                verify(fits || all, card.number + " should have taken another cell");
                wider += card.width > flow.columnWidth + 1 ? 1 : 0;
            }
            verify(wider > 0, "some of these tickets are long");
        }

        // Read from the right: nothing lies on anything, and nothing leaves its place.
        function test_mirrored() {
            open(Qt.size(1280, 800), 12);
            const flow = findChild(page, "ticketFlow");
            const before = atRest().map(card => [card.number, card.x, card.width]);
            kitchen.setLook({ language: "ar" });
            atRest();
            tryVerify(() => cards().every((card, i) => Math.abs(
                          card.x - (flow.width - before[i][1] - before[i][2])) < 1
                          || card.x > flow.width), 5000, "each ticket stands mirrored");
            const line = findChild(cards()[0], "line-1");
            const name = collect(line, item => item.text === line.name)[0];
            const amount = collect(line, item => item.text === line.quantity + "×")[0];
            verify(name.mapToItem(line, name.width, 0).x <= amount.mapToItem(line, 0, 0).x + 1,
                   "the name should be left of its number");
            verify(name.width > 20, "the name has no room: " + name.width);
        }

        function test_largeType_data() {
            return [{ tag: "75", percent: 75 }, { tag: "175", percent: 175 }];
        }
        function test_largeType(data) {
            open(Qt.size(1280, 800), 12);
            const before = Theme.textItem;
            kitchen.setLook({ text_percent: data.percent });
            compare(Theme.textItem, Math.round(20 * data.percent / 100 * Theme.unit));
            verify(Theme.touch >= Math.round(58 * Theme.unit), "what is to be hit never shrinks");
            atRest();
            const header = findChild(page, "stationName");
            verify(header.height <= header.parent.height + 1, "the name leaves the header");
            kitchen.setLook({ text_percent: 100 });
            compare(Theme.textItem, before);
        }
    }
}
