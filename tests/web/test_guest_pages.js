// SPDX-License-Identifier: Apache-2.0
// What the guests' pages have in common: languages, colours, sizes, weight.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { SCREENS, assertAccessible, closeBrowser, openPage, shot } from './support/browser.js';
import { Hub } from './support/hub.js';

after(closeBrowser);

const LANGUAGES = ['en', 'es', 'zh', 'ar'];
const FIRST_WINDOW = 10 * 1460; // bytes a server may send before it has heard anything back

const restaurant = { name: 'La Taberna del Puerto', accent: '#0b5fa5',
  welcome: 'Free refills until 18:00' };

async function busyHub(t) {
  const hub = await Hub.start(t);
  await hub.setDocument('restaurant', restaurant);
  const started = [];
  for (let i = 0; i < 14; i += 1) {
    const order = await hub.order({ number: String(131 + i), customer: { name: 'Ana Secret' } });
    if (i < 9) await hub.move(order, 'order_started');
    if (i < 5) await hub.move(order, 'order_ready');
    started.push(order);
  }
  return { hub, ready: started[4], cooking: started[8] };
}

async function assertFits(page, what) {
  const [wide, width] = await page.evaluate(
    () => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= width, `${what} is ${wide} px wide on ${width}`);
}

test('each page in each language on each screen', async (t) => {
  const { hub, ready, cooking } = await busyHub(t);
  await hub.move(cooking, 'item_voided', { lines: ['2'] });
  const places = { pickup: '/pickup', ready: `/t/${ready.tracker_token}`,
    cooking: `/t/${cooking.tracker_token}`, none: `/t/${'0'.repeat(32)}` };
  for (const screen of Object.keys(SCREENS)) {
    const page = await openPage(t, { screen, expected: /404/ });
    for (const language of LANGUAGES) {
      for (const [name, path] of Object.entries(places)) {
        const what = `${name} in ${language} on a ${screen}`;
        await page.goto(`${hub.url}${path}?lang=${language}`);
        const html = page.locator('html');
        assert.equal(await html.getAttribute('lang'), language);
        assert.equal(await html.getAttribute('dir'), language === 'ar' ? 'rtl' : 'ltr');
        if (name === 'cooking') await page.locator('#ring').waitFor();
        if (name === 'pickup') await page.locator('#sound').waitFor();
        await assertFits(page, what);
        await assertAccessible(page, what);
        await shot(page, `${name}-${screen}-${language}`, { fullPage: name !== 'pickup' });
      }
    }
  }
});

test('a dark page is as readable, whatever the restaurant calls its colour', async (t) => {
  const { hub, cooking } = await busyHub(t);
  for (const accent of ['#ffe000', '#101820', '#7fd1ff', '#e0007a']) {
    await hub.setDocument('restaurant', { accent });
    for (const colorScheme of ['light', 'dark']) {
      const page = await openPage(t, { screen: 'phone', colorScheme });
      await page.goto(`${hub.url}/t/${cooking.tracker_token}`);
      await page.locator('#ring').waitFor();
      await assertAccessible(page, `${accent}, ${colorScheme}`);
      await shot(page, `accent-${accent.slice(1)}-${colorScheme}`);
      await page.goto(`${hub.url}/pickup`);
      await assertAccessible(page, `${accent} on the screen`);
    }
  }
});

test('speaks the guest\'s language, if the restaurant does', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const path = `/t/${order.tracker_token}`;
  const langOf = async (locale, query = '') => {
    const page = await openPage(t, { screen: 'phone', locale, javaScriptEnabled: false });
    await page.goto(hub.url + path + query);
    return page.locator('html').getAttribute('lang');
  };
  assert.equal(await langOf('es-MX'), 'es');
  assert.equal(await langOf('zh-CN'), 'zh');
  assert.equal(await langOf('fr-FR'), 'en');
  assert.equal(await langOf('es-MX', '?lang=ar'), 'ar');
  await hub.setDocument('restaurant', { language: 'es', languages: ['es', 'en'] });
  assert.equal(await langOf('zh-CN'), 'es');
  assert.equal(await langOf('en-US', '?lang=ar'), 'en');
});

test('reads well without a script', async (t) => {
  const { hub, ready } = await busyHub(t);
  const page = await openPage(t, { screen: 'phone', javaScriptEnabled: false });
  await page.goto(`${hub.url}/t/${ready.tracker_token}`);
  const text = await page.locator('main').innerText();
  for (const part of ['La Taberna del Puerto', '135', 'Ready for you', 'Cheeseburger',
    'Free refills', 'This page refreshes every 30 seconds', 'Español'])
    assert.ok(text.includes(part), `"${part}" in ${text}`);
  assert.equal(await page.locator('#ring').isVisible(), false);
  await page.getByRole('link', { name: 'Español' }).click();
  assert.match(await page.locator('main').innerText(), /Tu pedido/);
});

// What came over the wire, headers and all, for each file of the page: [path, bytes].
const loaded = (page) => page.evaluate(() => performance.getEntries()
  .filter((entry) => entry.transferSize !== undefined && !entry.name.includes('/v1/'))
  .map((entry) => [new URL(entry.name).pathname, entry.transferSize]));

test('comes in one round trip: small, and a second time hardly anything', async (t) => {
  const { hub, cooking } = await busyHub(t);
  for (const path of [`/t/${cooking.tracker_token}`, '/pickup']) {
    const page = await openPage(t, { screen: 'phone' });
    await page.goto(hub.url + path, { waitUntil: 'load' });
    const first = await loaded(page);
    const total = first.reduce((sum, [, bytes]) => sum + bytes, 0);
    t.diagnostic(`${first.map(([name, bytes]) => `${name.slice(0, 20)} ${bytes}`).join(', ')}: ${
      total} bytes`);
    assert.ok(first.length >= 6, 'the page, two style sheets, three scripts');
    for (const [name, bytes] of first)
      assert.ok(bytes > 0 && bytes < FIRST_WINDOW, `${name} has ${bytes} bytes`);
    await page.reload({ waitUntil: 'load' });
    for (const [name, bytes] of (await loaded(page)).filter(([one]) => one.startsWith('/web/')))
      assert.ok(bytes < 500, `${name} has ${bytes} bytes again`);
  }
});
