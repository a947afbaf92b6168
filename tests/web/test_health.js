// SPDX-License-Identifier: Apache-2.0
// Health: the verdict, the proof, the log lines, and the bundle.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { assertAccessible, closeBrowser, openPage, shot } from './support/browser.js';
import { Hub } from './support/hub.js';

after(closeBrowser);

// What a hub that is stopped at a test's end leaves in a page's console is no fault of the page.
const CUT = 'ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED)';

const run = promisify(execFile);

async function open(t, hub, options = {}) {
  const page = await openPage(t, { expected: new RegExp(CUT), ...options });
  await page.goto(`${hub.url}/console#/health`);
  await page.locator('.health-banner').waitFor();
  return page;
}

test('it says what to do, and when it was done', async (t) => {
  const hub = await Hub.start(t);
  await hub.order({ number: '47' });
  const page = await open(t, hub);
  await page.getByText('There is no backup of this log yet.').waitFor();
  await page.locator('.health-banner.warn').waitFor();
  await writeFile(join(hub.data, 'backup.json'), JSON.stringify({ v: 1, bytes: 4096, pos: 2,
    at: new Date().toISOString(), epoch: 'e'.repeat(32), file: 'monday.db' }));
  await hub.stop();
  await hub.launch();
  await page.reload();
  await page.locator('.health-banner.good').waitFor();
  await page.getByText('monday.db').waitFor();
  await assertAccessible(page, 'a healthy hub');
});

test('the proof is there, and can be asked for', async (t) => {
  const hub = await Hub.start(t);
  await hub.order({ number: '47' });
  const page = await open(t, hub);
  await page.locator('.proven').waitFor(); // by itself at the start, perhaps before the order
  await page.getByRole('button', { name: 'Prove it again' }).click();
  await page.locator('.toast', { hasText: 'The proof' }).waitFor();
  await page.locator('.proven', { hasText: 'Every event up to 2 ' }).waitFor();
  await page.locator('tr', { hasText: 'log proven' }).nth(1).waitFor();
});

test('log lines by level', async (t) => {
  const hub = await Hub.start(t);
  const page = await open(t, hub);
  await page.locator('tr', { hasText: 'listening' }).waitFor();
  await page.getByRole('button', { name: 'Warnings' }).click();
  await page.locator('tr', { hasText: 'demo' }).waitFor();
  assert.equal(await page.locator('tr', { hasText: 'listening' }).count(), 0);
  await page.getByRole('button', { name: 'Errors' }).click();
  await page.getByText('No such line').waitFor();
});

test('the bundle is downloaded, and is one', async (t) => {
  const hub = await Hub.start(t);
  await hub.order({ number: '47', customer: { name: 'Ana Secret' } });
  const page = await open(t, hub);
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  const download = await waiting;
  assert.match(download.suggestedFilename(), /^counterfire-bundle-.*\.tar\.gz$/);
  const path = await download.path();
  const { stdout } = await run('tar', ['-xzOf', path]);
  assert.match(stdout, /"type":"order_placed"/);
  assert.doesNotMatch(stdout, /Ana Secret|Cheeseburger/);
  assert.ok((await readFile(path)).length > 500);
});

test('nothing keeps anybody out, on any screen', async (t) => {
  const hub = await Hub.start(t);
  for (let i = 0; i < 20; i += 1) await hub.order();
  for (const screen of ['phone', 'laptop', 'tv']) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open(t, hub, { screen, colorScheme });
      await page.locator('.proven').waitFor();
      await assertAccessible(page, `health, ${screen}, ${colorScheme}`);
      await shot(page, `health-${screen}-${colorScheme}`, { fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth
        > document.documentElement.clientWidth);
      assert.equal(wide, false, `${screen} scrolls sideways`);
    }
  }
});
