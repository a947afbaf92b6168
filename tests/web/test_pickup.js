// SPDX-License-Identifier: Apache-2.0
// The screen at the counter.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CUT, assertAccessible, closeBrowser, openPage, shot } from './support/browser.js';
import { Cable } from './support/cable.js';
import { Hub } from './support/hub.js';
import { waitFor } from './support/wait.js';

after(closeBrowser);

async function open(t, hub, options = {}) {
  const page = await openPage(t, { screen: 'tv', ...options });
  if (options.before) await options.before(page);
  await page.goto(`${options.through ?? hub.url}/pickup${options.query ?? ''}`);
  return page;
}

const shown = (page, column) => page.locator(`#${column} li:visible b`).allInnerTexts();
const shows = (page, column, expected) => waitFor(
  async () => JSON.stringify(await shown(page, column)) === JSON.stringify(expected),
  async () => `${expected} in ${column}, which shows ${await shown(page, column)}`);

async function ready(hub, order) {
  await hub.move(order, 'order_started');
  await hub.move(order, 'order_ready');
}

// What would be heard.
function listen() {
  window.heard = { tones: 0, words: [] };
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function counted() {
    window.heard.tones += 1;
    return make.call(this);
  };
  SpeechSynthesis.prototype.speak = (utterance) => {
    window.heard.words.push([utterance.lang, utterance.text]);
  };
}

test('an order from the till to the guest\'s hand', async (t) => {
  const hub = await Hub.start(t);
  const page = await open(t, hub);
  await page.getByText('No orders in preparation').waitFor();
  await assertAccessible(page, 'nothing to do');
  await shot(page, 'pickup-empty');
  const order = await hub.order({ number: '47', customer: { name: 'Ana Secret' } });
  await hub.order({ number: '48', service_type: 'dine_in' });
  await hub.order({ number: '49', payment: undefined });
  await shows(page, 'preparing', ['47']);
  await ready(hub, order);
  await page.locator('#call:visible').waitFor();
  assert.equal(await page.locator('#call b').innerText(), '47');
  assert.equal(await page.locator('#live').innerText(), 'Order 47 is ready');
  await assertAccessible(page, 'a call');
  await shot(page, 'pickup-call');
  await shows(page, 'ready', ['47']);
  await shows(page, 'preparing', []);
  await page.locator('#call').waitFor({ state: 'hidden' });
  await hub.move(order, 'order_completed');
  await shows(page, 'ready', []);
  assert.ok(!(await page.content()).includes('Secret'));
});

test('calls by first name, by ear and by voice, when the restaurant wants it', async (t) => {
  const hub = await Hub.start(t);
  await hub.setDocument('pickup', { show: 'names' });
  const page = await open(t, hub, { init: listen, query: '?speech=1&lang=es' });
  assert.equal(await page.locator('#speech').getAttribute('aria-pressed'), 'true');
  await page.locator('#sound').click();
  await waitFor(() => page.evaluate(() => window.heard.tones === 3), 'how it will sound');
  const order = await hub.order({ number: '47', customer: { name: 'Ana María Secret' } });
  await hub.order({ number: '48' });
  await shows(page, 'preparing', ['Ana', '48']);
  await ready(hub, order);
  await page.locator('#call:visible').waitFor();
  assert.equal(await page.locator('#call b').innerText(), 'Ana');
  assert.deepEqual(await page.evaluate(() => window.heard),
    { tones: 6, words: [['es', 'Ana, tu pedido está listo']] });
  assert.equal(await page.locator('#ready small').innerText(), '47');
  await page.locator('#sound').click();
  await page.locator('#speech').click();
  await page.reload();
  assert.equal(await page.locator('#sound').getAttribute('aria-pressed'), 'false');
});

test('what was ready before the screen was switched on is not called', async (t) => {
  const hub = await Hub.start(t);
  await ready(hub, await hub.order({ number: '47' }));
  const page = await open(t, hub, { init: listen });
  await shows(page, 'ready', ['47']);
  assert.equal(await page.locator('#call').isVisible(), false);
  await ready(hub, await hub.order({ number: '48' }));
  await page.locator('#call:visible').waitFor();
  await shows(page, 'ready', ['48', '47']);
});

test('says that it has lost the hub, and catches up', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const cable = await Cable.lay(t, hub);
  const page = await open(t, hub, { expected: CUT, through: cable.url });
  await shows(page, 'preparing', ['47']);
  cable.cut();
  await page.locator('#stale').waitFor();
  assert.match(await page.locator('#stale').innerText(), /^Not connected since \d+:\d\d/);
  await assertAccessible(page, 'a stale screen', { 'color-contrast': { enabled: false } });
  await shot(page, 'pickup-stale');
  await ready(hub, order);
  cable.mend();
  await shows(page, 'ready', ['47']);
  await page.locator('#stale').waitFor({ state: 'hidden' });
});

test('polls where the stream does not get through', async (t) => {
  const hub = await Hub.start(t);
  const page = await open(t, hub, { expected: CUT,
    before: (page) => page.route('**/stream*', (route) => route.abort()) });
  await page.waitForRequest(/\/v1\/pickup\?wait=25/);
  const order = await hub.order({ number: '47' });
  await shows(page, 'preparing', ['47']);
  await ready(hub, order);
  await shows(page, 'ready', ['47']);
  assert.equal(await page.locator('#stale').isVisible(), false);
});

test('turns the page when there are more than fit', async (t) => {
  const hub = await Hub.start(t);
  const numbers = Array.from({ length: 60 }, (_, i) => String(101 + i));
  for (const number of numbers) await hub.order({ number });
  const page = await open(t, hub, { before: (page) => page.clock.install() });
  await page.locator('#preparing .pages:not(:empty)').waitFor();
  await shot(page, 'pickup-pages');
  const pages = Number((await page.locator('#preparing .pages').innerText()).split('/')[1]);
  assert.ok(pages > 1, `${pages} pages`);
  const seen = [];
  for (let turn = 0; turn < pages; turn += 1) {
    const now = await shown(page, 'preparing');
    const cut = await page.locator('#preparing li:visible').evaluateAll((items) => {
      const box = items[0].parentElement.getBoundingClientRect();
      return items.filter((item) => item.getBoundingClientRect().bottom > box.bottom + 1).length;
    });
    assert.equal(cut, 0, 'nothing is cut off at the bottom');
    seen.push(...now);
    await page.clock.runFor(8000);
  }
  assert.deepEqual(seen, numbers, 'each was on one page, in order');
});

test('an order leaves when nobody fetches it', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  await ready(hub, order);
  const now = await hub.get('/v1/pickup');
  assert.equal(now.body.ready.length, 1);
  assert.deepEqual(Object.keys(now.body.ready[0]).sort(), ['key', 'number', 'ready_at']);
  const bad = await hub.put('/v1/settings/pickup', { rev: 0, settings: { ready_minutes: 0 } });
  assert.equal(bad.status, 422);
  assert.equal(bad.body.errors[0].pointer, '/settings/ready_minutes');
});
