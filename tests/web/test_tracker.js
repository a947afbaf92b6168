// SPDX-License-Identifier: Apache-2.0
// The page a guest follows an order on.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CUT, assertAccessible, closeBrowser, openPage } from './support/browser.js';
import { Cable } from './support/cable.js';
import { Hub } from './support/hub.js';
import { waitFor } from './support/wait.js';

after(closeBrowser);

async function open(t, hub, order, options = {}) {
  const page = await openPage(t, { screen: 'phone', ...options });
  page.streams = []; // addresses of the streams it has opened
  page.on('request', (request) => {
    if (request.url().includes('/stream')) page.streams.push(request.url());
  });
  if (options.before) await options.before(page);
  await page.goto(`${options.through ?? hub.url}/t/${order.tracker_token}`);
  return page;
}

const isIn = (page, status) => page.locator(`main[data-status=${status}]`).waitFor();
const said = (page, selector) => page.locator(selector).innerText();

test('nothing keeps a guest out, in any state', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const page = await open(t, hub, order, { expected: /404/ });
  await page.locator('#ring').waitFor();
  await assertAccessible(page, 'a paid order');
  await hub.post(`/v1/orders/${order.order_id}/events`, { type: 'item_voided',
    payload: { lines: ['2'], reason: 'out of stock' } });
  await page.locator('#changes').waitFor();
  await assertAccessible(page, 'a changed order');
  for (const [type, status] of [['order_accepted', 'accepted'], ['order_started', 'in_kitchen'],
    ['order_ready', 'ready'], ['order_recalled', 'in_kitchen'], ['order_cancelled', 'cancelled']]) {
    await hub.move(order, type);
    await isIn(page, status);
    await assertAccessible(page, type);
  }
  await page.goto(`${hub.url}/t/${'0'.repeat(32)}`);
  await assertAccessible(page, 'no order');
});

test('every step shows at once, with its time, and in the title', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47', service_type: 'dine_in' });
  const page = await open(t, hub, order);
  assert.equal(await said(page, 'h1 bdi'), '47');
  assert.match(await page.title(), /^We have your order · Order 47$/);
  await hub.move(order, 'order_started');
  await isIn(page, 'in_kitchen');
  assert.match(await said(page, '.s-in_kitchen time'), /\d:\d\d/);
  await hub.move(order, 'order_ready');
  await isIn(page, 'ready');
  assert.match(await page.title(), /^Ready for you · Order 47$/);
  assert.match(await said(page, '.tell.when-ready'), /on its way to your table/);
  await hub.move(order, 'order_recalled');
  await isIn(page, 'in_kitchen');
  assert.equal(await said(page, '.say.when-again'), 'Back in the kitchen');
  assert.equal(page.streams.length, 1, 'one stream for all of it');
});

test('what changed is said, and stays until it was seen', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const page = await open(t, hub, order);
  await page.locator('#ring').waitFor(); // the script has the first view
  await hub.move(order, 'item_voided', { lines: ['2'] });
  await hub.move(order, 'items_added', { items: [{ line_id: '9', name: 'Lemonade', quantity: 2,
    modifiers: [{ name: 'no ice' }] }] });
  await page.locator('#changed li').nth(1).waitFor();
  assert.deepEqual(await page.locator('#changed li').allInnerTexts(),
    ['Not available: Fries', 'Added: 2 × Lemonade']);
  assert.match(await said(page, '#items .void'), /Fries\s*not available/);
  assert.match(await said(page, '#items li:last-child'), /Lemonade\s*no ice\s*added later/);
  await page.locator('#seen').click();
  assert.equal(await page.locator('#changes').isVisible(), false);
  // A page that is opened afterwards shows the same lines.
  await page.reload();
  assert.match(await said(page, '#items .void'), /not available/);
});

test('goes on where it was after the network was gone', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const cable = await Cable.lay(t, hub);
  const page = await open(t, hub, order, { expected: CUT, through: cable.url });
  await page.locator('#ring').waitFor();
  cable.cut();
  await page.locator('#notice').waitFor();
  assert.match(await said(page, '#notice'), /^Connection lost, last updated \d+:\d\d/);
  await hub.move(order, 'item_voided', { lines: ['2'] });
  await hub.move(order, 'order_started');
  cable.mend();
  await isIn(page, 'in_kitchen');
  await page.locator('#notice').waitFor({ state: 'hidden' });
  assert.deepEqual(await page.locator('#changed li').allInnerTexts(), ['Not available: Fries'],
    'what was missed was shown');
});

test('a short cut is nobody\'s business, and resumes exactly', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const cable = await Cable.lay(t, hub);
  const page = await open(t, hub, order, { expected: CUT, through: cable.url });
  await page.locator('#ring').waitFor();
  cable.cut();
  await hub.move(order, 'item_voided', { lines: ['2'] });
  await hub.move(order, 'order_started');
  cable.mend();
  await isIn(page, 'in_kitchen');
  assert.equal(await page.locator('#notice').isVisible(), false);
  assert.equal(cable.resumed.length, 1);
  assert.match(cable.resumed[0], /^[0-9a-f]{32}\.2$/, 'Last-Event-ID');
  assert.deepEqual(await page.locator('#changed li').allInnerTexts(), ['Not available: Fries']);
});

test('a hub that was killed and came back is the same to the guest', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const page = await open(t, hub, order, { expected: CUT });
  await page.locator('#ring').waitFor();
  await hub.kill();
  await page.locator('#notice').waitFor();
  await hub.launch();
  await hub.move(order, 'order_started');
  await isIn(page, 'in_kitchen');
  await page.locator('#notice').waitFor({ state: 'hidden' });
});

test('polls where the stream does not get through', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const page = await open(t, hub, order, { expected: CUT,
    before: (page) => page.route('**/stream*', (route) => route.abort()) });
  const poll = await page.waitForRequest(/\/events\?/);
  assert.match(poll.url(), /wait=25/);
  await hub.move(order, 'order_started');
  await isIn(page, 'in_kitchen');
  await hub.move(order, 'order_ready');
  await isIn(page, 'ready');
  assert.equal(await page.locator('#notice').isVisible(), false);
});

test('polls where a proxy swallows the stream', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const page = await open(t, hub, order, { expected: CUT, before: async (page) => {
    await page.clock.install();
    await page.route('**/stream*', () => null); // neither yes nor no
  } });
  for (let tries = 1; tries <= 3; tries += 1) {
    await waitFor(() => page.streams.length === tries, `stream ${tries}`);
    await page.clock.runFor(9000);
  }
  await page.waitForResponse(/\/events\?/);
  await hub.move(order, 'order_ready').catch(() => hub.move(order, 'order_started'));
  await isIn(page, 'in_kitchen');
});

test('two hours in a pocket', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const cable = await Cable.lay(t, hub);
  const page = await open(t, hub, order, { expected: CUT, through: cable.url,
    before: (page) => page.clock.install() });
  await page.locator('#ring').waitFor();
  // With the network there, and out of reach for all that time.
  for (let minute = 0; minute < 120; minute += 10) await page.clock.fastForward('10:00');
  await waitFor(() => page.streams.length > 1, 'a new stream after a sleep');
  await hub.move(order, 'order_accepted');
  await isIn(page, 'accepted');
  const before = page.streams.length;
  assert.ok(before < 60, `${before} streams in two hours`);
  cable.numb();
  await hub.move(order, 'order_started');
  await hub.move(order, 'order_ready');
  await page.clock.fastForward('02:00:00');
  await isIn(page, 'ready');
  assert.match(page.streams.at(-1), /since=[0-9a-f]{32}\.3$/);
});

// Says to the page that it is in the background, or seen again.
const setHidden = (page, hidden) => page.evaluate((value) => {
  Object.defineProperty(document, 'hidden', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}, hidden);

test('asks at once when it is seen again', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const page = await open(t, hub, order, { before: (page) => page.clock.install() });
  await page.locator('#ring').waitFor();
  await setHidden(page, true);
  await page.clock.fastForward('20:00');
  const before = page.streams.length;
  await setHidden(page, false);
  await waitFor(() => page.streams.length > before, 'a stream of now');
});

test('comes back from the page before it as it was', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const page = await open(t, hub, order);
  await page.locator('#ring').waitFor();
  await page.goto(`${hub.url}/`);
  await hub.move(order, 'order_started');
  await page.goBack();
  await isIn(page, 'in_kitchen');
  await hub.move(order, 'order_ready');
  await isIn(page, 'ready');
});

// Counts what would be heard and felt.
function countSignals() {
  window.signals = { tones: 0, buzzes: [] };
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function counted() {
    window.signals.tones += 1;
    return make.call(this);
  };
  Navigator.prototype.vibrate = (pattern) => window.signals.buzzes.push(pattern) > 0;
}

test('tells when it is ready, once it was asked to', async (t) => {
  const hub = await Hub.start(t);
  const [asked, silent] = [await hub.order({ number: '47' }), await hub.order({ number: '48' })];
  const page = await open(t, hub, asked, { init: countSignals });
  const other = await open(t, hub, silent, { init: countSignals });
  await page.locator('#ring').click();
  assert.equal(await page.locator('#ring').getAttribute('aria-pressed'), 'true');
  await waitFor(() => page.evaluate(() => window.signals.tones === 3), 'how it will sound');
  for (const order of [asked, silent]) {
    await hub.move(order, 'order_started');
    await hub.move(order, 'order_ready');
  }
  await isIn(page, 'ready');
  await isIn(other, 'ready');
  const heard = await page.evaluate(() => window.signals);
  assert.equal(heard.tones, 12, 'three rings of three notes');
  assert.deepEqual(heard.buzzes.at(-1), [300, 150, 300, 150, 600]);
  assert.deepEqual(await other.evaluate(() => window.signals), { tones: 0, buzzes: [] });
  assert.equal(await page.locator('#ring').isVisible(), false);
});

test('tells again what nobody was looking at', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const page = await open(t, hub, order, { init: countSignals });
  await page.locator('#ring').click();
  await setHidden(page, true);
  await hub.move(order, 'order_started');
  await hub.move(order, 'order_ready');
  await waitFor(() => page.evaluate(() => window.signals.buzzes.length === 2), 'a buzz');
  await setHidden(page, false);
  await waitFor(() => page.evaluate(() => window.signals.buzzes.length === 3), 'another');
});

// The hub's answer with another estimate in it.
async function withEstimate(page, hub, order, fields) {
  const { body } = await hub.get(`/v1/track/${order.tracker_token}`);
  const view = { ...body, ...fields };
  await page.route('**/stream*', (route) => route.fulfill({ contentType: 'text/event-stream',
    body: `id: ${'a'.repeat(32)}.2\nevent: snapshot\ndata: ${JSON.stringify(view)}\n\n` }));
  await page.route(/\/v1\/track\/[0-9a-f]+$/, (route) => route.fulfill({ json: view }));
}

test('says when it will be ready as a window, and when that has passed', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const inMinutes = (minutes) => new Date(Date.now() + minutes * 60000).toISOString();
  const page = await open(t, hub, order, { expected: CUT, before: async (page) => {
    await page.clock.install();
    await withEstimate(page, hub, order, { eta: inMinutes(12), eta_from: inMinutes(8),
      eta_to: inMinutes(16), overdue: false });
  } });
  await waitFor(async () => /^Ready between \d+:\d\d and \d+:\d\d$/.test(await said(page, '#eta')),
    async () => `a window, not "${await said(page, '#eta')}"`);
  await page.clock.fastForward('09:00');
  await waitFor(async () => /^Ready any moment, by about/.test(await said(page, '#eta')),
    async () => `its end, not "${await said(page, '#eta')}"`);
  await page.clock.fastForward('08:00');
  await waitFor(async () => /^Taking longer than usual/.test(await said(page, '#eta')),
    async () => `the truth, not "${await said(page, '#eta')}"`);
});

test('a kitchen that is slower today than it was is said to be', async (t) => {
  const hub = await Hub.start(t);
  for (let i = 0; i < 6; i += 1) {
    const order = await hub.order();
    for (const type of ['order_started', 'order_ready', 'order_completed'])
      await hub.move(order, type);
  }
  const order = await hub.order();
  const { body } = await waitFor(async () => {
    const reply = await hub.get(`/v1/track/${order.tracker_token}`);
    return reply.body.overdue && reply;
  }, 'overdue');
  assert.equal(body.eta, null);
  const page = await open(t, hub, order, { javaScriptEnabled: false });
  assert.match(await said(page, '#eta'), /^Taking longer than usual/);
});
