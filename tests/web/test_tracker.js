// SPDX-License-Identifier: Apache-2.0
// The page a guest follows an order on.
import { after, test } from 'node:test';
import { assertAccessible, closeBrowser, openPage, shot } from './support/browser.js';
import { Hub } from './support/hub.js';

after(closeBrowser);

test('the tracker has nothing that keeps a guest out, in any state', async (t) => {
  const hub = await Hub.start(t);
  const order = await hub.order({ number: '47' });
  const page = await openPage(t, { screen: 'phone' });
  await page.goto(`${hub.url}/t/${order.tracker_token}`);
  await assertAccessible(page, 'a paid order');
  for (const [type, status] of [['order_accepted', 'accepted'], ['order_started', 'in_kitchen'],
    ['order_ready', 'ready'], ['order_completed', 'completed']]) {
    await hub.move(order, type);
    await page.locator(`main[data-status=${status}]`).waitFor();
    await assertAccessible(page, status);
    await shot(page, `tracker-${status}`);
  }
});
