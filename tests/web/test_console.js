// SPDX-License-Identifier: Apache-2.0
// The manager's console: who gets in, what is open now, and what becomes of it when the hub or the
// session goes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible, closeBrowser, openPage, shot } from './support/browser.js';
import { expecting, KITCHEN, openConsole, PollingDisplay, signIn } from './support/console.js';
import { Hub } from './support/hub.js';

after(closeBrowser);

const REFUSED = /401|403/; // what a browser logs of an answer that was meant

test('a wrong token stays outside, the kitchen\'s too, the manager\'s opens', async (t) => {
  const hub = await Hub.start(t, { demo: false });
  const page = await openPage(t, { expected: expecting(REFUSED) });
  await page.goto(`${hub.url}/console`);
  await page.getByLabel('Manager\'s token').waitFor();
  await assertAccessible(page, 'signing in');
  await shot(page, 'console-sign-in');
  await page.keyboard.press('Enter');
  await page.getByText('Fill this in first.').waitFor();
  await page.keyboard.type('not-a-token');
  await page.keyboard.press('Enter');
  await page.getByText('That is not known here.').waitFor();
  await assertAccessible(page, 'signing in with an error');
  await page.keyboard.type(hub.token('kitchen'));
  await page.keyboard.press('Enter');
  await page.getByText('The console needs a manager.').waitFor();
  await page.reload(); // nothing of the kitchen's session is left
  await signIn(page, hub);
  await page.getByRole('heading', { name: 'Now' }).waitFor();
  const cookies = await page.context().cookies();
  assert.ok(cookies.every((one) => one.httpOnly), 'a script could read the session');
  assert.equal(await page.evaluate(() => JSON.stringify(localStorage) + location.href
    + document.cookie).then((all) => all.includes(hub.token('manager'))), false);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Manager\'s token').waitFor();
});

test('what is open comes, changes and goes by itself', async (t) => {
  const hub = await Hub.start(t);
  const page = await openConsole(t, hub);
  await page.getByText('No open orders').waitFor();
  await assertAccessible(page, 'an empty Now');
  await shot(page, 'console-now-empty');
  const order = await hub.order({ number: '47', customer: { name: 'Ana' } });
  const row = page.getByRole('row', { name: '47' });
  await row.getByText('Paid', { exact: true }).waitFor();
  await row.getByRole('cell', { name: 'Takeaway · Ana' }).waitFor();
  await hub.move(order, 'order_started');
  await row.getByText('In kitchen').waitFor();
  await hub.move(order, 'item_ready', { lines: ['1'] });
  await row.getByText('2/3').waitFor();
  await hub.move(order, 'order_ready');
  await row.getByText('Ready', { exact: true }).waitFor();
  await hub.order({ number: '48' });
  const next = page.getByRole('row', { name: '48' }).getByRole('link');
  await next.focus();
  await hub.move(order, 'order_completed');
  await row.waitFor({ state: 'detached' });
  assert.ok(await next.evaluate((node) => node === document.activeElement),
    'what goes above took the focus along');
});

test('stations, displays and alarms are told', async (t) => {
  const hub = await Hub.start(t);
  await hub.setDocument('kitchen', { ...KITCHEN,
    stations: KITCHEN.stations.map((one) => ({ ...one, alarm_after_s: 5 })) });
  const display = await PollingDisplay.start(t, hub, 'grill-1');
  const page = await openConsole(t, hub);
  await hub.order({ number: '48' });
  const row = (table, name) => page.getByRole('region', { name: table })
    .getByRole('row', { name });
  const grill = row('Stations', 'Hot Grill');
  await grill.getByText('grill-1').waitFor();
  await row('Displays', 'grill-1').getByText('Polling').waitFor();
  await display.poll();
  await page.locator('.alarms').getByText('Fryer: no display that shows it is connected').waitFor();
  await page.locator('#nav .badge', { hasText: '1' }).waitFor();
  await assertAccessible(page, 'Now with an alarm');
  await shot(page, 'console-now-alarm');
});

test('a hub that goes is said, and what comes back is followed', async (t) => {
  const hub = await Hub.start(t);
  const page = await openConsole(t, hub, { expected: /ERR_|Failed to load/ });
  await hub.order({ number: '47' });
  await page.getByRole('row', { name: '47' }).waitFor();
  await hub.kill();
  await page.getByRole('alert').getByText('The hub does not answer.').waitFor();
  await page.getByText('Not connected').waitFor();
  await page.getByRole('row', { name: '47' }).waitFor(); // still there, and said to be old
  await assertAccessible(page, 'Now without a hub');
  await shot(page, 'console-now-away');
  await hub.launch();
  await page.getByText('Live', { exact: true }).first().waitFor();
  await hub.order({ number: '48' });
  await page.getByRole('row', { name: '48' }).waitFor();
  await page.locator('#away').waitFor({ state: 'hidden' });
});

test('a session that ends is asked for over the open view', async (t) => {
  const hub = await Hub.start(t, { demo: false });
  const page = await openPage(t, { expected: expecting(REFUSED) });
  await page.goto(`${hub.url}/console`);
  await signIn(page, hub);
  const order = await hub.order({ number: '47' });
  await page.getByRole('row', { name: '47' }).waitFor();
  await page.context().clearCookies();
  await page.goto(`${hub.url}/console#/order/${order.order_id}`);
  await page.getByRole('dialog').getByText('Your session has ended.').waitFor();
  await assertAccessible(page, 'a session that has ended');
  await shot(page, 'console-session-ended');
  await page.keyboard.press('Escape'); // there is nothing to go back to
  await signIn(page, hub);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Order 47' }).waitFor();
  await page.getByText('Live', { exact: true }).first().waitFor();
});
