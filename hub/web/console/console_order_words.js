// SPDX-License-Identifier: Apache-2.0
// An order's story in sentences: for the timeline, and for the text that is copied into a mail.
import { dateTime, money, span, timeWithSeconds } from './console_format.js';
import { common, wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  order_placed: 'Order placed', order_paid: 'Paid', order_accepted: 'Accepted',
  order_started: 'Kitchen began', order_ready: 'Ready', order_completed: 'Handed over',
  order_cancelled: 'Cancelled', order_recalled: 'Called back', item_started: 'Begun',
  item_ready: 'Made', item_recalled: 'Called back', item_voided: 'Struck out',
  items_added: 'Added', order_prioritised: 'Given priority', order_note_added: 'Note',
  item_moved: 'Moved to {station}', allergens_acknowledged: 'Allergens seen by a cook',
  void_acknowledged: 'Strike-out seen by a cook', course_fired: 'Course {course} fired',
  course_held: 'Course {course} held', kitchen_notified: 'Message to the kitchen',
  front_notified: 'Message to the floor', unprioritised: 'Priority taken back',
  everything: 'everything', nothingAgain: 'nothing is cooked again', by: 'by {method}',
  from: 'from {address}', total: 'Total', took: 'after {span}', shownAt: 'shown {name} +{span}',
  notShown: 'not shown on {name}', number: 'Order {number}', items: 'Items', timeline: 'Timeline',
} });

// Colours of what happened: what went on, what went well, what somebody should look at.
const TONES = { order_placed: 'info', order_paid: 'info', order_ready: 'good', item_ready: 'good',
  order_completed: 'good', order_cancelled: 'bad', item_voided: 'bad', order_recalled: 'warn',
  item_recalled: 'warn', items_added: 'warn', order_prioritised: 'warn', item_moved: 'warn',
  kitchen_notified: 'accent', front_notified: 'accent', order_note_added: 'accent' };
export const toneOf = (event) => TONES[event.type] || '';

export function headline(event) {
  const { payload } = event;
  if (event.type === 'order_prioritised' && payload.priority === false) return t('unprioritised');
  return t(event.type, { station: payload.station, course: payload.course });
}

const itemText = (item) => {
  const more = [...(item.modifiers || []).map((one) => (one.quantity > 1
    ? `${one.quantity}× ${one.name}` : one.name)), item.note].filter(Boolean).join(', ');
  return `${item.quantity}× ${item.name}${more ? ` (${more})` : ''}`;
};

function linesText(event, order) {
  const { lines } = event.payload;
  if (!lines) return event.type === 'order_recalled' ? t('everything') : '';
  if (lines.length === 0) return t('nothingAgain');
  return lines.map((id) => {
    const line = order.items.find((one) => one.line_id === id);
    return line ? `${line.quantity}× ${line.name}` : id;
  }).join(', ');
}

function paidText(payload, order) {
  const by = payload.method && t('by', { method: payload.method });
  const amount = payload.amount !== undefined && money(payload.amount, order.currency);
  return [amount, by].filter(Boolean).join(' ');
}

// What the event says beyond its name; '' when that is all.
export function details(event, order) {
  const { payload, type } = event;
  if (type === 'order_placed' || type === 'items_added')
    return (payload.items || []).map(itemText).join(', ');
  if (type === 'order_paid') return paidText(payload, order);
  const said = payload.reason || payload.note || payload.message || '';
  const isOfLines = /^(item_|order_recalled|allergens_|void_)/.test(type);
  const lines = isOfLines ? linesText(event, order) : '';
  return [lines, said && `“${said}”`].filter(Boolean).join(' ');
}

export function actorText(actor) {
  const kind = common(actor.kind);
  return actor.id && actor.id !== actor.kind ? `${actor.id} (${kind})` : kind;
}

export const lineTotal = (line) => (line.unit_price === undefined ? null : line.quantity
  * (line.unit_price + (line.modifiers || []).reduce((sum, one) =>
    sum + (one.unit_price || 0) * (one.quantity || 1), 0)));

// The sum of what has a price and was not struck out; null when nothing has one.
export function total(order) {
  const prices = order.items.filter((line) => line.status !== 'voided').map(lineTotal)
    .filter((price) => price !== null);
  return prices.length ? prices.reduce((sum, one) => sum + one, 0) : null;
}

export const who = (order) => [order.service_type && common(order.service_type),
  order.table, order.customer?.name].filter(Boolean).join(' · ');

// When each display that shows the order had this event: [{ name, at }]; at null: not shown yet.
export function shownOf(event, shown) {
  return (shown?.displays || []).filter((one) => one.concerned).flatMap((one) => {
    const found = one.shown.find((entry) => entry.seq === event.seq);
    return found ? [{ name: one.name || one.device, at: found.at, connected: one.connected }] : [];
  });
}
export const lagOf = (event, at) => Math.max(0, Date.parse(at) - Date.parse(event.at));
export const lagText = (ms) => (ms < 10000 ? `${(ms / 1000).toFixed(1)} s` : span(ms));

function shownText(event, shown) {
  const one = ({ name, at }) => (at ? t('shownAt', { name, span: lagText(lagOf(event, at)) })
    : t('notShown', { name }));
  return shownOf(event, shown).map(one).join(', ');
}

// The whole story as lines of text.
export function asText(order, events, shown) {
  const first = Date.parse(events[0].at);
  const sum = total(order);
  const head = [t('number', { number: order.number }), common(order.status), who(order),
    [order.source?.name, order.source?.external_id].filter(Boolean).join(' ')].filter(Boolean);
  const lines = order.items.map((line) => `  ${itemText(line)}  [${common(line.status)}]`);
  const story = events.map((event) => {
    const after = span(Date.parse(event.at) - first);
    const said = details(event, order);
    const painted = event.type === 'order_placed' ? '' : shownText(event, shown);
    const what = headline(event) + (said && `: ${said}`);
    return `  ${timeWithSeconds(event.at)}  +${after}  ${what}\n`
      + `      ${actorText(event.actor)}${painted && `; ${painted}`}`;
  });
  return [head.join(' · '), `${dateTime(events[0].at)}  ${order.order_id}`, '',
    t('items'), ...lines,
    ...(sum === null ? [] : [`  ${t('total')} ${money(sum, order.currency)}`]),
    '', t('timeline'), ...story, ''].join('\n');
}
