// SPDX-License-Identifier: Apache-2.0
// The manager's console, opened, and what else is in the restaurant with it.
import assert from 'node:assert/strict';
import { openPage } from './browser.js';

// Two stations, each with a display.
export const KITCHEN = {
  stations: [{ id: 'grill', name: 'Hot Grill' }, { id: 'fry', name: 'Fryer' }],
  routing: { category: { grill: 'grill', fry: 'fry' } },
  displays: [{ name: 'grill-1', role: 'prep', stations: ['grill'] },
    { name: 'fry-1', role: 'prep', stations: ['fry'] }, { name: 'pass', role: 'expo' }],
};

// What a browser may log besides: a test's hub goes before its page, which can notice.
export const expecting = (more = /ERR_CONNECTION_/) =>
  new RegExp(`ERR_CONNECTION_|${more.source}`);

// On a demo hub nobody is asked who he is.
export async function openConsole(t, hub, { hash = '#/now', expected, ...options } = {}) {
  const page = await openPage(t, { expected: expecting(expected), ...options });
  await page.goto(`${hub.url}/console${hash}`);
  await page.locator('#link[data-state=live]').waitFor();
  return page;
}

export async function signIn(page, hub) {
  await page.getByLabel('Manager\'s token').fill(hub.token('manager'));
  await page.getByRole('button', { name: 'Sign in' }).click();
}

// A display that polls, and says what is on its screen.
export class PollingDisplay {
  #hub;
  #name;
  #cursor = '';

  static async start(t, hub, name) {
    const display = new PollingDisplay();
    display.#hub = hub;
    display.#name = name;
    const { status, body } = await hub.get('/v1/kds/snapshot');
    assert.equal(status, 200);
    display.#cursor = body.cursor;
    await display.poll();
    return display;
  }

  // Takes what is new, and shows it.
  async poll() {
    const ask = async () => {
      const shown = this.#cursor.split('.')[1];
      const { status, body } = await this.#hub.get(`/v1/kds/events?since=${this.#cursor}`
        + `&display=${this.#name}&name=${this.#name}&shown=${shown}`);
      assert.equal(status, 200, JSON.stringify(body));
      this.#cursor = body.cursor;
    };
    await ask();
    await ask(); // the first tells what was shown before it
  }
}
