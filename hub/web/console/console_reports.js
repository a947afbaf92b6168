// SPDX-License-Identifier: Apache-2.0
// Reports: which one and which days are in the address, so that a report can be bookmarked.
import { api, withQuery } from './console_api.js';
import { el, replace } from './console_dom.js';
import { shortcuts } from './console_keys.js';
import { moved, rangeOf, rangePicker, rangeQuery } from './console_range.js';
import { pages } from './console_report_pages.js';
import { fill, tabs } from './console_ui.js';
import { wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  title: 'Reports', which: 'Reports', before: 'Days before', after: 'Days after',
  nextReport: 'Next report', previousReport: 'Report before',
} });
export const title = t('title');

const FIRST = Object.keys(pages)[0];
let view = null;

const addressOf = ({ id, range, choices }) =>
  withQuery(`#/reports/${id}`, { ...rangeQuery(range), ...choices });

function go(changes) {
  location.hash = addressOf({ ...view, ...changes });
}

// What is chosen besides the days: how a page groups, which station.
const choicesOf = (query) => Object.fromEntries([...query]
  .filter(([name]) => !['range', 'from', 'to'].includes(name)));

function take({ path, query }) {
  const id = pages[path[0]] ? path[0] : FIRST;
  Object.assign(view, { id, range: rangeOf(query), choices: choicesOf(query) });
}

async function currency() {
  const { settings } = await api('/v1/settings/restaurant');
  return settings.currency || 'EUR';
}

async function make(signal) {
  const { id, range, choices } = view;
  view.currency = view.currency || currency().catch(() => 'EUR');
  const page = pages[id];
  const asks = page.asks({ range, choices }).map((ask) =>
    ({ ...ask, from: range.from, to: range.to }));
  const reports = await Promise.all(asks.map(({ name, ...values }) =>
    api(withQuery(`/v1/reports/${name}`, values), { signal })));
  const choose = (values) => go({ choices: { ...choices, ...values } });
  return page.draw({ reports, asks, range, choices, choose, currency: await view.currency,
    keep: (one) => view.open.push(one) });
}

function closePage() {
  view.stop?.abort();
  view.open.forEach((one) => one.close());
  view.open = [];
}

async function show() {
  closePage();
  view.stop = new AbortController();
  const body = el('div', { class: 'stack' });
  replace(view.root,
    tabs(t('which'), Object.entries(pages).map(([id, page]) => ({ text: page.title,
      href: addressOf({ id, range: view.range, choices: {} }), current: id === view.id }))),
    rangePicker(view.range, (range) => go({ range })), body);
  const { signal } = view.stop;
  await fill(body, () => make(signal), signal);
}

// After a change of the address the focus stays where it was: on the same button, drawn anew.
function keepFocus(draw) {
  const held = document.activeElement;
  const label = held && view.root.contains(held)
    && (held.getAttribute('aria-label') || held.name || held.textContent);
  const done = draw();
  if (label) [...view.root.querySelectorAll('button, a, select, input')].find((one) =>
    (one.getAttribute('aria-label') || one.name || one.textContent) === label)?.focus();
  return done;
}

function stepReport(by) {
  const ids = Object.keys(pages);
  const id = ids[(ids.indexOf(view.id) + by + ids.length) % ids.length];
  go({ id, choices: {} });
}

export function open(root, params) {
  view = { root: el('div', { class: 'stack reports' }), open: [], stop: null };
  replace(root, view.root);
  take(params);
  view.keys = shortcuts([
    { keys: '[', label: t('before'), run: () => go({ range: moved(view.range, -1) }) },
    { keys: ']', label: t('after'), run: () => go({ range: moved(view.range, 1) }) },
    { keys: 'j', label: t('nextReport'), run: () => stepReport(1) },
    { keys: 'k', label: t('previousReport'), run: () => stepReport(-1) }]);
  return show();
}

export function update(params) {
  take(params);
  return keepFocus(show);
}

export function close() {
  closePage();
  view.keys();
  view = null;
}
