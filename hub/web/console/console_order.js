// SPDX-License-Identifier: Apache-2.0
// Orders: find one, then see what happened to it (console_order_story.js).
import { api, withQuery } from './console_api.js';
import { button, el, moment, replace } from './console_dom.js';
import { money, number, span } from './console_format.js';
import { rowKeys, shortcuts } from './console_keys.js';
import { addDays, today } from './console_range.js';
import { openStory } from './console_order_story.js';
import { empty, failure, field, loading, statusChip, Table } from './console_ui.js';
import { common, wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  title: 'Orders', find: 'Find an order', hint: 'Number, name, dish, or the till\'s own id',
  status: 'Status', source: 'From', day: 'When', any: 'Any', today: 'Today', yesterday: 'Yesterday',
  week: 'Last 7 days', month: 'Last 30 days', custom: 'Between…', fromDay: 'From', toDay: 'To',
  open: 'Open', closed: 'Closed', order: 'Order', name: 'Name', placed: 'Placed', took: 'Took',
  items: 'Items', total: 'Total', kind: 'Kind', more: 'Show older ones', results: 'Orders',
  none: 'No order is like that', noneText: 'Try less of the name, another day, or any status.',
  noneYet: 'No orders yet', noneYetText: 'Orders show here from the first one on.',
  focus: 'Find', next: 'Next order', previous: 'Previous order', clear: 'Clear',
  found: { one: '{n} order', other: '{n} orders' }, foundMore: 'the newest {n} orders',
  table: 'Table {name}',
} });
export const title = t('title');

const STATUSES = ['', 'open', 'closed', 'placed', 'paid', 'accepted', 'in_kitchen', 'ready',
  'completed', 'cancelled'];
const DAYS = ['', 'today', 'yesterday', 'week', 'month', 'custom'];
const LIMIT = 50;
const PAUSE = 200; // ms after the last key before it is looked for

let view = null;

// The first and the last day of a choice, as the hub takes them.
function spanOf({ day, first, last }) {
  const back = { today: 0, yesterday: 1, week: 6, month: 29 }[day];
  if (back !== undefined) return { from: addDays(today(), -back),
    to: day === 'yesterday' ? addDays(today(), -1) : '' };
  return day === 'custom' ? { from: first, to: last } : { from: '', to: '' };
}

const nameOf = (order) => [order.name, order.table && t('table', { name: order.table })]
  .filter(Boolean).join(' · ');

function resultsTable() {
  return new Table({ caption: t('results'), key: (order) => order.order_id,
    href: (order) => `#/order/${order.order_id}`, none: empty(t('none'), t('noneText')),
    columns: [
      { title: t('order'), class: 'number', cell: (order) => [
        el('span', { class: 'tight' }, order.number),
        el('span', { class: 'below narrow' }, nameOf(order))] },
      { title: t('placed'), cell: (order) => moment(order.placed_at), class: 'tight' },
      { title: t('status'), cell: (order) => statusChip(order.status) },
      { title: t('name'), wide: true, cell: nameOf },
      { title: t('kind'), class: 'roomy roomier',
        cell: (order) => (order.service_type ? common(order.service_type) : '') },
      { title: t('source'), class: 'roomy', cell: (order) => [order.source, order.external_id
        && el('span', { class: 'soft' }, ` ${order.external_id}`)] },
      { title: t('items'), align: 'end', class: 'roomy',
        cell: (order) => number(order.items_count ?? 0) },
      { title: t('took'), align: 'end', class: 'roomy roomier', cell: (order) => (order.closed_at
        ? span(Date.parse(order.closed_at) - Date.parse(order.placed_at)) : '') },
      { title: t('total'), align: 'end', class: 'tight', cell: (order) => (order.total === undefined
        || order.total === null ? '' : money(order.total, order.currency || view.currency)) },
    ] });
}

const select = (name, values, word, value) => el('select', { name, onchange: changed },
  values.map((one) => el('option', { value: one, selected: one === value },
    one ? word(one) : t('any'))));
const input = (name, type, value) => el('input', { name, type, value: value || '',
  autocomplete: 'off', spellcheck: 'false', oninput: changed });

function searchForm(query) {
  const get = (name) => query.get(name) || '';
  const dates = el('div', { class: 'dates', hidden: get('day') !== 'custom' },
    field(t('fromDay'), input('first', 'date', get('first'))),
    field(t('toDay'), input('last', 'date', get('last'))));
  return el('form', { class: 'finder card', role: 'search',
    onsubmit: (event) => {
      event.preventDefault();
      find();
    } },
  field(t('find'), el('input', { name: 'q', type: 'search', value: get('q'), placeholder: t('hint'),
    autocomplete: 'off', spellcheck: 'false', maxlength: 200, oninput: changed })),
  field(t('day'), select('day', DAYS, t, get('day'))), dates,
  field(t('status'), select('status', STATUSES, (one) => (/^(open|closed)$/.test(one)
    ? t(one) : common(one)), get('status'))),
  field(t('source'), input('source', 'text', get('source'))));
}

function changed() {
  clearTimeout(view.pause);
  view.pause = setTimeout(find, PAUSE);
}

const wanted = () => Object.fromEntries(new FormData(view.form));

// Kept in the address, so that Back from an order finds the same list.
function keepInAddress(values) {
  const hash = withQuery('#/order', Object.fromEntries(Object.entries(values)
    .filter(([name]) => values.day === 'custom' || !/^(first|last)$/.test(name))));
  history.replaceState(null, '', hash);
}

async function ask(before = '') {
  view.asked?.abort();
  view.asked = new AbortController();
  const { q, status, source, day, first, last } = wanted();
  return api(withQuery('/v1/orders', { q, status, source, ...spanOf({ day, first, last }),
    limit: LIMIT, before }), { signal: view.asked.signal });
}

async function find(before = '') {
  const mine = view;
  const values = wanted();
  mine.form.querySelector('.dates').hidden = values.day !== 'custom';
  keepInAddress(values);
  const waiting = setTimeout(() => mine.rows.length || replace(mine.list, loading()), 200);
  try {
    const page = await ask(before);
    if (mine !== view) return;
    mine.rows = before ? [...mine.rows, ...page.orders] : page.orders;
    show(page);
  } catch (problem) {
    if (mine !== view || !problem.code) return; // another question has been asked since
    replace(mine.list, failure(problem, () => find(before)));
    mine.count.textContent = '';
  } finally {
    clearTimeout(waiting);
  }
}

function show(page) {
  const { rows, table } = view;
  const isAsked = Object.values(wanted()).some(Boolean);
  table.none.querySelector('h2').textContent = t(isAsked ? 'none' : 'noneYet');
  table.none.querySelector('p').textContent = t(isAsked ? 'noneText' : 'noneYetText');
  table.update(rows);
  replace(view.list, table.root, page.more && el('div', { class: 'row more' },
    button(t('more'), () => find(page.next))));
  view.count.textContent = t(page.more ? 'foundMore' : 'found', { n: number(rows.length) });
}

function openSearch(root, params) {
  view = { rows: [], table: resultsTable(), list: el('div'), asked: null, pause: 0,
    count: el('p', { class: 'soft count', role: 'status' }), form: searchForm(params.query) };
  replace(root, el('div', { class: 'stack' }, view.form,
    el('section', { class: 'card results' }, view.count, view.list)));
  const box = view.form.elements.q;
  view.keys = [shortcuts([{ keys: '/', label: t('focus'), run: () => box.select() }]),
    rowKeys(() => view.table, t('next'), t('previous'))];
  if (matchMedia('(pointer: fine)').matches) box.focus();
  return find();
}

function closeSearch() {
  clearTimeout(view.pause);
  view.asked?.abort();
  view.keys.forEach((take) => take());
  view = null;
}

let leave = null; // whichever of the two is open

export function open(root, params) {
  if (params.path.length > 0) {
    const story = openStory(root, params);
    leave = story.close;
    return story.ready;
  }
  leave = closeSearch;
  return openSearch(root, params);
}

export function close() {
  leave?.();
  leave = null;
}
