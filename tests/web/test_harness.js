// SPDX-License-Identifier: Apache-2.0
// The tests' own tools can fail.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible, closeBrowser, openPage } from './support/browser.js';
import { Hub } from './support/hub.js';
import { waitFor } from './support/wait.js';

after(closeBrowser);

test('a page with faults is told from one without', async (t) => {
  const page = await openPage(t);
  await page.setContent('<html lang="en"><title>x</title><main><h1>Hi</h1></main></html>');
  await assertAccessible(page, 'a good page');
  await page.setContent('<html lang="en"><title>x</title><main><h1>Hi</h1><img src="data:,">'
    + '<button></button></main></html>');
  const failed = await assertAccessible(page, 'a bad page').then(() => null, (error) => error);
  assert.match(String(failed), /image-alt/);
  assert.match(String(failed), /button-name/);
});

test('what goes wrong in a page is noticed', async (t) => {
  const seen = [];
  const fake = { after: (end) => seen.push(end) };
  const page = await openPage(fake);
  await page.setContent('<html lang="en"><title>x</title></html>');
  const thrown = page.waitForEvent('pageerror');
  await page.evaluate(() => {
    console.error('a fault');
    setTimeout(() => {
      throw new Error('thrown later');
    });
  });
  await thrown;
  const failed = await seen[0]().then(() => null, (error) => error);
  assert.match(String(failed), /a fault/);
  assert.match(String(failed), /thrown later/);
});

test('a condition that never comes says what was expected', async () => {
  await assert.rejects(waitFor(() => false, () => 'the moon', 50), /waited 50 ms for the moon/);
});

test('a hub with tokens asks for them, and keeps its data over a kill', async (t) => {
  const hub = await Hub.start(t, { demo: false });
  const without = await fetch(`${hub.url}/v1/orders?open=1`);
  assert.equal(without.status, 401);
  const order = await hub.order({ number: '47' });
  await hub.kill();
  await hub.launch();
  const { body } = await hub.get(`/v1/orders/${order.order_id}`);
  assert.equal(body.number, '47');
});
