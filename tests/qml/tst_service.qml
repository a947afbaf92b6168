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
        // Taps what is at rest until it has had its effect: a ticket on the move takes no tap.
        function tapUntil(number, name, done) {
            tryVerify(() => {
                if (done())
                    return true;
                const card = findChild(page, "ticket-" + number);
                const item = card && card.settled ? findChild(card, name) : null;
                if (item && item.settled !== false)
                    finger(item);
                return done();
            }, 5000, name + " of " + number + " should have an effect");
        }
        function bumpAway(number) {
            const live = ["paid", "accepted", "in_kitchen"];
            tapUntil(number, "bumpButton", () => !live.includes(kitchen.statusOf(number)));
        }
        // The key that names a ticket.
        function slotOf(number) {
            let slot = 0;
            tryVerify(() => {
                slot = ticket(number).slot;
                return slot > 0 && slot < 10;
            }, 5000, number + " should have a number");
            return Qt.Key_0 + slot;
        }
        function isSeen(number) {
            return kitchen.log.some(line => line.startsWith(number + " void_acknowledged"));
        }

        function serviceByTouch() {
            for (const number of ["41", "42", "43", "44", "45", "46"])
                tapUntil(number, "startButton", () => kitchen.statusOf(number) === "in_kitchen");
            tapUntil("42", "line-1", () => kitchen.lineOf("42", "1") === "ready");
            tapUntil("44", "bumpButton", () => isSeen("44"));
            for (const number of ["44", "41", "42"])
                bumpAway(number);
            const undo = button(page, "undoButton");
            tryVerify(() => undo.visible);
            finger(undo);
            bumpAway("42");
            finger(button(page, "closedButton"));
            const six = button(page, "search-6");
            waitForRest(six);
            finger(six);
            const recall = button(button(page, "closed-26"), "closedRecall");
            waitForRest(recall);
            finger(recall);
            tapUntil("26", "bumpButton", () => isSeen("26"));
            for (const number of ["26", "43", "45", "46"])
                bumpAway(number);
        }
        function bumpByKey(number) {
            press(slotOf(number), Qt.Key_Return);
            noTicket(number);
        }
        function serviceByKeys() {
            press(Qt.Key_PageUp); // the numbers show
            for (const number of ["42", "43", "45", "46"])
                press(slotOf(number), Qt.Key_S);
            press(slotOf("42"), Qt.Key_I, Qt.Key_Return, Qt.Key_I);
            press(slotOf("44"), Qt.Key_Return);
            for (const number of ["44", "41", "42"])
                bumpByKey(number);
            press(Qt.Key_U);
            bumpByKey("42");
            press(Qt.Key_R, Qt.Key_2, Qt.Key_6, Qt.Key_Return);
            press(slotOf("26"), Qt.Key_Return);
            for (const number of ["26", "43", "45", "46"])
                bumpByKey(number);
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
