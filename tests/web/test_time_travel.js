// SPDX-License-Identifier: Apache-2.0
// Time travel: the board as it stood, forwards and back, by mouse and by keys.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible, closeBrowser, openPage, shot } from './support/browser.js';
import { Hub } from './support/hub.js';
import { waitFor } from './support/wait.js';

after(closeBrowser);

// What a hub that is stopped at a test's end leaves in a page's console is no fault of the page.
const CUT = 'ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED)';

const KITCHEN = {
  stations: [{ id: 'grill', name: 'Hot Grill' }, { id: 'fry', name: 'Fry' }],
  routing: { category: { grill: 'grill', fry: 'fry' } },
  displays: [{ name: 'g', role: 'prep', stations: ['grill'] },
    { name: 'f', role: 'prep', stations: ['fry'] }],
};

// Positions: 47 placed 1, paid 2; 48 placed 3, paid 4; 47's fries ready 5; 48 cancelled 6; 47
// ready 7 and 8 (started first), completed 9.
async function service(t) {
  const hub = await Hub.start(t);
  await hub.setDocument('kitchen', KITCHEN);
  const first = await hub.order({ number: '47', customer: { name: 'Ana' }, note: 'no cutlery' });
  const second = await hub.order({ number: '48', service_type: 'dine_in', table: '12' });
  await hub.move(first, 'item_ready', { lines: ['2'] });
  await hub.move(second, 'order_cancelled', { reason: 'left' });
  await hub.move(first, 'order_started');
  await hub.move(first, 'order_ready');
  await hub.move(first, 'order_completed');
  return { hub, first, second };
}

async function open(t, hub, query, options = {}) {
  const page = await openPage(t, { expected: new RegExp(CUT), ...options });
  await page.goto(`${hub.url}/console#/time${query}`);
  await page.locator('.readout').waitFor();
  return page;
}

const numbers = (page) => page.locator('.ticket .number').allInnerTexts();
const shows = (page, expected) => waitFor(async () => {
  const now = await numbers(page);
  return now.join() === expected.join();
}, async () => `tickets ${expected}; there are ${await numbers(page)}`);

test('the board of any position, step by step and back', async (t) => {
  const { hub, first } = await service(t);
  const page = await open(t, hub, '?at=4');
  await shows(page, ['47', '48']);
  await page.keyboard.press('.');
  await page.locator('.ticket .line.ready').waitFor();
  await page.keyboard.press('.');
  await shows(page, ['47']);
  await page.keyboard.press(',');
  await shows(page, ['47', '48']);
  await page.keyboard.press(',');
  await waitFor(async () => await page.locator('.ticket .line.ready').count() === 0,
    'the fries to be open again');
  // Before what was loaded: the hub is asked.
  await page.keyboard.press(',');
  await page.locator('.ticket .chip', { hasText: 'Placed' }).waitFor();
  await page.getByRole('button', { name: 'Event before' }).click();
  await shows(page, ['47']);
  await page.getByRole('button', { name: 'Next event' }).click();
  await shows(page, ['47', '48']);
  const told = await hub.get('/v1/board?at=3');
  assert.equal(told.body.count, 2);
  assert.equal(await page.locator('.last-event a').first().getAttribute('href'),
    `#/order/${told.body.orders[1].order_id}`);
  assert.notEqual(first.order_id, told.body.orders[1].order_id);
});

test('a station sees its own', async (t) => {
  const { hub } = await service(t);
  const page = await open(t, hub, '?at=4&station=fry');
  await shows(page, ['47', '48']);
  assert.equal(await page.getByLabel('Station').inputValue(), 'fry');
  assert.equal(await page.locator('.ticket .line.elsewhere').count(), 2);
  await page.keyboard.press('.');
  await shows(page, ['48']);
  await page.getByLabel('Station').selectOption('grill');
  await shows(page, ['47', '48']);
  await page.getByLabel('Station').selectOption('');
  await shows(page, ['47', '48']);
});

test('it plays, without a request for each step', async (t) => {
  const hub = await Hub.start(t);
  const early = await hub.order({ number: '1' });
  for (let i = 2; i <= 30; i += 1) await hub.order({ number: String(i) });
  await hub.move(early, 'order_cancelled');
  const last = (await hub.get('/v1/board')).body;
  const page = await openPage(t, { expected: new RegExp(CUT) });
  const asked = [];
  page.on('request', (request) => {
    if (request.url().includes('/v1/board')) asked.push(request.url());
  });
  await page.goto(`${hub.url}/console#/time?at=2`);
  await shows(page, ['1']);
  await page.keyboard.press('3');
  assert.equal(await page.getByRole('button', { name: '60 times as fast' })
    .getAttribute('aria-pressed'), 'true');
  asked.length = 0;
  await page.keyboard.press('p');
  await shows(page, last.orders.map((order) => order.number));
  const events = asked.filter((url) => url.includes('/events'));
  assert.ok(events.length <= 2 && asked.filter((url) => /board\?/.test(url)).length === 0,
    `asked ${asked.join('\n')}`);
  await page.getByRole('button', { name: 'Play' }).waitFor(); // it stops at now
});

test('the slider, a day without a service, and a wrong moment', async (t) => {
  const { hub } = await service(t);
  const page = await open(t, hub, '', { expected: new RegExp(`422|${CUT}`) });
  await page.getByText('Nothing was open').waitFor();
  const slider = page.getByLabel('Time of day');
  await page.locator('.bars rect[height="100"]').first().waitFor();
  await slider.focus();
  const before = await page.locator('.readout').innerText();
  await page.keyboard.press('ArrowLeft');
  await waitFor(async () => await page.locator('.readout').innerText() !== before,
    'the time to move');
  await page.getByLabel('Day', { exact: true }).fill('2020-02-02');
  await page.getByText('Nothing happened on this day').waitFor();
  await page.getByText('Nothing was open').waitFor();
  await assertAccessible(page, 'a day without a service');
  await page.goto(`${hub.url}/console#/time?at=4&station=nowhere`);
  await page.getByText('there was no such station at that time').first().waitFor();
  await assertAccessible(page, 'a station that is not there');
  await page.getByRole('button', { name: 'Try again' }).click();
  await shows(page, ['47', '48']);
});

test('nothing keeps anybody out, on any screen', async (t) => {
  const { hub } = await service(t);
  for (const screen of ['phone', 'laptop', 'tv']) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open(t, hub, '?at=5', { screen, colorScheme });
      await shows(page, ['47', '48']);
      await assertAccessible(page, `time travel, ${screen}, ${colorScheme}`);
      await shot(page, `time-${screen}-${colorScheme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth
        > document.documentElement.clientWidth);
      assert.equal(wide, false, `${screen} scrolls sideways`);
    }
  }
});
