// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import CounterFire.Ui
import CounterFire.Models

// The board with a keyboard or a bump bar alone, and a service played either way.
Item {
    width: 1280
    height: 800

    BoardCase {
        name: "Keys"

        function init() {
            Theme.settleMs = 50;
            open(Qt.size(1280, 800), 6);
            page.forceActiveFocus();
        }
        function bar() {
            return kitchen.controller.bumpBar;
        }
        function press(...keys) {
            for (const key of keys)
                keyClick(key);
        }
        // The guard's time, on the kitchen's clock.
        function pause() {
            kitchen.advance(1);
        }

        function test_numbersAppearWithTheFirstKey() {
            const card = ticket("41");
            compare(card.slot, 0);
            press(Qt.Key_2);
            tryVerify(() => card.slot === 2, 5000, "41 is the second: a rush is first");
            verify(card.selected);
            press(Qt.Key_Escape);
            verify(!card.selected);
        }

        function test_bumpUndoStart() {
            ticket("41");
            pause();
            press(Qt.Key_2, Qt.Key_Return);
            compare(kitchen.statusOf("41"), "ready");
            press(Qt.Key_U);
            compare(kitchen.statusOf("41"), "in_kitchen");
            press(Qt.Key_3, Qt.Key_S);
            compare(kitchen.statusOf("42"), "in_kitchen");
        }

        function test_aHeldKeyBumpsOnce() {
            ticket("41");
            pause();
            press(Qt.Key_Return, Qt.Key_Return, Qt.Key_Return);
            compare(kitchen.wishes.length, 1);
        }

        function test_linesByKey() {
            const card = ticket("42");
            press(Qt.Key_3, Qt.Key_I);
            const line = findChild(card, "line-1");
            tryVerify(() => line.selected);
            press(Qt.Key_Down, Qt.Key_Up, Qt.Key_Return);
            compare(kitchen.wishes, ["ready 42 [1]"]);
        }

        function test_menuAndMoveByKey() {
            kitchen.placeMixed("60");
            kitchen.setRole("expo");
            kitchen.keepOnly("60");
            ticket("60");
            press(Qt.Key_M);
            const menu = button(page, "ticketMenu");
            verify(menu.open);
            press(Qt.Key_Right, Qt.Key_Return);
            compare(kitchen.wishes, ["first 60 []"]);
            press(Qt.Key_M, Qt.Key_Escape);
            verify(!menu.open);
            press(Qt.Key_1, Qt.Key_I, Qt.Key_M);
            verify(button(page, "movePanel").open);
            press(Qt.Key_1);
            compare(kitchen.lineOf("60", "1"), "open @fry");
        }

        function test_recallByKey() {
            press(Qt.Key_R, Qt.Key_2, Qt.Key_6, Qt.Key_Return);
            compare(kitchen.statusOf("26"), "in_kitchen");
            press(Qt.Key_R, Qt.Key_Down, Qt.Key_S); // what waits on the shelf is handed out
            compare(kitchen.statusOf("31"), "completed");
            press(Qt.Key_R);
            verify(button(page, "closedPanelClose").visible);
            press(Qt.Key_R);
            verify(!button(page, "closedPanelClose").visible);
        }

        function test_keysAfterTheFocusedButtonHasGone() {
            const bump = button(ticket("42"), "bumpButton");
            bump.forceActiveFocus(Qt.TabFocusReason);
            kitchen.cancel("42", "guest left");
            noTicket("42");
            press(Qt.Key_Escape); // the notice
            pause();
            press(Qt.Key_Return);
            compare(kitchen.statusOf("45"), "ready");
        }

        function test_whatLiesUnderAllDayIsNotBumped() {
            pause();
            press(Qt.Key_A, Qt.Key_Return, Qt.Key_2, Qt.Key_S);
            compare(kitchen.wishes, []);
            press(Qt.Key_A);
            verify(!button(page, "allDayPanel").open);
            press(Qt.Key_Return);
            compare(kitchen.wishes.length, 1);
        }

        function test_noticesByKey() {
            kitchen.refuse("43");
            press(Qt.Key_Escape);
            compare(kitchen.wishes, ["seen 7"]);
        }

        function test_aBarThatHasToBeTaught() {
            mouseClick(button(page, "stationName"));
            const panel = button(page, "keysPanel");
            verify(panel.open);
            const keys = bar().keys;
            mouseClick(button(panel, "template-kb9000"));
            mouseClick(button(panel, "learn-" + KeyMap.Start));
            compare(keys.learning, KeyMap.Start);
            press(Qt.Key_F7);
            compare(keys.actionOf(Qt.Key_F7, 0), KeyMap.Start);
            mouseClick(button(panel, "forget-" + KeyMap.Undo));
            compare(keys.keysOf(KeyMap.Undo), "");
            mouseClick(button(panel, "digitsBump"));
            mouseClick(button(panel, "keysClose"));
            verify(!panel.open);
            press(Qt.Key_3, Qt.Key_F7);
            compare(kitchen.statusOf("42"), "ready", "its digit bumps it at once");
            pause();
            press(Qt.Key_Control);
            compare(kitchen.statusOf("45"), "ready", "the maker's bump is the left Ctrl");
        }
    }
}
