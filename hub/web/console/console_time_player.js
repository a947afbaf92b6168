// SPDX-License-Identifier: Apache-2.0
// The board of a moment, and the way from there forwards and back. Boards come from the hub, and so
// does each order as each event left it: nothing is folded here.
import { api, withQuery } from './console_api.js';

const AHEAD_MIN = 60; // events loaded before they are needed; at 60x some seconds of a rush
const UNDO_MAX = 2000;

// 'changed' after every move, with the orders that it touched in `touched` (null: all); 'failed'
// with a problem.
export class Player extends EventTarget {
  constructor() {
    super();
    this.station = '';
    this.reset();
  }

  reset() {
    this.orders = new Map(); // order_id -> ticket
    this.queue = []; // events to come, in order
    this.undo = []; // { event, before }
    this.event = null; // the last one
    this.touched = new Set();
    this.board = null; // as the hub gave it
    this.pos = 0;
    this.clock = 0; // ms: the moment that is shown
    this.isLoaded = false;
    this.loading = null;
  }

  get isAtHead() { return this.board && this.queue.length === 0 && this.pos >= this.head; }

  // at: ms, or { pos }. The board there, whole.
  async seek(at) {
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    this.loading = null;
    const moment = typeof at === 'object' ? at.pos : new Date(at).toISOString();
    try {
      const board = await api(withQuery('/v1/board', { at: moment, station: this.station }),
        { signal: asked.signal });
      if (asked.signal.aborted) return false;
      this.take(board, typeof at === 'object' ? null : at);
      return true;
    } catch (problem) {
      if (asked.signal.aborted) return false;
      this.dispatchEvent(new CustomEvent('failed', { detail: problem }));
      return false;
    }
  }

  take(board, at) {
    this.reset();
    this.board = board;
    this.pos = board.pos;
    this.head = board.head;
    this.clock = at === null ? Date.parse(board.at) : Math.min(at, Date.parse(board.at));
    for (const order of board.orders) this.orders.set(order.order_id, order);
    this.isLoaded = true;
    this.changed(null);
  }

  changed(touched) {
    this.touched = touched;
    this.dispatchEvent(new Event('changed'));
  }

  // Sees to it that the next events are here. One request at a time, none per step.
  async ahead() {
    if (this.queue.length >= AHEAD_MIN || this.loading || !this.board) return this.loading;
    const from = this.queue.length > 0 ? this.queue.at(-1).pos : this.pos;
    if (from >= this.head) return null;
    const { signal } = this.asked;
    this.loading = api(withQuery('/v1/board/events', { from, station: this.station }), { signal })
      .then((page) => {
        this.loading = null;
        if (signal.aborted) return;
        this.head = page.head;
        this.queue.push(...page.events);
      }, (problem) => {
        this.loading = null;
        if (!signal.aborted) this.dispatchEvent(new CustomEvent('failed', { detail: problem }));
      });
    return this.loading;
  }

  // Is there more than was there when the board was asked for?
  async lookAgain() {
    const page = await api(withQuery('/v1/board/events', { from: this.pos, limit: 1 }));
    this.head = page.head;
  }

  apply(event) {
    const before = this.orders.get(event.order_id) || null;
    this.undo.push({ event, before });
    if (this.undo.length > UNDO_MAX) this.undo.shift();
    if (event.order) this.orders.set(event.order_id, event.order);
    else this.orders.delete(event.order_id);
    this.event = event;
    this.pos = event.pos;
    return event.order_id;
  }

  // Other settings since: what did not change itself may be elsewhere now.
  isOtherKitchen(event) { return event.settings_rev !== this.board.settings_rev; }

  // To this moment, as far as the events are here. False: they are not, yet.
  advance(clock) {
    const touched = new Set();
    while (this.queue.length > 0 && Date.parse(this.queue[0].at) <= clock) {
      const event = this.queue.shift();
      if (this.isOtherKitchen(event)) {
        this.seek({ pos: event.pos });
        return false;
      }
      touched.add(this.apply(event));
    }
    this.ahead();
    if (this.queue.length === 0 && this.pos < this.head) {
      this.clock = this.event ? Math.max(Date.parse(this.event.at), this.clock) : this.clock;
      if (touched.size > 0) this.changed(touched);
      return false;
    }
    this.clock = clock;
    this.changed(touched);
    return true;
  }

  async next() {
    if (this.queue.length === 0) await this.ahead();
    const event = this.queue.shift();
    if (!event) return false;
    if (this.isOtherKitchen(event)) return this.seek({ pos: event.pos });
    const touched = new Set([this.apply(event)]);
    this.clock = Math.max(this.clock, Date.parse(event.at));
    this.changed(touched);
    this.ahead();
    return true;
  }

  async previous() {
    const last = this.undo.pop();
    if (!last) return this.pos > 0 && this.seek({ pos: this.pos - 1 });
    const { event, before } = last;
    if (before) this.orders.set(event.order_id, before);
    else this.orders.delete(event.order_id);
    this.queue.unshift(event);
    this.pos = event.pos - 1;
    this.event = this.undo.at(-1)?.event || null;
    this.clock = this.event ? Date.parse(this.event.at)
      : Math.min(this.clock, Date.parse(event.at) - 1);
    this.changed(new Set([event.order_id]));
    return true;
  }
}
