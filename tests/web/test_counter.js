// SPDX-License-Identifier: Apache-2.0
// The page that takes orders by hand.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible, closeBrowser, CUT, openPage, shot } from './support/browser.js';
import { Hub } from './support/hub.js';
import { waitFor } from './support/wait.js';

after(closeBrowser);

const MENU = {
  categories: [{ id: 'burgers', name: 'Burgers' }, { id: 'sides', name: 'Sides' }],
  modifier_groups: [
    { id: 'done', name: 'How done', min: 1, max: 1,
      modifiers: [{ name: 'Rare' }, { name: 'Medium' }] },
    { id: 'extras', name: 'Extras', min: 0, max: 2,
      modifiers: [{ name: 'Bacon', price: 150 }, { name: 'Egg', price: 120, sold_out: true }] }],
  items: [
    { sku: 'CB', name: 'Cheeseburger', price: 950, category: 'burgers', allergens: ['milk'],
      modifier_groups: ['done', 'extras'] },
    { sku: 'FR', name: 'Fries', price: 400, category: 'sides' },
    { sku: 'CF', name: 'Café con leche', price: 260, category: 'sides', sold_out: true },
    { sku: 'FD', name: 'Fish of the day', category: 'sides', allergens: ['fish'] }],
};

async function counter(t, { menu = MENU, ...options } = {}) {
  const hub = await Hub.start(t);
  if (menu) await hub.setDocument('menu', menu);
  const page = await openPage(t, { screen: 'tablet', ...options });
  await page.goto(`${hub.url}/counter`);
  await page.getByRole('searchbox').waitFor();
  return { hub, page };
}

const ordersOf = async (hub) => (await hub.get('/v1/orders?open=1')).body.orders;
const oneOrder = (hub) => waitFor(async () => (await ordersOf(hub))[0], 'an order at the hub');
const send = (page) => page.getByRole('button', { name: /Send to the kitchen/ }).click();

test('an order taken by touch is the order that the hub has', async (t) => {
  const { hub, page } = await counter(t);
  await page.getByRole('button', { name: /^Cheeseburger/ }).tap();
  await page.getByRole('button', { name: /^Add/ }).tap();
  await page.getByText('Choose at least 1.').waitFor(); // a choice that must be made
  await page.getByLabel('Medium').tap();
  await page.getByLabel('Bacon').tap();
  assert.ok(await page.getByLabel('Egg').isDisabled(), 'what is sold out cannot be chosen');
  await page.locator('dialog').getByLabel('Note').fill('well done');
  await page.getByRole('button', { name: /^Add/ }).tap();
  await page.getByRole('button', { name: /^Fries/ }).tap();
  await page.getByRole('button', { name: /^Fries/ }).tap();
  assert.ok(await page.getByRole('button', { name: /^Café/ }).isDisabled());
  await assertAccessible(page, 'an order being taken');
  await page.getByLabel('Table').fill('7');
  await page.getByText('Card', { exact: true }).tap();
  await send(page);
  await page.getByRole('img', { name: /^QR code/ }).waitFor();
  await assertAccessible(page, 'an order that was sent');
  await shot(page, 'counter-sent');
  const order = await oneOrder(hub);
  assert.equal(order.status, 'paid');
  assert.equal(order.table, '7');
  assert.equal(order.service_type, 'dine_in');
  assert.equal(order.payment.amount, 1900);
  const [burger, fries] = order.items;
  assert.deepEqual([burger.sku, burger.category, burger.note, burger.allergens],
    ['CB', 'burgers', 'well done', ['milk']]);
  assert.deepEqual(burger.modifiers.map((one) => [one.group, one.name, one.unit_price]),
    [['How done', 'Medium', 0], ['Extras', 'Bacon', 150]]);
  assert.equal(fries.quantity, 2);
  assert.equal((await ordersOf(hub)).length, 1);
});

test('an order is taken with keys alone', async (t) => {
  const { hub, page } = await counter(t, { screen: 'laptop' });
  const { keyboard } = page;
  await page.locator('input[type=search]:focus').waitFor();
  await keyboard.type('fri');
  await keyboard.press('Enter');
  await keyboard.type('fish');
  await keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await keyboard.type('18,50'); // asked for its price first
  await keyboard.press('Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await keyboard.type('cheesb'); // nothing is called that: free, by its name
  await keyboard.press('Control+A');
  await keyboard.type('cb'); // a SKU
  await keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await page.getByLabel('Rare').focus();
  await keyboard.press('Space');
  await keyboard.press('Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('h1').evaluate(() => document.activeElement.blur());
  await keyboard.press('p'); // how it is paid
  await keyboard.press('Space');
  await keyboard.press('Control+Enter');
  await page.locator('.sent-number').waitFor();
  const order = await oneOrder(hub);
  assert.deepEqual(order.items.map((one) => [one.name, one.unit_price]),
    [['Fries', 400], ['Fish of the day', 1850], ['Cheeseburger', 950]]);
  assert.equal(order.payment.method, 'cash');
});

test('an answer that is lost makes no second order', async (t) => {
  const { hub, page } = await counter(t, { expected: CUT });
  let lost = 0;
  await page.route('**/v1/orders', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch(); // the hub has it; nobody here hears of it
    return route.abort('connectionreset');
  });
  await page.getByRole('button', { name: /^Fries/ }).click();
  await page.getByText('Cash', { exact: true }).click();
  await send(page);
  await page.locator('.sent-number').waitFor();
  assert.equal(lost, 1);
  assert.equal((await ordersOf(hub)).length, 1);
});

test('without the hub orders wait, also over a reload, and are sent once', async (t) => {
  const { hub, page } = await counter(t, { expected: CUT });
  await page.context().setOffline(true);
  for (const name of ['Ana', 'Bo']) {
    await page.getByRole('button', { name: /^Fries/ }).click();
    await page.getByLabel('Guest\'s name').fill(name);
    await page.getByText('Card', { exact: true }).click();
    await send(page);
    await page.getByText('Waiting for the hub').waitFor();
    await page.getByRole('button', { name: 'Next order' }).click();
  }
  await page.getByText('2 orders are waiting to be sent').waitFor();
  await page.getByText('The hub does not answer since').waitFor();
  await assertAccessible(page, 'orders that wait');
  await shot(page, 'counter-waiting');
  assert.equal((await ordersOf(hub)).length, 0);
  await page.route('**/v1/orders', (route) => route.abort('connectionrefused'));
  await page.context().setOffline(false);
  await page.reload(); // the page is back before the hub is
  await page.getByText('2 orders are waiting to be sent').waitFor();
  await page.unroute('**/v1/orders');
  await waitFor(async () => (await ordersOf(hub)).length === 2, 'both orders at the hub');
  await page.locator('#outbox').waitFor({ state: 'hidden' });
  const names = (await ordersOf(hub)).map((one) => one.customer.name);
  assert.deepEqual(names, ['Ana', 'Bo']);
});

test('what the hub refuses is said, and can be mended', async (t) => {
  const { hub, page } = await counter(t, { expected: /422/ });
  await page.getByRole('button', { name: /^Fries/ }).click();
  await page.getByText('Guest, time, note').click();
  await page.evaluate(() => document.querySelector('[name=table]').removeAttribute('maxlength'));
  await page.getByLabel('Table').fill('7'.repeat(300));
  await page.getByText('Cash', { exact: true }).click();
  await send(page);
  await page.getByRole('heading', { name: 'The hub refused this' }).waitFor();
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByLabel('Table').fill('7');
  await send(page);
  await page.locator('.sent-number').waitFor();
  assert.equal((await oneOrder(hub)).table, '7');
});

test('an order is paid, added to, made less and cancelled later', async (t) => {
  const { hub, page } = await counter(t);
  await page.getByRole('button', { name: /^Fries/ }).click();
  await page.getByText('Not paid yet', { exact: true }).click();
  await page.getByText('The kitchen starts when it has been paid.').waitFor();
  await page.getByRole('button', { name: 'Place, to be paid' }).click();
  const { number, order_id: id } = await oneOrder(hub);
  const now = async () => (await hub.get(`/v1/orders/${id}`)).body;
  const comes = (condition, what) => waitFor(async () => condition(await now()), what);
  const dialog = page.locator('dialog.order');
  await page.getByRole('button', { name: 'Orders' }).click();
  await page.getByRole('button', { name: new RegExp(`^${number}`) }).click();
  await dialog.getByRole('button', { name: 'Paid' }).click();
  await page.getByRole('button', { name: 'Card' }).click();
  await comes((one) => one.status === 'paid', 'the payment');
  await dialog.getByRole('button', { name: 'Add items' }).click();
  await page.getByRole('button', { name: /^Fries/ }).click();
  await page.getByRole('button', { name: 'Add to the order' }).click();
  await comes((one) => one.items.length === 2, 'the addition');
  await page.getByRole('button', { name: 'Orders' }).click();
  await page.getByRole('button', { name: new RegExp(`^${number}`) }).click();
  await dialog.getByRole('button', { name: 'Take off' }).first().click();
  await page.getByRole('button', { name: 'Out of stock' }).click();
  await page.getByRole('button', { name: 'Take it off' }).click();
  await comes((one) => one.items[0].status === 'voided', 'the line to be void');
  await assertAccessible(page, 'an order that is open');
  await dialog.getByRole('button', { name: 'Cancel order' }).click();
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByText('Say why').waitFor();
  await page.getByLabel('Reason').fill('left');
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await comes((one) => one.status === 'cancelled', 'the cancellation');
  assert.equal((await now()).cancel_reason, 'left');
});

test('a restaurant without a menu starts at once', async (t) => {
  const { hub, page } = await counter(t, { menu: null, screen: 'phone' });
  await page.getByText('There is no menu yet').waitFor();
  await assertAccessible(page, 'an empty menu');
  await shot(page, 'counter-empty');
  await page.locator('.none').getByRole('button', { name: 'Free item' }).click();
  await page.getByRole('button', { name: /^Add/ }).click();
  await page.getByText('What is it called?').waitFor();
  await page.locator('dialog').getByLabel('Name').fill('Paella');
  await page.locator('dialog').getByLabel(/^Price/).fill('24');
  await page.getByRole('button', { name: /^Add/ }).click();
  await page.getByRole('button', { name: /View order/ }).click();
  await page.getByText('Cash', { exact: true }).click();
  await assertAccessible(page, 'the order on a phone');
  await send(page);
  await page.locator('.sent-number').waitFor();
  const [item] = (await oneOrder(hub)).items;
  assert.deepEqual([item.name, item.unit_price], ['Paella', 2400]);
});

test('five hundred items and long names are found and fit', async (t) => {
  const long = 'Slow-braised Galician veal cheeks, truffled mashed potatoes, red wine sauce';
  const menu = { categories: Array.from({ length: 20 }, (_, i) => ({ id: `c${i}` })),
    items: [{ sku: 'L', name: `${long} ${'x'.repeat(80)}`, price: 2450, category: 'c0' },
      ...Array.from({ length: 499 }, (_, i) => ({ sku: `S${i}`, name: `Dish ${i + 1}`,
        price: 500 + i, category: `c${i % 20}` }))] };
  const { page } = await counter(t, { menu });
  await page.getByRole('searchbox').fill('dish 499');
  await page.getByRole('button', { name: /^Dish 499/ }).click();
  await page.getByRole('searchbox').fill('galician');
  await page.getByRole('button', { name: /^Slow/ }).click();
  await shot(page, 'counter-500');
  const wide = await page.evaluate(() => [...document.querySelectorAll('#menu *, #ticket *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
      && !one.closest('.categories')).length);
  assert.equal(wide, 0, 'nothing is wider than the screen');
  await assertAccessible(page, 'a large menu');
});

test('a PIN says who takes the orders', async (t) => {
  const hub = await Hub.start(t, { demo: false });
  const set = await hub.put('/v1/settings/staff', { rev: 0, settings: { people: [
    { name: 'Ana', role: 'counter', pin: '4711' }] } });
  assert.equal(set.status, 200, JSON.stringify(set.body));
  await hub.setDocument('menu', MENU);
  const page = await openPage(t, { screen: 'tablet', expected: /401/ });
  await page.goto(`${hub.url}/counter`);
  const digit = (one) => page.getByRole('button', { name: one, exact: true }).click();
  for (const one of '1111') await digit(one);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('That is not known here.').waitFor();
  await assertAccessible(page, 'signing in');
  for (const one of '4711') await digit(one);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /^Fries/ }).click();
  await page.getByText('Cash', { exact: true }).click();
  await send(page);
  await page.locator('.sent-number').waitFor();
  const { order_id: id } = await oneOrder(hub);
  const { body } = await hub.get(`/v1/orders/${id}/timeline`);
  assert.equal(body.events[0].actor.id, 'Ana');
});
