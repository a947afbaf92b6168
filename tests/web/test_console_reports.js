// SPDX-License-Identifier: Apache-2.0
// Reports, as a manager reads them: the figures are the hub's, the pictures and files the page's.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { assertAccessible, closeBrowser, openPage, SCREENS, shot } from './support/browser.js';
import { expecting, KITCHEN, openConsole } from './support/console.js';
import { Hub } from './support/hub.js';

after(closeBrowser);

const DESK = { viewport: { width: 2560, height: 1440 } }; // 27 inches
const PAGES = ['overview', 'orders', 'funnel', 'prep', 'late', 'losses', 'recalls', 'honesty'];

// Three orders: one handed over, one cancelled, one with a line that was voided; one recall.
async function service(t) {
  const hub = await Hub.start(t);
  await hub.setDocument('kitchen', KITCHEN);
  const done = await hub.order({ number: '1' });
  await hub.move(done, 'item_ready', { lines: ['1', '2'] });
  await hub.move(done, 'order_recalled', { lines: ['2'] });
  await hub.move(done, 'item_ready', { lines: ['2'] });
  await hub.move(done, 'order_completed');
  const gone = await hub.order({ number: '2' });
  await hub.move(gone, 'order_cancelled', { reason: 'kitchen closed' });
  const open = await hub.order({ number: '3' });
  await hub.move(open, 'item_voided', { lines: ['1'], reason: 'out of stock' });
  return hub;
}

const figure = (page, name) => page
  .locator('.figure', { has: page.getByText(name, { exact: true }) }).locator('strong');

test('the figures are those of the log', async (t) => {
  const hub = await service(t);
  const page = await openConsole(t, hub, { hash: '#/reports' });
  assert.equal(await figure(page, 'Orders').innerText(), '3');
  assert.equal(await figure(page, 'Handed over').innerText(), '1');
  assert.equal(await figure(page, 'Cancelled orders').innerText(), '1');
  assert.equal(await figure(page, 'Voided items').innerText(), '2');
  assert.equal(await figure(page, 'Recalls').innerText(), '1');
  await page.locator('.chart canvas').waitFor();
  const row = (name) => page.getByRole('row', { name }).first();
  assert.match(await row('Placed').innerText(), /3/);
  await page.getByRole('link', { name: 'Voids & cancellations' }).click();
  await row('out of stock').getByText('€19.00').waitFor();
  await row('kitchen closed').getByText('€22.50').waitFor();
  await page.getByRole('link', { name: 'Preparation' }).click();
  await row('Hot Grill').waitFor();
  await row('Fryer').waitFor();
  await page.locator('select[name=group]').selectOption('dish');
  await row('Cheeseburger').waitFor();
  assert.match(page.url(), /group=dish/);
  await page.reload(); // the address is the report
  await row('Cheeseburger').waitFor();
  await page.getByRole('link', { name: 'Recalls' }).click();
  await page.locator('.halves').getByRole('link', { name: '1', exact: true }).click();
  await page.getByRole('heading', { name: 'Order 1' }).waitFor();
});

test('days are chosen, and what is empty says so', async (t) => {
  const hub = await service(t);
  const page = await openConsole(t, hub, { hash: '#/reports/orders' });
  await figure(page, 'Orders').waitFor();
  await page.keyboard.press('[');
  await page.getByText('No orders in these days').waitFor();
  await assertAccessible(page, 'an empty report');
  await shot(page, 'console-reports-empty');
  await page.getByRole('button', { name: 'Today' }).click();
  assert.equal(await figure(page, 'Orders').innerText(), '3');
  await page.getByRole('button', { name: 'Week' }).click();
  await page.getByText('A usual day, by quarter of an hour').waitFor();
  await page.getByRole('button', { name: 'Custom' }).click();
  await page.getByLabel('From', { exact: true }).fill('2026-01-01');
  await page.getByLabel('To', { exact: true }).fill('2026-01-31');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByText('No orders in these days').waitFor();
  assert.match(page.url(), /range=custom&from=2026-01-01&to=2026-01-31/);
});

test('a table is saved as a file, and what fails is said', async (t) => {
  const hub = await service(t);
  const page = await openConsole(t, hub, { hash: '#/reports/funnel', expected: /Failed to load/ });
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download stages as CSV' }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^funnel-stages-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  assert.match(text, /^group,stage,orders,/);
  assert.match(text, /"placed",3,/);
  await page.route('**/v1/reports/**', (route) => route.fulfill({ status: 503,
    contentType: 'application/problem+json', body: JSON.stringify({ code: 'unavailable',
      title: 'Not now', detail: 'the readers have no room' }) }));
  await page.getByRole('button', { name: 'Download stages as Parquet' }).click();
  await page.locator('.toast').getByText('the readers have no room').waitFor();
  await page.keyboard.press('[');
  await page.getByRole('heading', { name: 'Not now' }).waitFor();
  await shot(page, 'console-reports-failed');
});

for (const [screen, size] of Object.entries({ ...SCREENS, desk: DESK }))
  test(`every report can be read on a ${screen}`, async (t) => {
    const hub = await service(t);
    const page = await openPage(t, { ...size, expected: expecting(),
      colorScheme: screen === 'laptop' ? 'dark' : 'light' });
    for (const name of PAGES) {
      await page.goto(`${hub.url}/console#/reports/${name}`);
      await page.locator('.reports .card').first().waitFor();
      await assertAccessible(page, `${name} on a ${screen}`);
      const wider = await page.evaluate(() =>
        document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wider, 0, `${name} is ${wider} px wider than the ${screen}`);
      await shot(page, `console-reports-${name}-${screen}`);
    }
  });
