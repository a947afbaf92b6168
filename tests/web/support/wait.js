// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';

const LIMIT = 20000; // ms; only a failure takes that long
const PAUSE = 20;

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Asks `condition` until it is truthy, and gives that back. What it throws ends the wait: a page or
// a process that is gone will not come back. `what` (text, or a function that makes it) says what
// was expected.
export async function waitFor(condition, what, limit = LIMIT) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end)
      assert.fail(`waited ${limit} ms for ${typeof what === 'function' ? await what() : what}`);
    await pause(PAUSE);
  }
}
