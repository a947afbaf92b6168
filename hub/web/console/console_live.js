// SPDX-License-Identifier: Apache-2.0
// The restaurant as it is now, followed by one event stream for the whole console. The hub says
// everything once, then only what has changed (shared/protocol/README.md, "Now").
import { whoAmI, hubEvents } from './console_api.js';
import { setHubNow } from './console_format.js';

const SILENCE = 20000; // ms; the hub says something every 5 s
const GRACE = 2500; // a reconnect faster than this is nobody's business
const RETRY_MIN = 500;
const RETRY_MAX = 10000;

class Live extends EventTarget {
  state = 'connecting'; // 'live', 'lost'
  heardAt = null; // of this browser's clock
  now = { now: null, orders: new Map(), displays: [], stations: [], alarms: [], head: 0 };
  #source = null;
  #delay = 0;
  #silence = 0;
  #retry = 0;
  #lost = 0;

  start() {
    this.stop();
    this.#open();
  }

  stop() {
    this.#source?.close();
    this.#source = null;
    for (const timer of [this.#silence, this.#retry, this.#lost]) clearTimeout(timer);
    this.#lost = 0;
  }

  #open() {
    const source = new EventSource('/v1/now/stream');
    this.#source = source;
    const on = (name, take) => source.addEventListener(name, (event) => {
      if (source !== this.#source) return;
      const data = JSON.parse(event.data);
      this.#heard(data);
      take(data);
    });
    on('now', (data) => this.#begin(data));
    on('change', (data) => this.#change(data));
    on('hb', () => {});
    source.onerror = () => source === this.#source && this.#failed();
    this.#watch();
  }

  #heard(data) {
    if (data.now) setHubNow(data.now);
    this.heardAt = Date.now();
    this.#delay = 0;
    clearTimeout(this.#lost);
    this.#lost = 0;
    this.#watch();
    this.#setState('live');
  }

  #begin(data) {
    this.now = { ...data, orders: new Map(data.orders.map((one) => [one.order_id, one])) };
    this.dispatchEvent(new Event('now'));
  }

  #change(data) {
    const { orders } = this.now;
    for (const one of data.orders || []) orders.set(one.order_id, one);
    for (const id of data.gone || []) orders.delete(id);
    const { orders: set, gone, ...rest } = data;
    this.now = { ...this.now, ...rest, orders };
    this.dispatchEvent(new Event('now'));
  }

  #watch() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#failed(), SILENCE);
  }

  // An EventSource does not say why: the session may be over, or the hub away.
  async #failed() {
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#silence);
    this.#lost = this.#lost || setTimeout(() => this.#setState('lost'), this.heardAt ? GRACE : 0);
    this.#delay = Math.min(this.#delay * 2 || RETRY_MIN, RETRY_MAX);
    const wait = this.#delay * (0.5 + Math.random() / 2);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(async () => {
      try {
        if (await whoAmI()) this.#open();
        else hubEvents.dispatchEvent(new Event('signed-out'));
      } catch {
        if (!this.#source) this.#failed();
      }
    }, wait);
  }

  #setState(state) {
    const isSame = this.state === state;
    this.state = state;
    if (!isSame) this.dispatchEvent(new Event('link'));
  }
}

export const live = new Live();
// Seen again after a nap: what is old is said to be old at once, and made new.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && live.heardAt && Date.now() - live.heardAt > SILENCE) live.start();
});
