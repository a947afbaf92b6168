// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import CounterFire.Ui

// What each display of a kitchen with stations shows, and what its taps do.
Item {
    width: 1280
    height: 800

    BoardCase {
        name: "Roles"

        function init() {
            Theme.settleMs = 50;
            open(Qt.size(1280, 800), 6);
        }
        // Ticket 60: a grill's line, a salad with milk, and one that no rule catches.
        function become(role, stations) {
            kitchen.placeMixed("60");
            kitchen.setRole(role, stations ?? []);
            kitchen.keepOnly("60");
            return ticket("60");
        }
        function words(card) {
            return collect(card, item => item.text !== undefined && item.text !== "")
                .map(item => item.text).join(" | ");
        }
        function tapBump() {
            const card = ticket("60");
            mouseClick(button(card, "bumpButton"));
        }

        function test_aStationShowsWhatItMakes() {
            const card = become("prep", ["grill"]);
            const says = words(card);
            verify(says.includes("Burger"), says);
            verify(!says.includes("Greek salad"), says);
            verify(says.includes("? unrouted"), says);
            verify(says.includes("elsewhere: Salad 2"), says);
            tapBump();
            noTicket("60");
            compare(kitchen.lineOf("60", "1"), "ready");
            compare(kitchen.lineOf("60", "2"), "open");
            compare(kitchen.statusOf("60"), "paid");
            mouseClick(button(page, "closedButton"));
            clickAtRest(button(button(page, "closed-60"), "closedRecall"));
            ticket("60");
            compare(kitchen.lineOf("60", "1"), "open");
        }

        function test_allergensAreSeenBeforeTheBump() {
            const card = become("prep", ["salad"]);
            verify(words(card).includes("ALLERGENS SEEN"), words(card));
            const bump = button(card, "bumpButton");
            Theme.settleMs = 60000;
            mouseClick(bump);
            compare(kitchen.lineOf("60", "2"), "open seen");
            verify(words(card).includes("BUMP"), words(card));
            mouseClick(bump);
            compare(kitchen.lineOf("60", "2"), "open seen", "the same movement says one thing");
            Theme.settleMs = 50;
            tapBump();
            compare(kitchen.lineOf("60", "2"), "ready seen");
        }

        function test_aVoidIsSeenBeforeItGoes() {
            become("prep", ["salad"]);
            kitchen.voidLine("60", "2");
            kitchen.voidLine("60", "3");
            const card = ticket("60");
            tryVerify(() => words(card).includes("VOID SEEN"), 5000, words(card));
            const line = button(card, "line-2");
            tryVerify(() => line.settled && card.settled);
            mouseClick(line);
            compare(kitchen.lineOf("60", "2"), "voided seen");
            tryVerify(() => card.settled);
            tapBump();
            compare(kitchen.lineOf("60", "3"), "voided seen");
            noTicket("60");
        }

        function test_expoWaitsThenHandsOut() {
            const card = become("expo");
            verify(words(card).includes("@ Grill"), words(card));
            verify(words(card).includes("COOKING"), words(card));
            tapBump();
            compare(kitchen.statusOf("60"), "paid");
            const toast = button(page, "undoDismiss");
            tryVerify(() => toast.visible, 5000, "it is said why nothing happened");
            verify(!button(page, "undoButton").visible);
            kitchen.cook("60");
            tryVerify(() => words(ticket("60")).includes("HAND OUT"));
            tapBump();
            compare(kitchen.statusOf("60"), "completed");
            mouseClick(button(page, "undoButton"));
            compare(kitchen.statusOf("60"), "ready");
        }

        function test_expoMovesALine() {
            const card = become("expo");
            const line = button(card, "line-1");
            tryVerify(() => line.settled);
            mousePress(line);
            const panel = button(page, "movePanel");
            tryVerify(() => panel.open, 5000, "a long press should ask where to");
            mouseRelease(line);
            mouseClick(button(panel, "choice-fry"));
            compare(kitchen.lineOf("60", "1"), "open @fry");
            verify(!panel.open);
            tryVerify(() => words(ticket("60")).includes("@ Fry"));
            compare(kitchen.wishes, ["move 60 [1] fry"], "and no tap besides");
        }

        function test_theTicketsMenu() {
            const card = become("expo");
            mouseClick(card, card.width / 2, 10);
            const menu = button(page, "ticketMenu");
            tryVerify(() => menu.open);
            mouseClick(button(menu, "choice-priority"));
            compare(kitchen.wishes, ["first 60 []"]);
            tryVerify(() => card.settled);
            mouseClick(card, card.width / 2, 10);
            tryVerify(() => menu.open);
            mouseClick(button(menu, "choiceClose"));
            verify(!menu.open);
        }

        function test_coursesAreFired() {
            const card = become("prep", ["salad"]);
            kitchen.setCoursesHeld(true);
            tryVerify(() => words(card).includes("FIRE NEXT COURSE"), 5000, words(card));
            tryVerify(() => card.settled);
            tapBump();
            compare(kitchen.wishes, ["fire 60 []"]);
            tryVerify(() => words(card).includes("ALLERGENS SEEN"));
        }

        function test_aButtonThatHasChangedUnderTheFinger() {
            const card = become("prep", ["salad"]);
            const bump = button(card, "bumpButton");
            mousePress(bump);
            kitchen.voidLine("60", "2");
            mouseRelease(bump);
            compare(kitchen.wishes, [], "nobody has seen that it was voided");
        }

        function test_theRunnerTakesOut() {
            become("expo");
            kitchen.setRole("runner");
            noTicket("60");
            verify(words(page).includes("Nothing to take out"), words(page));
            kitchen.cook("60");
            const card = ticket("60");
            verify(words(card).includes("HAND OUT"), words(card));
            tapBump();
            compare(kitchen.statusOf("60"), "completed");
        }
    }
}
