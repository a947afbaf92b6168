// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import CounterFire.Ui

// What lies over or beside the board: recall, all-day.
Item {
    width: 1280
    height: 800

    BoardCase {
        name: "Panels"

        function init() {
            Theme.settleMs = 50;
            open(Qt.size(1280, 800), 6);
        }

        function test_recallOfWhatHasLeft() {
            mouseClick(button(page, "closedButton"));
            const panel = button(page, "closedPanel");
            for (const key of ["2", "6"])
                clickAtRest(button(panel, "search-" + key));
            clickAtRest(button(button(page, "closed-26"), "closedRecall"));
            compare(kitchen.statusOf("26"), "in_kitchen");
            ticket("26");
            verify(!panel.open, "the panel closes");
            mouseClick(button(page, "closedButton"));
            mouseClick(button(page, "closedPanelClose"));
            verify(!panel.open);
        }

        function test_recallOfWhatTheHubRemembers() {
            kitchen.rememberOlder("907");
            mouseClick(button(page, "closedButton"));
            const panel = button(page, "closedPanel");
            clickAtRest(button(panel, "search-9"));
            const row = button(page, "closed-907");
            verify(row.closedText.includes("3 d"), row.closedText);
            clickAtRest(button(row, "closedRecall"));
            compare(kitchen.statusOf("907"), "in_kitchen");
            ticket("907");
        }

        function test_recallSaysWhenTheHubIsAskedOrAway() {
            kitchen.setSearch("waits");
            mouseClick(button(page, "closedButton"));
            const panel = button(page, "closedPanel");
            const footer = () => findChild(panel, "closedFooter");
            verify(!footer().visible, "nothing is looked for");
            clickAtRest(button(panel, "search-2"));
            tryVerify(() => footer().visible && footer().text.includes("Asking"));
            kitchen.setSearch("fails");
            clickAtRest(button(panel, "search-1"));
            tryVerify(() => footer().visible && footer().text.includes("does not answer"));
            kitchen.setSearch("answers");
            clickAtRest(button(panel, "search-⌫"));
            tryVerify(() => !footer().visible);
        }

        function test_recallByTheGuestsName() {
            mouseClick(button(page, "closedButton"));
            const panel = button(page, "closedPanel");
            clickAtRest(button(panel, "search-ABC"));
            for (const key of ["Z", "O", "Q"])
                clickAtRest(button(panel, "search-" + key));
            const found = () => collect(panel, item => item.objectName.startsWith("closed-"));
            tryVerify(() => found().length === 0);
            clickAtRest(button(panel, "search-⌫"));
            tryVerify(() => found().length > 0, 5000, "Zoë has orders");
            for (const row of found())
                verify(row.closedText.includes("Zoë"), row.closedText);
        }

        function test_allDay() {
            mouseClick(button(page, "allDayButton"));
            const panel = button(page, "allDayPanel");
            verify(panel.open);
            const rings = () => findChild(panel, "allDay-Onion rings");
            tryVerify(() => rings() !== null, 5000, "there are onion rings to cook");
            const total = panel.items.total;
            const before = rings().total;
            kitchen.addLate("42", "Onion rings");
            tryVerify(() => rings().total === before + 1 && panel.items.total === total + 1);
            clickAtRest(button(panel, "allDayPin"));
            verify(panel.width < page.width / 2, "pinned it leaves the board its room");
            mouseClick(button(ticket("45"), "bumpButton"));
            compare(kitchen.statusOf("45"), "ready");
            clickAtRest(button(panel, "allDayClose"));
            verify(!panel.open);
        }
    }
}
