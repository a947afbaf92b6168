// SPDX-License-Identifier: Apache-2.0
// The restaurant as it is this second: what is open and how old, who looks after it, what is wrong.
import { age, chip, el, icon, moment, replace, say } from './console_dom.js';
import { hubNow, number, span, when } from './console_format.js';
import { rowKeys, shortcuts } from './console_keys.js';
import { live } from './console_live.js';
import { card, empty, failure, figure, loading, statusChip, Table } from './console_ui.js';
import { common, wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  title: 'Now', orders: 'Open orders', order: 'Order', status: 'Status', age: 'Age', who: 'For',
  items: 'Done', waiting: 'Waiting at', source: 'From', station: 'Station', tickets: 'Tickets',
  toMake: 'To make', oldest: 'Oldest', displays: 'Displays', display: 'Display', state: 'State',
  shown: 'Shown', lag: 'Behind', seen: 'Seen', stations: 'Stations', alarms: 'Alarms',
  open: 'Open orders', inKitchen: '{n} in the kitchen', late: 'Late', lateBelow: 'past their limit',
  ready: 'Ready', readyBelow: 'oldest {age}', connected: 'Displays', connectedBelow: 'connected',
  all: 'All', noAlarm: 'None', allWell: 'everything is looked after', since: 'since {at}',
  noOrders: 'No open orders',
  noOrdersText: 'An order shows here the moment it is on the hub\'s disk.',
  noMatch: 'No order is like that', noMatchText: 'Choose another filter.',
  noDisplays: 'No display has been here yet',
  noDisplaysText: 'Start one with the kitchen token; it shows here once it is connected.',
  kitchen: 'Kitchen', unrouted: 'No station', nobody: 'No display', table: 'Table {name}',
  off: '{station}: no display that shows it is connected',
  behind: '{station}: a display is connected, but has not shown what came',
  unseen: { one: '{n} ticket waits unseen', other: '{n} tickets wait unseen' },
  live: 'Live', polling: 'Polling', away: 'Away', current: 'all', priority: 'Priority',
  recalled: 'Recalled', filter: 'Which orders', next: 'Next order', previous: 'Previous order',
  newAlarm: 'Alarm: {text}', events: { one: '{n} event', other: '{n} events' }, toShow: 'of {head}',
} });
export const title = t('title');

const FILTERS = {
  all: { text: t('all'), test: () => true },
  late: { text: t('late'), test: (order) => isLate(order) },
  kitchen: { text: common('in_kitchen'), test: (order) => order.waiting.length > 0 },
  ready: { text: common('ready'), test: (order) => order.status === 'ready' },
};
const isLate = (order) => order.status !== 'ready' && hubNow() >= Date.parse(order.late_at);

let view = null; // what open() made; null while closed

const who = (order) => [
  order.service_type && common(order.service_type),
  order.table && t('table', { name: order.table }), order.customer,
].filter(Boolean).join(' · ');

const stationName = (id) => live.now.stations.find((one) => one.station === id)?.name
  || (id === '' && live.now.stations.length > 1 ? t('unrouted') : id || t('kitchen'));

function ordersTable() {
  return new Table({ caption: t('orders'), key: (order) => order.order_id,
    href: (order) => `#/order/${order.order_id}`,
    signature: (order) => `${order.seq} ${order.late_at} ${JSON.stringify(order.waiting)}`,
    none: empty(t('noOrders'), t('noOrdersText')),
    columns: [
      { title: t('order'), class: 'number', cell: (order) => [
        el('span', { class: 'tight' }, order.number),
        el('span', { class: 'below narrow' }, who(order))],
        sort: (order) => order.number },
      { title: t('age'), align: 'end', sort: (order) => -Date.parse(order.since),
        cell: (order) => (order.status === 'ready' ? age(order.since)
          : age(order.since, { warning: order.warning_at, late: order.late_at })) },
      { title: t('status'), sort: (order) => order.status, cell: (order) => [
        statusChip(order.status), order.priority && [' ', chip(t('priority'), 'warn')],
        order.recalls > 0 && [' ', chip(t('recalled'), 'warn')]] },
      { title: t('items'), cell: (order) => progress(order) },
      { title: t('waiting'), class: 'waiting', cell: (order) => el('span', { class: 'pills' },
        order.waiting.map((one) => el('span', { class: one.station || live.now.stations.length < 2
          ? '' : 'warn-text' }, `${stationName(one.station)} `, el('b', {}, one.quantity)))) },
      { title: t('who'), wide: true, cell: (order) => who(order) },
      { title: t('source'), class: 'source',
        cell: (order) => el('span', { class: 'soft' }, order.source || '') },
    ] });
}

const progress = (order) => el('span', { class: 'progress' },
  el('progress', { max: order.items, value: order.items_ready, 'aria-label': t('items') }),
  el('span', { class: 'num' }, `${order.items_ready}/${order.items}`));

// What each station has to make, summed over the open orders.
function loads() {
  const rows = new Map(live.now.stations.map((one) => [one.station,
    { ...one, tickets: 0, quantity: 0, late: 0, oldest: null }]));
  for (const order of live.now.orders.values())
    for (const { station, quantity } of order.waiting) {
      if (!rows.has(station)) rows.set(station, { station, name: t('unrouted'), displays: null,
        tickets: 0, quantity: 0, late: 0, oldest: null });
      const row = rows.get(station);
      row.tickets += 1;
      row.quantity += quantity;
      row.late += isLate(order) ? 1 : 0;
      if (!row.oldest || order.since < row.oldest.since) row.oldest = order;
    }
  const alarms = new Map(live.now.alarms.map((one) => [one.station, one]));
  return [...rows.values()].map((row) => ({ ...row, alarm: alarms.get(row.station) || null }));
}

function loadTable() {
  return new Table({ caption: t('stations'), key: (row) => row.station, compact: true, columns: [
    { title: t('station'), cell: (row) => [el('span', {}, row.name || t('kitchen')),
      row.displays && el('span', { class: row.displays.length ? 'below' : 'below bad-text' },
        row.displays.join(', ') || t('nobody'))] },
    { title: t('tickets'), align: 'end', cell: (row) => number(row.tickets) },
    { title: t('toMake'), align: 'end', cell: (row) => number(row.quantity) },
    { title: t('late'), align: 'end',
      cell: (row) => el('span', { class: row.late ? 'bad-text' : 'soft' }, number(row.late)) },
    { title: t('oldest'), align: 'end', cell: (row) => (row.oldest
      ? age(row.oldest.since, { warning: row.oldest.warning_at, late: row.oldest.late_at })
      : '') },
  ] });
}

function stateOf(display) {
  if (!display.connected) return ['bad', t('away')];
  if (display.lag > 0) return ['warn', t(display.polling ? 'polling' : 'live')];
  return ['good', t(display.polling ? 'polling' : 'live')];
}

function displaysTable() {
  return new Table({ caption: t('displays'), key: (one) => one.device, compact: true,
    none: empty(t('noDisplays'), t('noDisplaysText')),
    signature: (one) => JSON.stringify([one, live.now.head]),
    columns: [
      { title: t('display'), cell: (one) => [el('span', {}, one.name || one.device),
        el('span', { class: 'below' }, [common(one.role), ...one.stations.map(stationName)]
          .join(' · '))] },
      { title: t('state'), cell: (one) => {
        const [tone, text] = stateOf(one);
        return el('span', { class: 'status' }, el('span', { class: `dot ${tone}` }), text);
      } },
      { title: t('shown'), align: 'end', cell: (one) => el('span', { class: one.shown_position
        < live.now.head ? '' : 'soft', title: t('toShow', { head: live.now.head }) },
      number(one.shown_position)) },
      { title: t('lag'), align: 'end', cell: (one) => el('span', { class: one.lag > 0
        ? 'warn-text' : 'soft', title: t('events', { n: one.lag }) }, number(one.lag)) },
      { title: t('seen'), align: 'end',
        cell: (one) => (one.connected ? age(one.last_seen) : moment(one.last_seen)) },
    ] });
}

const alarmText = (alarm) => t(alarm.reason, { station: stationName(alarm.station) });

function alarmsList() {
  return live.now.alarms.map((alarm) => el('li', {}, icon('warning'),
    el('div', {}, el('strong', {}, alarmText(alarm)),
      el('span', { class: 'below' }, [t('since', { at: when(alarm.since) }),
        alarm.tickets > 0 && t('unseen', { n: alarm.tickets })].filter(Boolean).join(' · ')))));
}

function figures(orders) {
  const late = orders.filter(isLate).length;
  const ready = orders.filter((order) => order.status === 'ready');
  const cooking = orders.filter((order) => order.waiting.length > 0).length;
  const oldest = ready.map((order) => order.ready_at).filter(Boolean).sort()[0];
  const displays = live.now.displays;
  const on = displays.filter((one) => one.connected).length;
  const alarms = live.now.alarms.length;
  return [
    figure(t('open'), number(orders.length), t('inKitchen', { n: number(cooking) })),
    figure(t('late'), number(late), t('lateBelow'), late ? 'bad' : ''),
    figure(t('ready'), number(ready.length), oldest
      ? t('readyBelow', { age: span(hubNow() - Date.parse(oldest)) }) : ''),
    figure(t('connected'), `${on}/${displays.length}`, t('connectedBelow'),
      on < displays.length ? 'warn' : ''),
    figure(t('alarms'), alarms ? number(alarms) : t('noAlarm'), alarms ? '' : t('allWell'),
      alarms ? 'bad' : 'good'),
  ];
}

function filterButtons(choose) {
  return el('div', { class: 'group', role: 'group', 'aria-label': t('filter') },
    Object.entries(FILTERS).map(([id, one]) => el('button', { type: 'button', class: 'button',
      'aria-pressed': id === 'all' ? 'true' : 'false', data: { filter: id },
      onclick: () => choose(id) }, one.text)));
}

function choose(id) {
  view.filter = id;
  for (const node of view.root.querySelectorAll('[data-filter]'))
    node.setAttribute('aria-pressed', String(node.dataset.filter === id));
  draw();
}

// What only the time changes, too: an order becomes late without an event.
function draw() {
  if (!view || !live.now.now) return;
  if (!view.isDrawn) {
    view.isDrawn = true;
    replace(view.root, view.frame);
  }
  const orders = [...live.now.orders.values()].sort((a, b) => a.opened_pos - b.opened_pos);
  replace(view.figures, figures(orders));
  const shown = orders.filter(FILTERS[view.filter].test);
  view.orders.update(shown);
  const isFiltered = shown.length === 0 && orders.length > 0;
  view.orders.none.querySelector('h2').textContent = t(isFiltered ? 'noMatch' : 'noOrders');
  view.orders.none.querySelector('p').textContent = t(isFiltered ? 'noMatchText' : 'noOrdersText');
  view.loads.update(loads());
  view.displays.update(live.now.displays);
  drawAlarms();
}

function drawAlarms() {
  const mark = JSON.stringify(live.now.alarms);
  if (mark === view.alarmsMark) return;
  const known = view.alarmTexts;
  view.alarmsMark = mark;
  view.alarmTexts = live.now.alarms.map(alarmText);
  view.alarms.hidden = live.now.alarms.length === 0;
  replace(view.alarms.querySelector('ul'), alarmsList());
  for (const text of view.alarmTexts.filter((one) => !known.includes(one)))
    say(t('newAlarm', { text }));
}

function frameOf(parts) {
  return [parts.figures, parts.alarms, el('div', { class: 'now-grid' },
    el('section', { class: 'card orders' }, el('header', {}, el('h2', {}, t('orders')),
      filterButtons(choose)), parts.orders.root),
    el('div', { class: 'now-side' }, card(t('stations'), parts.loads.root),
      card(t('displays'), parts.displays.root)))];
}

function waitingState() {
  if (view && !view.isDrawn && live.state === 'lost')
    replace(view.root, failure({ unreachable: true, message: '' }, () => live.start()));
}

export function open(root) {
  view = { root: el('div', { class: 'stack' }), filter: 'all', isDrawn: false, alarmTexts: [],
    alarmsMark: '', figures: el('div', { class: 'figures' }), orders: ordersTable(),
    loads: loadTable(), displays: displaysTable(),
    alarms: el('section', { class: 'card alarms', hidden: true },
      el('h2', { class: 'unseen' }, t('alarms')), el('ul')) };
  view.frame = frameOf(view);
  replace(view.root, loading());
  replace(root, view.root);
  live.addEventListener('now', draw);
  live.addEventListener('link', waitingState);
  view.timer = setInterval(draw, 1000);
  const filters = Object.keys(FILTERS);
  view.keys = [shortcuts(filters.map((id, i) => ({ keys: String(i + 1),
    label: FILTERS[id].text, run: () => choose(id) }))),
  rowKeys(() => view.orders, t('next'), t('previous'))];
  draw();
  waitingState();
}

export function close() {
  live.removeEventListener('now', draw);
  live.removeEventListener('link', waitingState);
  clearInterval(view.timer);
  view.keys.forEach((take) => take());
  view = null;
}
