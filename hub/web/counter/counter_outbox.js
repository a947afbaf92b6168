// SPDX-License-Identifier: Apache-2.0
// What was decided here and the hub has not yet answered. Each is written down, with the key that
// makes it one, before it is first sent, and stays until the hub has said yes or no: an answer that
// was lost, a page that was closed, a hub that was away, and two windows at once all end with the
// same one order.
import { api } from './console_api.js';

const PREFIX = 'cf.outbox.';
const PAUSES = [1000, 2000, 4000, 8000, 15000]; // ms between tries while the hub is away
const WAITS = new Set([408, 425, 429]);

// Not crypto.randomUUID: a page over plain HTTP has none.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('');
}

const isLater = (problem) => !problem.code || problem.unreachable || problem.code === 'unreadable'
  || problem.status >= 500 || WAITS.has(problem.status);
const isStranger = (problem) => problem.status === 401 || problem.status === 403;

// Tells `change` after anything changed, `answered` ({entry, answer}) and `refused` ({entry}).
export class Outbox extends EventTarget {
  constructor() {
    super();
    this.memory = new Map(); // what could not be stored
    this.isStored = true;
    this.awaySince = 0;
    this.tries = 0;
    this.timer = 0;
    this.busy = false;
    this.stranger = false; // the hub does not know who asks
    window.addEventListener('online', () => this.flush());
    window.addEventListener('storage', (event) => event.key?.startsWith(PREFIX) && this.changed());
    document.addEventListener('visibilitychange', () => !document.hidden && this.flush());
  }

  changed() { this.dispatchEvent(new Event('change')); }

  // Oldest first.
  entries() {
    const entries = new Map(this.memory);
    try {
      for (let i = 0; i < localStorage.length; i += 1) {
        const name = localStorage.key(i);
        if (!name.startsWith(PREFIX)) continue;
        const entry = JSON.parse(localStorage.getItem(name));
        entries.set(entry.key, entry);
      }
    } catch { /* what is left is in memory */ }
    return [...entries.values()].sort((a, b) => a.made - b.made);
  }

  get waiting() { return this.entries().filter((one) => !one.refused); }

  keep(entry) {
    this.memory.delete(entry.key);
    try {
      localStorage.setItem(PREFIX + entry.key, JSON.stringify(entry));
      this.isStored = true;
    } catch {
      this.memory.set(entry.key, entry);
      this.isStored = false;
    }
    this.changed();
  }

  remove(key) {
    this.memory.delete(key);
    try {
      localStorage.removeItem(PREFIX + key);
    } catch { /* it was not there */ }
    this.changed();
  }

  // An order: `draft` is what can be put back when the hub refuses it.
  place(body, draft, total) {
    const key = newKey();
    this.start({ key, kind: 'order', path: '/v1/orders', body: JSON.stringify(body), draft, total,
      currency: body.currency, made: Date.now() });
    return key;
  }

  // An event of an order that is there.
  append(order, type, payload) {
    const key = newKey();
    this.start({ key, kind: 'event', path: `/v1/orders/${order.order_id}/events`, type,
      body: JSON.stringify({ type, payload, command_id: key }), number: order.number,
      made: Date.now() });
    return key;
  }

  start(entry) {
    this.keep(entry);
    this.flush();
  }

  // One at a time, in the order in which they were made.
  async flush() {
    clearTimeout(this.timer);
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = this.waiting[0]; next; next = this.waiting[0])
        if (!await this.send(next)) break;
    } finally {
      this.busy = false;
    }
  }

  async send(entry) {
    const headers = { 'Content-Type': 'application/json' };
    if (entry.kind === 'order') headers['Idempotency-Key'] = entry.key;
    try {
      const answer = await api(entry.path, { method: 'POST', headers, body: entry.body });
      this.reached();
      this.remove(entry.key);
      this.dispatchEvent(new CustomEvent('answered', { detail: { entry, answer } }));
      return true;
    } catch (problem) {
      return this.failed(entry, problem);
    }
  }

  failed(entry, problem) {
    if (isStranger(problem)) {
      this.reached();
      this.stranger = true;
      this.changed();
      this.dispatchEvent(new Event('stranger'));
      return false;
    }
    if (isLater(problem)) {
      this.awaySince = this.awaySince || Date.now();
      this.timer = setTimeout(() => this.flush(), PAUSES[Math.min(this.tries, PAUSES.length - 1)]);
      this.tries += 1;
      this.changed();
      return false;
    }
    this.reached();
    const refused = { ...entry, refused: { message: problem.message, code: problem.code,
      errors: problem.errors.slice(0, 20) } };
    this.keep(refused);
    this.dispatchEvent(new CustomEvent('refused', { detail: { entry: refused } }));
    return true;
  }

  // The hub has answered something, whatever it was.
  reached() {
    this.tries = 0;
    this.stranger = false;
    if (this.awaySince) {
      this.awaySince = 0;
      this.changed();
    }
  }
}
