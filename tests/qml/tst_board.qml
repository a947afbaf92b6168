// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import CounterFire.Ui

// What the board looks like on every screen it is made for.
Item {
    width: 1920
    height: 1080

    BoardCase {
        name: "Board"

        function sizes() {
            return [
                { tag: "1280x800", size: Qt.size(1280, 800) },
                { tag: "1920x1080", size: Qt.size(1920, 1080) },
                { tag: "1024x600", size: Qt.size(1024, 600) }
            ];
        }

        function test_pagesHoldEveryTicket_data() { return sizes(); }
        function test_pagesHoldEveryTicket(data) {
            open(data.size, 30);
            const flow = findChild(page, "ticketFlow");
            tryVerify(() => flow.placedThrough(1000) === 30, 5000, "every ticket has a place");
            const forward = button(page, "pageForward");
            let seen = 0;
            for (let turn = 0; turn < flow.pageCount; ++turn) {
                const left = turn * (flow.width + flow.gap);
                const cards = collect(flow, item => item.objectName.startsWith("ticket-")
                                      && Math.round(item.x) >= left
                                      && item.x + item.width <= left + flow.width + 1);
                verify(cards.length > 0, "page " + turn + " is empty");
                for (const card of cards)
                    verify(card.y + card.height <= flow.height + 1, card.objectName + " is cut");
                seen += cards.length;
                compare(page.beyond, 30 - seen);
                if (forward.enabled)
                    mouseClick(forward);
            }
            compare(seen, 30);
            keyClick(Qt.Key_PageUp);
        }

        function test_ticketsDoNotOverlap_data() { return sizes(); }
        function test_ticketsDoNotOverlap(data) {
            open(data.size, 30);
            ticket("41");
            const cards = collect(findChild(page, "ticketFlow"),
                                  item => item.objectName.startsWith("ticket-"));
            for (const a of cards) {
                for (const b of cards) {
                    const apart = a === b || a.x + a.width <= b.x || b.x + b.width <= a.x
                                  || a.y + a.height <= b.y || b.y + b.height <= a.y;
                    verify(apart, a.objectName + " lies over " + b.objectName);
                }
            }
        }

        function test_buttonsAreLargeAndTheirWordsFit_data() { return sizes(); }
        function test_buttonsAreLargeAndTheirWordsFit(data) {
            open(data.size, 30);
            ticket("41");
            const buttons = collect(page, item => item.outlined !== undefined);
            verify(buttons.length > 10);
            for (const b of buttons) {
                const named = b.objectName === "bumpButton" || b.objectName === "startButton";
                if (named) {
                    verify(b.height >= 15 * Theme.pixelsPerMm, b.text + " is only " + b.height);
                    verify(b.width >= 15 * Theme.pixelsPerMm, b.text + " is only " + b.width);
                }
                verify(b.wordsWidth <= b.width, b.text + " does not fit");
            }
        }

        function test_changesFlash() {
            open(Qt.size(1280, 800), 8);
            const [added, gone, calm] = ["42", "43", "44"].map(number => ticket(number));
            verify(!added.flashing && !gone.flashing, "what has always been there is no news");
            kitchen.addLate("42", "Chocolate fondant");
            kitchen.voidLine("43", "1");
            mouseClick(findChild(calm, "line-2"));
            verify(added.flashing && gone.flashing);
            verify(!calm.flashing, "the cook's own tap needs no flash");
            tryVerify(() => !added.flashing && !gone.flashing, 5000, "and it ends");
        }

        function test_priorityComesFirst() {
            open(Qt.size(1280, 800), 8);
            ticket("41");
            kitchen.prioritise("47");
            const left = number => findChild(page, "ticket-" + number).x;
            tryVerify(() => left("47") < left("41") && left("45") < left("47"), 5000,
                      "first the older rush, then the new one, then the oldest of the others");
        }

        function test_emptyBoardSaysWhatIsKnown_data() {
            return [
                { tag: "live", state: "live", says: "No open orders" },
                { tag: "behind", state: "behind", says: "Catching up with the hub" },
                { tag: "offline", state: "offline", says: "Not connected" },
                { tag: "never", state: "never", says: "Not connected" },
                { tag: "refused", state: "refused", says: "Not connected" }
            ];
        }
        function test_emptyBoardSaysWhatIsKnown(data) {
            open(Qt.size(1280, 800), 0);
            kitchen.clear();
            kitchen.setLink(data.state);
            const texts = collect(page, item => item.text !== undefined).map(item => item.text);
            verify(texts.includes(data.says), texts.join(" | "));
            compare(texts.includes("live"), data.state === "live");
        }

        function test_linkIsInWords_data() {
            return [
                { tag: "live", state: "live", says: /^live$/ },
                { tag: "behind", state: "behind", says: /^catching up, 120 behind$/ },
                { tag: "offline", state: "offline", says: /^offline, as of \d\d:\d\d:\d\d$/ },
                { tag: "never", state: "never", says: /^offline, never connected$/ },
                { tag: "refused", state: "refused", says: /^not allowed in, as of / }
            ];
        }
        function test_linkIsInWords(data) {
            open(Qt.size(1024, 600), 3);
            kitchen.setLink(data.state);
            const found = collect(page, item => item.text !== undefined
                                  && data.says.test(item.text));
            compare(found.length, 1);
            tryVerify(() => found[0].mapToItem(page, found[0].width, 0).x <= page.width, 5000,
                      "the link's words leave the screen");
        }

        function test_everyColourCanBeRead_data() {
            return [{ tag: "dark", least: 4.5 }, { tag: "light", least: 4.5 },
                    { tag: "contrast", least: 7 }];
        }
        function test_everyColourCanBeRead(data) {
            open(Qt.size(1024, 600), 1);
            kitchen.setLook({ theme: data.tag });
            const luminance = c => {
                const part = v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
                return 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b);
            };
            const contrast = (a, b) => {
                const [x, y] = [luminance(a), luminance(b)];
                return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
            };
            const pairs = [
                ["text", Theme.text, [Theme.background, Theme.surface, Theme.card,
                                      Theme.cardRaised, Theme.goodDeep]],
                ["textSoft", Theme.textSoft, [Theme.card, Theme.goodDeep]],
                ["textMuted", Theme.textMuted, [Theme.surface, Theme.card, Theme.background,
                                                Theme.cardRaised, Theme.dangerDeep]],
                ["textDone", Theme.textDone, [Theme.card]],
                ["onBright", Theme.onBright, [Theme.good, Theme.caution, Theme.accent,
                                              Theme.info, Theme.allergen]],
                ["onStrong", Theme.onStrong, [Theme.danger, Theme.fresh, Theme.badge,
                                              Theme.readyBand]],
                ["goodText", Theme.goodText, [Theme.goodDeep, Theme.surface, Theme.card]],
                ["cautionText", Theme.cautionText, [Theme.cautionDeep, Theme.goodDeep,
                                                    Theme.card, Theme.surface]],
                ["caution", Theme.caution, [Theme.badge]],
                ["infoText", Theme.infoText, [Theme.infoDeep, Theme.card]],
                ["dangerText", Theme.dangerText, [Theme.card, Theme.surface, Theme.background]],
                ["accentText", Theme.accentText, [Theme.card]],
                ["allergenText", Theme.allergenText, [Theme.allergenDeep]]
            ];
            for (const [name, ink, grounds] of pairs) {
                for (const ground of grounds) {
                    const is = contrast(ink, ground);
                    verify(is >= data.least, name + " on " + ground + ": " + is.toFixed(2));
                }
            }
        }
    }
}
