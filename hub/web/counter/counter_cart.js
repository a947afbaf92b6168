// SPDX-License-Identifier: Apache-2.0
// The order that is being taken: what was chosen, what it costs, and what is sent for it. Kept in
// this browser until it is sent, so that a reloaded page loses nothing.
const STORED = 'cf.counter.draft';
export const LINES_MAX = 200; // the hub's own bound on one request
export const QUANTITY_MAX = 999;

const fresh = () => ({ lines: [], service: '', table: '', guest: '', phone: '', due: '', note: '',
  payment: '', adding: null });

export const unitPrice = (line) =>
  line.price + line.modifiers.reduce((sum, one) => sum + one.price, 0);
export const linePrice = (line) => unitPrice(line) * line.quantity;

const sameDish = (a, b) => JSON.stringify({ ...a, quantity: 0 })
  === JSON.stringify({ ...b, quantity: 0 });

function itemOf(line) {
  const item = { name: line.name, quantity: line.quantity, unit_price: line.price };
  for (const key of ['sku', 'category', 'station', 'note']) if (line[key]) item[key] = line[key];
  if (line.allergens.length > 0) item.allergens = line.allergens;
  if (line.modifiers.length > 0)
    item.modifiers = line.modifiers.map(({ group, name, price }) =>
      ({ group, name, quantity: 1, unit_price: price }));
  return item;
}

// The next time that a clock shows 'HH:MM': today, or tomorrow when that has been.
export function nextTime(text, now = new Date()) {
  const match = /^(\d\d):(\d\d)$/.exec(text);
  if (!match) return null;
  const at = new Date(now);
  at.setHours(Number(match[1]), Number(match[2]), 0, 0);
  if (at < now - 60000) at.setDate(at.getDate() + 1);
  return at.toISOString();
}

export class Cart extends EventTarget {
  constructor() {
    super();
    Object.assign(this, fresh(), this.stored());
  }

  stored() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORED));
      return kept && Array.isArray(kept.lines) ? kept : {};
    } catch {
      return {};
    }
  }

  snapshot() {
    const { lines, service, table, guest, phone, due, note, payment, adding } = this;
    return structuredClone({ lines, service, table, guest, phone, due, note, payment, adding });
  }

  changed(what = 'lines') {
    try {
      localStorage.setItem(STORED, JSON.stringify(this.snapshot()));
    } catch { /* nothing is kept here: the outbox says so */ }
    this.dispatchEvent(new CustomEvent('change', { detail: what }));
  }

  get isEmpty() { return this.lines.length === 0; }
  get count() { return this.lines.reduce((sum, line) => sum + line.quantity, 0); }
  get total() { return this.lines.reduce((sum, line) => sum + linePrice(line), 0); }

  // False when the order is full.
  add(line) {
    const same = this.lines.find((one) => sameDish(one, line));
    if (!same && this.lines.length >= LINES_MAX) return false;
    if (same) same.quantity = Math.min(QUANTITY_MAX, same.quantity + line.quantity);
    else this.lines.push(line);
    this.changed();
    return true;
  }

  replaceLine(index, line) {
    this.lines[index] = line;
    this.changed();
  }

  setQuantity(index, quantity) {
    if (quantity <= 0) this.lines.splice(index, 1);
    else this.lines[index].quantity = Math.min(QUANTITY_MAX, quantity);
    this.changed();
  }

  set(values) {
    Object.assign(this, values);
    this.changed('details');
  }

  // How it is served stays: the next guest is mostly served like the last.
  clear() {
    const { service } = this;
    Object.assign(this, fresh(), { service });
    this.changed();
  }

  restore(snapshot) {
    Object.assign(this, fresh(), snapshot);
    this.changed();
  }

  items() { return this.lines.map(itemOf); }

  // The body of POST /v1/orders.
  order(currency) {
    const body = { source: { name: 'counter' }, currency, items: this.items() };
    if (this.service) body.service_type = this.service;
    if (this.table.trim()) body.table = this.table.trim();
    const customer = {};
    if (this.guest.trim()) customer.name = this.guest.trim();
    if (this.phone.trim()) customer.phone = this.phone.trim();
    if (Object.keys(customer).length > 0) body.customer = customer;
    const due = nextTime(this.due);
    if (due) body.due_at = due;
    if (this.note.trim()) body.note = this.note.trim();
    if (this.payment && this.payment !== 'unpaid')
      body.payment = { method: this.payment, amount: this.payment === 'bill' ? 0 : this.total };
    return body;
  }
}
