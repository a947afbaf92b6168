// SPDX-License-Identifier: Apache-2.0
// Where the manager sets the restaurant up.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible, closeBrowser, openPage, shot } from './support/browser.js';
import { Hub } from './support/hub.js';
import { waitFor } from './support/wait.js';

after(closeBrowser);

const KITCHEN = { stations: [{ id: 'grill', name: 'Hot Grill' }, { id: 'fry' }],
  routing: { category: { burgers: 'grill' } },
  displays: [{ name: 'grill-1', role: 'prep', stations: ['grill'] },
    { name: 'pass', role: 'expo' }] };

async function setup(t, part, { screen = 'laptop', documents = {}, expected } = {}) {
  const hub = await Hub.start(t);
  for (const [name, fields] of Object.entries(documents)) await hub.setDocument(name, fields);
  const page = await openPage(t, { screen, expected });
  await page.goto(`${hub.url}/console#/setup/${part}`);
  await page.getByRole('button', { name: 'Save' }).waitFor();
  return { hub, page };
}

const documentOf = async (hub, name) => (await hub.get(`/v1/settings/${name}`)).body;
const field = (page, pointer) => page.locator(`[data-at="${pointer}"]`);
const save = async (page) => {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').first().waitFor();
};

test('stations and routing are set, and asked about before they are saved', async (t) => {
  const { hub, page } = await setup(t, 'kitchen');
  await assertAccessible(page, 'a kitchen of which nothing was said');
  await page.getByRole('button', { name: 'Add a station' }).click();
  await field(page, '/stations/0/id').fill('grill');
  await field(page, '/stations/0/name').fill('Hot Grill');
  await page.locator('section:has(> h3:text("Categories")) > .button').first().click();
  await field(page, '/routing/category#0').fill('burgers');
  await page.getByLabel('Category', { exact: true }).fill('burgers');
  await page.getByRole('button', { name: 'Show me' }).click();
  await page.getByText('Made at Hot Grill').waitFor();
  assert.equal((await documentOf(hub, 'kitchen')).rev, 0, 'asking changes nothing');
  await save(page);
  const { settings } = await documentOf(hub, 'kitchen');
  assert.equal(settings.stations[0].name, 'Hot Grill');
  assert.deepEqual(settings.routing.category, { burgers: 'grill' });
});

test('what is wrong is said at its field, and what was typed stays', async (t) => {
  const { hub, page } = await setup(t, 'kitchen', { documents: { kitchen: KITCHEN },
    expected: /422/ });
  await page.getByLabel('Alarm after (seconds)').first().fill('0');
  await page.getByLabel('Name').first().fill('Grill station');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('must be an integer from 1 to 86400').waitFor();
  assert.equal(await page.locator('[aria-invalid=true]').getAttribute('data-at'),
    '/stations/0/alarm_after_s');
  assert.equal(await page.getByLabel('Name').first().inputValue(), 'Grill station');
  await assertAccessible(page, 'a form with a mistake');
  await page.getByLabel('Alarm after (seconds)').first().fill('45');
  await save(page);
  const [grill] = (await documentOf(hub, 'kitchen')).settings.stations;
  assert.deepEqual([grill.name, grill.alarm_after_s], ['Grill station', 45]);
});

test('two managers at once: nothing typed is lost, and the difference is shown', async (t) => {
  const { hub, page } = await setup(t, 'kitchen', { documents: { kitchen: KITCHEN },
    expected: /409/ });
  await page.getByLabel('Name').first().fill('Mine');
  await hub.setDocument('kitchen', { hold_courses: true });
  await page.getByRole('button', { name: 'Save' }).click();
  const dialog = page.locator('dialog');
  await dialog.getByText('hold courses').waitFor();
  await assertAccessible(page, 'two who changed the same');
  await shot(page, 'setup-conflict');
  await dialog.getByRole('button', { name: 'Take their changes too' }).click();
  assert.equal(await page.getByLabel('Name').first().inputValue(), 'Mine');
  await save(page);
  const { settings } = await documentOf(hub, 'kitchen');
  assert.equal(settings.stations[0].name, 'Mine');
  assert.equal(settings.hold_courses, true);
});

test('a display is told what it is for', async (t) => {
  const { hub, page } = await setup(t, 'displays', { documents: { kitchen: KITCHEN } });
  await page.getByLabel('Role').first().selectOption('runner');
  await page.getByRole('button', { name: 'Add a display' }).click();
  await page.getByLabel('Name').last().fill('fry-1');
  await page.getByLabel('Fryer').or(page.getByLabel('fry', { exact: true })).last().check();
  await assertAccessible(page, 'displays');
  await save(page);
  const { displays } = (await documentOf(hub, 'kitchen')).settings;
  assert.equal(displays[0].role, 'runner');
  assert.deepEqual(displays.at(-1).stations, ['fry']);
});

test('a table becomes the menu after it was seen', async (t) => {
  const { hub, page } = await setup(t, 'menu', { expected: /422/ });
  const choose = (text) => page.locator('input[type=file]').setInputFiles(
    { name: 'menu.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('name;price\nBurger;9,50\n;x\n');
  await page.getByText('line 3, column price: must be an amount such as 10.50').waitFor();
  await page.keyboard.press('Escape');
  await choose('name;price;category\nBurger;9,50;burgers\n');
  await page.getByRole('heading', { name: 'Import this table?' }).waitFor();
  assert.equal((await documentOf(hub, 'menu')).rev, 0);
  await assertAccessible(page, 'what an import would change');
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByText('The menu was imported.').waitFor();
  assert.equal((await documentOf(hub, 'menu')).settings.items[0].price, 950);
  await page.getByLabel('Price').fill('10,20');
  await page.getByLabel('Sold out').check();
  await assertAccessible(page, 'the menu');
  await save(page);
  const [burger] = (await documentOf(hub, 'menu')).settings.items;
  assert.deepEqual([burger.price, burger.sold_out], [1020, true]);
  const csv = await hub.get('/v1/settings/menu/export');
  assert.match(csv.body, /Burger,10\.20/);
});

test('name, colour and languages are the restaurant\'s own', async (t) => {
  const { hub, page } = await setup(t, 'restaurant');
  await page.getByLabel('Name', { exact: true }).fill('Taberna Norte');
  await page.getByLabel('Accent').fill('#ffe08a');
  await page.getByText('hard to read as small text').waitFor();
  await page.getByRole('checkbox', { name: '中文' }).uncheck();
  await page.getByLabel('Curbside').uncheck();
  await assertAccessible(page, 'the restaurant');
  await save(page);
  const { settings } = await documentOf(hub, 'restaurant');
  assert.equal(settings.name, 'Taberna Norte');
  assert.deepEqual(settings.languages, ['en', 'es', 'ar']);
  assert.ok(!settings.service_types.includes('curbside'));
});

test('staff get PINs that nobody reads again, and the history names who did it', async (t) => {
  const { hub, page } = await setup(t, 'staff', { screen: 'tablet', expected: /422/ });
  await page.getByText('Nobody yet').waitFor();
  await page.getByRole('button', { name: 'Add somebody' }).click();
  await page.getByLabel('Name').fill('Ana');
  await field(page, '/people/0/pin').fill('12');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('must be 4 to 12 digits').waitFor();
  await field(page, '/people/0/pin').fill('4711');
  await assertAccessible(page, 'staff');
  await save(page);
  assert.equal(await field(page, '/people/0/pin').inputValue(), '');
  const { settings } = await documentOf(hub, 'staff');
  assert.equal(settings.people[0].has_pin, true);
  assert.ok(!JSON.stringify(settings).includes('4711'));
  await page.getByRole('link', { name: 'History' }).click();
  await page.locator('.history summary').first().click();
  await page.getByText('by demo').waitFor();
  await assertAccessible(page, 'the history');
});

test('everything is reached with keys, and a phone shows it', async (t) => {
  const { hub, page } = await setup(t, 'kitchen', { screen: 'phone',
    documents: { kitchen: KITCHEN } });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
  assert.ok(!wide, 'nothing is wider than a phone');
  await shot(page, 'setup-phone');
  await page.getByLabel('Name').first().focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('By keys');
  await page.keyboard.press('Enter'); // as in any form: save
  await waitFor(async () => (await documentOf(hub, 'kitchen')).settings.stations[0].name
    === 'By keys', 'the name that was typed');
});
