// SPDX-License-Identifier: Apache-2.0
// One ticket of the past: as the kitchen had it, its age as of then.
import { chip, el, replace } from './console_dom.js';
import { span } from './console_format.js';
import { statusChip } from './console_ui.js';
import { common, wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  table: 'Table {table}', priority: 'Priority', nowhere: 'No station', allergens: 'Allergens',
  late: 'late', done: 'done', gone: 'struck out',
} });

const modifierText = (one) => (one.quantity > 1 ? `${one.quantity}× ${one.name}` : one.name);

function lineOf(item, order, stations) {
  const place = order.lines[item.line_id] || {};
  const where = stations.size > 0 && (stations.get(place.station) || t('nowhere'));
  const more = [...(item.modifiers || []).map(modifierText), item.note].filter(Boolean);
  return el('li', { class: `line ${item.status}${place.here === false ? ' elsewhere' : ''}` },
    el('span', { class: 'quantity' }, `${item.quantity}×`),
    el('span', { class: 'dish' }, el('span', { class: 'name' }, item.name),
      more.length > 0 && el('span', { class: 'more' }, more.join(' · ')),
      item.allergens?.length > 0 && el('span', { class: 'more allergens' },
        `${t('allergens')}: ${item.allergens.join(', ')}`)),
    item.status === 'ready' && el('span', { class: 'unseen' }, t('done')),
    item.status === 'voided' && el('span', { class: 'unseen' }, t('gone')),
    where && el('span', { class: 'station' }, where));
}

// `stations`: id -> name.
export class Ticket {
  constructor() {
    this.age = el('span', { class: 'ticket-age' });
    this.node = el('li', { class: 'ticket' });
  }

  draw(order, stations) {
    this.from = Date.parse(order.age_from);
    this.warning = Date.parse(order.warning_at);
    this.late = Date.parse(order.late_at);
    const what = [order.service_type && common(order.service_type),
      order.table && t('table', { table: order.table }), order.customer?.name]
      .filter(Boolean).join(' · ');
    replace(this.node, el('article', { 'aria-label': order.number },
      el('header', {}, el('a', { class: 'number', href: `#/order/${order.order_id}` },
        order.number), this.age),
      el('p', { class: 'facts' }, statusChip(order.status),
        order.priority && chip(t('priority'), 'warn'), what && el('span', { class: 'what' }, what)),
      order.note && el('p', { class: 'note' }, order.note),
      el('ul', { class: 'lines' }, order.items.map((item) => lineOf(item, order, stations)))));
  }

  tick(clock) {
    const text = span(clock - this.from);
    if (this.age.textContent !== text) this.age.textContent = text;
    const tone = clock >= this.late ? 'bad' : clock >= this.warning ? 'warn' : '';
    if ((this.node.dataset.pace || '') !== tone) this.node.dataset.pace = tone;
  }

  flash() {
    this.node.classList.remove('touched');
    void this.node.offsetWidth; // so that the animation begins again
    this.node.classList.add('touched');
  }
}
