// SPDX-License-Identifier: Apache-2.0
// Debian's Chromium, as a guest or a manager has it: a fresh profile for every test.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { atEnd } from './cleanup.js';

// Nothing that reaches for the network or the desktop.
const QUIET = ['--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--autoplay-policy=document-user-activation-required'];

export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true,
    hasTouch: true },
  tablet: { viewport: { width: 1024, height: 600 }, hasTouch: true },
  laptop: { viewport: { width: 1440, height: 900 } },
  tv: { viewport: { width: 1920, height: 1080 } },
};

// What a page logs whose connection was cut on purpose: no fault of its.
export const CUT = /net::ERR_/;

let browser = null;

async function theBrowser() {
  browser = browser ?? await chromium.launch({
    executablePath: process.env.CF_CHROMIUM || '/usr/bin/chromium',
    chromiumSandbox: false,
    args: QUIET,
  });
  return browser;
}

// To be called in a test file's `after`: node waits for what it has started.
export async function closeBrowser() {
  if (browser) await browser.close();
  browser = null;
}

// A page in a profile of its own, gone at the end of the test. What it throws, what its console
// calls an error and what its policy refused fails the test, unless `expected` (an expression)
// matches it: a network that was cut on purpose is one.
export async function openPage(t, { screen = 'laptop', expected, init, ...options } = {}) {
  const context = await (await theBrowser()).newContext({ ...SCREENS[screen], locale: 'en-GB',
    ...options });
  const problems = [];
  const note = (text) => {
    if (!expected?.test(text)) problems.push(text);
  };
  atEnd(t, async () => {
    await context.close();
    assert.equal(problems.length, 0, `in the page:\n${problems.join('\n')}`);
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => note(`uncaught: ${error.stack ?? error}`));
  page.on('console', (message) => {
    if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
  });
  if (init) await page.addInitScript(init);
  return page;
}

// No violation of what axe knows, best practices included; `rules` as axe has them.
export async function assertAccessible(page, what, rules = {}) {
  // What is fading in has not its colours yet; what goes on for ever never ends.
  await page.evaluate(() => Promise.all(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished.catch(() => {}))));
  // Not by a script element: the page's policy would rightly refuse it.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (options) => globalThis.axe.run(document, options), { rules, resultTypes: ['violations'] });
  const found = violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n${nodes.map((node) => `    ${node.html}\n    ${node.failureSummary}`)
      .join('\n')}`);
  assert.equal(found.length, 0, `axe on ${what}:\n${found.join('\n')}`);
}

// A picture for a person to judge, when CF_SHOTS names a directory.
export async function shot(page, name, options = {}) {
  const directory = process.env.CF_SHOTS;
  if (!directory) return;
  await mkdir(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`), ...options });
}
