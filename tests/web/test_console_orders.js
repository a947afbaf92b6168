// SPDX-License-Identifier: Apache-2.0
// "What happened to order 47?": found, read and copied, with the mouse or without.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible, closeBrowser, openPage, SCREENS, shot } from './support/browser.js';
import { expecting, KITCHEN, openConsole, PollingDisplay } from './support/console.js';
import { Hub } from './support/hub.js';
import { waitFor } from './support/wait.js';

after(closeBrowser);

const ANA = { number: '47', customer: { name: 'Ana <b>Müller</b>', phone: '600 123' },
  source: { name: 'till', external_id: 'T-1042' }, note: 'no cutlery' };

// A kitchen of two displays, and an order that went through all of it.
async function kitchen(t) {
  const hub = await Hub.start(t);
  await hub.setDocument('kitchen', KITCHEN);
  const grill = await PollingDisplay.start(t, hub, 'grill-1');
  const order = await hub.order(ANA);
  await grill.poll();
  await hub.move(order, 'order_started');
  await hub.move(order, 'item_voided', { lines: ['2'], reason: 'out of stock' });
  return { hub, grill, order };
}

test('an order is found by number, name, dish and the till\'s own id', async (t) => {
  const { hub } = await kitchen(t);
  await hub.order({ number: '48', customer: { name: 'Björn' },
    items: [{ name: 'Tarta', quantity: 1 }] });
  const page = await openConsole(t, hub, { hash: '#/order' });
  const rows = page.locator('.results tbody tr');
  for (const [asked, number] of [['47', '47'], ['björn', '48'], ['müller', '47'], ['tarta', '48'],
    ['T-1042', '47']]) {
    await page.getByLabel('Find an order').fill(asked);
    await waitFor(async () => (await rows.count()) === 1
      && (await rows.first().locator('.number').innerText()).startsWith(number),
    async () => `order ${number} alone for "${asked}"; shown: ${await rows.allInnerTexts()}`);
  }
  await page.getByLabel('Find an order').fill('nobody is called so');
  await page.getByText('No order is like that').waitFor();
  await assertAccessible(page, 'finding nothing');
  await page.getByLabel('Find an order').fill('');
  await page.getByLabel('Status').selectOption('cancelled');
  await page.getByText('No order is like that').waitFor();
  await page.getByLabel('Status').selectOption('open');
  await page.getByText('2 orders').waitFor();
  await page.getByLabel('When').selectOption('yesterday');
  await page.getByText('No order is like that').waitFor();
  await page.getByLabel('When').selectOption('today');
  await page.getByText('2 orders').waitFor();
  assert.match(page.url(), /status=open/); // kept for the way back
  await assertAccessible(page, 'finding orders');
  await page.getByRole('link', { name: '47' }).click();
  await page.getByRole('heading', { name: 'Order 47' }).waitFor();
  await page.goBack();
  await page.getByText('2 orders').waitFor();
  await shot(page, 'console-orders');
});

test('the story says who did what when, and what was on which screen', async (t) => {
  const { hub, grill, order } = await kitchen(t);
  const page = await openConsole(t, hub, { hash: `#/order/${order.order_id}` });
  await page.getByRole('heading', { name: 'Order 47' }).waitFor();
  await page.getByText('Ana <b>Müller</b>').first().waitFor(); // as text, and never as HTML
  const event = (seq) => page.locator(`.timeline > [data-seq="${seq}"]`);
  await event(1).getByText('2× Cheeseburger, 1× Fries').waitFor();
  await event(2).getByText('€22.50 by card').waitFor();
  await event(2).getByText(/On grill-1 within/).waitFor();
  await event(4).getByText('1× Fries “out of stock”').waitFor();
  await event(4).getByText('grill-1: not shown').waitFor();
  await event(4).getByText('Payload').click();
  await event(4).getByText('"reason": "out of stock"').waitFor();
  await page.getByText('struck out', { exact: true }).waitFor();
  await assertAccessible(page, 'an order\'s story');
  await shot(page, 'console-story', { fullPage: true });
  await grill.poll();
  await hub.move(order, 'item_ready', { lines: ['1'] }); // the page follows by itself
  await event(5).getByText('2× Cheeseburger').waitFor();
  await event(4).getByText(/On grill-1/).waitFor();
  assert.equal(await event(4).locator('details').getAttribute('open'), '');
  const receipt = await page.getByRole('link', { name: 'Receipt' }).getAttribute('href');
  assert.equal(receipt, `/v1/orders/${order.order_id}/receipt?format=html`);
});

test('the story is copied as text', async (t) => {
  const { hub, order } = await kitchen(t);
  const page = await openConsole(t, hub, { hash: `#/order/${order.order_id}` });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await page.getByText('Copied').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of ['Order 47', 'Ana <b>Müller</b>', 'till T-1042', '2× Cheeseburger',
    'Struck out: 1× Fries “out of stock”', 'shown grill-1', order.order_id])
    assert.ok(text.includes(part), `${part} is not in:\n${text}`);
});

test('an order that is none, and a hub that is gone, are said', async (t) => {
  const hub = await Hub.start(t);
  const page = await openConsole(t, hub, { hash: '#/order/no-such-order',
    expected: /404|ERR_|Failed to load/ });
  await page.getByRole('alert').getByText('There is no such order').waitFor();
  await assertAccessible(page, 'no such order');
  const order = await hub.order({ number: '47' });
  await page.route('**/v1/orders/**', (route) => route.abort());
  await page.goto(`${hub.url}/console#/order/${order.order_id}`);
  await page.getByRole('heading', { name: 'The hub does not answer' }).waitFor();
  await shot(page, 'console-story-away');
  await page.unroute('**/v1/orders/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Order 47' }).waitFor();
});

test('everything can be done with keys alone', async (t) => {
  const { hub } = await kitchen(t);
  const page = await openConsole(t, hub);
  const keys = async (...all) => {
    for (const key of all) await page.keyboard.press(key);
  };
  await page.getByRole('row', { name: '47' }).waitFor();
  await keys('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'skip');
  await keys('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await keys('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await assertAccessible(page, 'the keys');
  await shot(page, 'console-keys');
  await keys('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await keys('2'); // late ones: none
  await page.getByText('No order is like that').waitFor();
  await keys('1', 'j', 'Enter');
  await page.getByRole('heading', { name: 'Order 47' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'title');
  await keys('u');
  await page.getByLabel('Find an order').waitFor();
  await waitFor(() => page.evaluate(() => document.activeElement.name === 'q'),
    'the focus in the search');
  await page.keyboard.type('g n fries'); // typing is typing
  await page.getByRole('row', { name: '47' }).waitFor();
  await page.getByLabel('Find an order').fill('');
  await keys('Tab', 'Tab', 'Tab', 'Tab'); // out of the form's fields
  await page.locator('.results').getByRole('link').first().focus();
  await keys('g', 'n');
  await page.getByRole('heading', { name: 'Now' }).waitFor();
});

const DESK = { viewport: { width: 2560, height: 1440 } }; // 27 inches
for (const [screen, size] of Object.entries({ ...SCREENS, desk: DESK }))
  for (const colorScheme of ['light', 'dark'])
    test(`nothing is cut off, and nobody kept out, on a ${screen} in ${colorScheme}`, async (t) => {
      const { hub, order } = await kitchen(t);
      await hub.order({ number: 'Mesa-larga-2026', table: 'Terraza junto al jardín', customer: {
        name: 'Bartholomäus Featherstonehaugh-Cholmondeley y Rodríguez de la Fuente' },
      items: [{ name: 'Tortilla española con cebolla caramelizada y pimientos de Padrón',
        quantity: 12, unit_price: 123456789, note: 'x'.repeat(300), category: 'grill' }] });
      const page = await openPage(t, { ...size, colorScheme, expected: expecting() });
      for (const [name, hash] of [['now', '#/now'], ['orders', '#/order'],
        ['story', `#/order/${order.order_id}`]]) {
        await page.goto(`${hub.url}/console${hash}`);
        await page.locator('#link[data-state=live]').waitFor();
        await page.getByText('47').first().waitFor();
        await assertAccessible(page, `${name} on a ${screen} in ${colorScheme}`);
        const wider = await page.evaluate(() =>
          document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wider, 0, `${name} is ${wider} px wider than the ${screen}`);
        await shot(page, `console-${name}-${screen}-${colorScheme}`);
      }
    });
