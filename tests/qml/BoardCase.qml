// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import CounterFire.Ui
import CounterFire.Test

// A page over a kitchen in memory, made anew for each test.
TestCase {
    id: board

    property MockKitchen kitchen
    property KitchenPage page

    when: windowShown

    function open(size, tickets) {
        Theme.windowWidth = size.width;
        kitchen = kitchenMaker.createObject(board);
        kitchen.fill(tickets);
        page = pageMaker.createObject(board.parent, {
            width: size.width,
            height: size.height,
            controller: kitchen.controller
        });
        verify(page, "the page could not be made");
    }

    // The page goes before what it shows.
    function cleanup() {
        if (page) {
            page.destroy();
            tryVerify(() => !page);
        }
        if (kitchen)
            kitchen.destroy();
    }

    // A ticket that may be tapped.
    function ticket(number) {
        let found = null;
        tryVerify(() => {
            found = findChild(page, "ticket-" + number);
            return found !== null && found.settled;
        }, 5000, "ticket " + number + " should be there and at rest");
        return found;
    }
    function noTicket(number) {
        tryVerify(() => findChild(page, "ticket-" + number) === null, 5000,
                  "ticket " + number + " should be gone");
    }
    function button(parent, name) {
        let found = null;
        tryVerify(() => {
            found = findChild(parent, name);
            return found !== null;
        }, 5000, "there should be a " + name);
        return found;
    }
    function clickAtRest(item) {
        waitForRest(item);
        mouseClick(item);
    }
    // Layouts place their children a frame later, and a busy machine's frames come late.
    function waitForRest(item) {
        let last = Qt.point(-1, -1);
        let same = 0;
        tryVerify(() => {
            const now = item.mapToItem(page, 0, 0);
            const rests = item.visible && now.x === last.x && now.y === last.y;
            last = now;
            same = rests ? same + 1 : 0;
            return same >= 4;
        }, 5000, item.objectName + " should come to rest");
    }
    // Every visible item below `item` for which `wanted` is true.
    function collect(item, wanted) {
        let found = [];
        for (let i = 0; i < item.children.length; ++i) {
            const child = item.children[i];
            if (!child.visible)
                continue;
            if (wanted(child))
                found.push(child);
            found = found.concat(collect(child, wanted));
        }
        return found;
    }

    property Component kitchenMaker: Component {
        MockKitchen {}
    }
    property Component pageMaker: Component {
        KitchenPage {}
    }
}
