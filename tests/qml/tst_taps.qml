// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import CounterFire.Ui

// What a finger, a mouse and a key do.
Item {
    width: 1280
    height: 800

    BoardCase {
        name: "Taps"

        function init() {
            Theme.settleMs = 50;
            open(Qt.size(1280, 800), 6);
        }

        function test_bumpAndUndoByMouse() {
            mouseClick(button(ticket("41"), "bumpButton"));
            compare(kitchen.wishes.length, 1);
            compare(kitchen.statusOf("41"), "ready");
            noTicket("41");
            const undo = button(page, "undoButton");
            tryVerify(() => undo.visible);
            mouseClick(undo);
            compare(kitchen.statusOf("41"), "in_kitchen");
            ticket("41");
            verify(!undo.visible, "an undo is offered once");
        }

        function test_startByTouch() {
            const start = button(ticket("42"), "startButton");
            touchEvent(start).press(0, start).commit();
            touchEvent(start).release(0, start).commit();
            compare(kitchen.wishes, ["start 42 []"]);
            tryVerify(() => !start.visible, 5000, "a started ticket offers no START");
        }

        function test_bumpByKey() {
            const bump = button(ticket("42"), "bumpButton");
            bump.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(kitchen.statusOf("42"), "ready");
        }

        function test_lineByTouchAndBack() {
            const card = ticket("43");
            const line = findChild(card, "line-1");
            Theme.settleMs = 60000;
            touchEvent(line).press(0, line).commit();
            touchEvent(line).release(0, line).commit();
            compare(kitchen.wishes, ["ready 43 [1]"]);
            // A second tap in the same breath is a slip.
            mouseClick(line);
            compare(kitchen.wishes.length, 1);
            Theme.settleMs = 50;
            tryVerify(() => line.settled && card.settled);
            mouseClick(line);
            compare(kitchen.wishes, ["ready 43 [1]", "recallLines 43 [1]"]);
        }

        function test_voidedLineIsConfirmedOnce() {
            kitchen.voidLine("43", "1");
            const card = ticket("43");
            const line = findChild(card, "line-1");
            tryVerify(() => line.settled);
            mouseClick(line);
            compare(kitchen.wishes, ["voids 43 [1]"]);
            tryVerify(() => line.settled);
            mouseClick(line);
            compare(kitchen.wishes.length, 1, "there is nothing more to say of it");
        }

        function test_aSlowTapIsATap() {
            const line = findChild(ticket("42"), "line-2");
            tryVerify(() => line.settled);
            mousePress(line);
            tryVerify(() => kitchen.wishes.length === 1, 5000, "there is nowhere to move it to");
            mouseRelease(line);
            compare(kitchen.wishes, ["ready 42 [2]"]);
        }

        function test_lateAdditionUnderTheFingerIsNotSwallowed() {
            const bump = button(ticket("42"), "bumpButton");
            mousePress(bump);
            kitchen.addLate("42", "Chocolate fondant");
            mouseRelease(bump);
            compare(kitchen.wishes.length, 1);
            compare(kitchen.wishes[0], "ready 42 [1,2,3]");
            compare(kitchen.statusOf("42"), "paid", "one line has not been seen, let alone cooked");
            ticket("42");
        }

        function test_nothingMovesUnderTheFinger() {
            const card = ticket("43");
            const [x, y] = [card.x, card.y];
            const behind = ticket("44");
            const [nextX, nextY] = [behind.x, behind.y];
            const bump = button(card, "bumpButton");
            mousePress(bump);
            kitchen.cancel("41", "guest left");
            wait(2 * Theme.moveMs);
            compare(card.x, x, "a ticket must not move while a finger is down");
            compare(card.y, y);
            mouseRelease(bump);
            compare(kitchen.statusOf("43"), "ready", "the tap was for the ticket under it");
            tryVerify(() => behind.x !== nextX || behind.y !== nextY, 5000, "then they close up");
        }

        function test_ticketThatJustMovedTakesNoTap() {
            ticket("46");
            const first = button(ticket("41"), "bumpButton");
            Theme.settleMs = 60000;
            mouseClick(first);
            noTicket("41");
            const moved = findChild(page, "ticket-46");
            tryVerify(() => !moved.settled);
            mouseClick(button(moved, "bumpButton"));
            compare(kitchen.statusOf("46"), "paid", "this tap was meant for another ticket");
        }

        function test_shelf() {
            const bar = button(page, "bottomBar");
            tryVerify(() => bar.settled);
            const chip = button(page, "ready-27");
            Theme.settleMs = 60000;
            clickAtRest(button(chip, "readyComplete"));
            compare(kitchen.wishes, ["complete 27 []"]);
            compare(kitchen.statusOf("27"), "completed");
            clickAtRest(button(button(page, "ready-28"), "readyComplete"));
            compare(kitchen.statusOf("28"), "ready", "the shelf has just moved");
            Theme.settleMs = 50;
            mouseClick(button(page, "undoButton"));
            compare(kitchen.statusOf("27"), "ready", "undo puts it back on the shelf");
            kitchen.forgetWishes();
            const back = button(button(page, "ready-28"), "readyRecall");
            tryVerify(() => bar.settled);
            clickAtRest(back);
            compare(kitchen.statusOf("28"), "in_kitchen");
            ticket("28");
        }

        function test_noticesStayUntilSeen() {
            kitchen.refuse("43");
            kitchen.cancel("44", "guest left");
            const ok = button(page, "noticeDismiss");
            tryVerify(() => ok.visible);
            kitchen.forgetWishes();
            mouseClick(ok);
            compare(kitchen.wishes, ["seen 7"]);
            verify(ok.visible, "the next one is shown");
            mouseClick(ok);
            verify(!ok.visible);
        }

        function test_tapThatCannotBeSaved() {
            kitchen.failNextSubmit();
            mouseClick(button(ticket("41"), "bumpButton"));
            verify(button(page, "noticeDismiss").visible);
            verify(!button(page, "undoButton").visible);
            ticket("41");
        }
    }
}
