// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import CounterFire.Ui

// A whole service with fingers alone, and the same with keys alone: the log must be the same.
Item {
    width: 1280
    height: 800

    BoardCase {
        name: "Service"

        function init() {
            Theme.settleMs = 50;
            open(Qt.size(1280, 800), 6);
            page.forceActiveFocus();
        }
        function press(...keys) {
            for (const key of keys)
                keyClick(key);
        }
        function finger(item) {
            touchEvent(item).press(0, item).commit();
            touchEvent(item).release(0, item).commit();
        }
        function tapOn(number, name) {
            const card = ticket(number);
            const item = button(card, name);
            tryVerify(() => item.settled !== false);
            finger(item);
        }
        // The key that names a ticket.
        function slotOf(number) {
            const slot = ticket(number).slot;
            verify(slot > 0 && slot < 10, number + " has the slot " + slot);
            return Qt.Key_0 + slot;
        }

        function serviceByTouch() {
            for (const number of ["41", "42", "43", "44", "45", "46"]) {
                const start = findChild(ticket(number), "startButton");
                if (start.visible)
                    tapOn(number, "startButton");
            }
            tapOn("42", "line-1");
            tapOn("44", "bumpButton"); // a void was seen
            for (const number of ["44", "41", "42"]) {
                tapOn(number, "bumpButton");
                noTicket(number);
            }
            const undo = button(page, "undoButton");
            tryVerify(() => undo.visible);
            finger(undo);
            tapOn("42", "bumpButton");
            noTicket("42");
            finger(button(page, "closedButton"));
            const recall = button(button(page, "closed-26"), "closedRecall");
            waitForRest(recall);
            finger(recall);
            tapOn("26", "bumpButton"); // of this one, too
            for (const number of ["26", "43", "45", "46"]) {
                tapOn(number, "bumpButton");
                noTicket(number);
            }
        }
        function serviceByKeys() {
            press(Qt.Key_1, Qt.Key_Escape); // the numbers show
            for (const number of ["41", "42", "43", "44", "45", "46"]) {
                if (findChild(ticket(number), "startButton").visible)
                    press(slotOf(number), Qt.Key_S);
            }
            press(slotOf("42"), Qt.Key_I, Qt.Key_Return, Qt.Key_I);
            press(slotOf("44"), Qt.Key_Return);
            for (const number of ["44", "41", "42"]) {
                press(slotOf(number), Qt.Key_Return);
                noTicket(number);
            }
            press(Qt.Key_U);
            press(slotOf("42"), Qt.Key_Return);
            noTicket("42");
            press(Qt.Key_R, Qt.Key_Down, Qt.Key_Return);
            press(slotOf("26"), Qt.Key_Return);
            for (const number of ["26", "43", "45", "46"]) {
                press(slotOf(number), Qt.Key_Return);
                noTicket(number);
            }
        }

        function test_theSameServiceByTouchAndByKeys() {
            serviceByTouch();
            compare(kitchen.controller.tickets.count, 0);
            const byTouch = kitchen.log.join("\n");
            cleanup();
            init();
            serviceByKeys();
            compare(kitchen.controller.tickets.count, 0);
            verify(kitchen.log.length > 20, kitchen.log.join("\n"));
            compare(kitchen.log.join("\n"), byTouch);
        }
    }
}
