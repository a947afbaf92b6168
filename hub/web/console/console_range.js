// SPDX-License-Identifier: Apache-2.0
// The days that a report is about: one day, a week, a month, or from one to another. Days are the
// restaurant's, written 2026-11-29; a view keeps them in its address.
import { button, el, iconButton } from './console_dom.js';
import { date, hubNow, longDate } from './console_format.js';
import { field } from './console_ui.js';
import { wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  range: 'Days', day: 'Day', week: 'Week', month: 'Month', custom: 'Custom', today: 'Today',
  before: 'Before', after: 'After', from: 'From', to: 'To', last: 'to', apply: 'Show',
} });
const KINDS = ['day', 'week', 'month', 'custom'];
export const DAYS_MAX = 400; // as the hub's reports take

const noon = (day) => new Date(`${day}T12:00:00`); // far from any change of clocks
export const dayText = (at) => [at.getFullYear(), at.getMonth() + 1, at.getDate()]
  .map((n) => String(n).padStart(2, '0')).join('-');
export const today = () => dayText(new Date(hubNow()));
export function addDays(day, n) {
  const at = noon(day);
  at.setDate(at.getDate() + n);
  return dayText(at);
}
export const daysBetween = (from, to) => Math.round((noon(to) - noon(from)) / 86400000);
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text || '') && !Number.isNaN(+noon(text));

const monday = (day) => addDays(day, -((noon(day).getDay() + 6) % 7));
const monthEnd = (day) => {
  const at = noon(`${day.slice(0, 7)}-01`);
  at.setMonth(at.getMonth() + 1, 0);
  return dayText(at);
};

// { kind, from, to }: both days are in it.
export function rangeOf(query) {
  const kind = KINDS.includes(query.get('range')) ? query.get('range') : 'day';
  const from = isDay(query.get('from')) ? query.get('from') : today();
  if (kind === 'week') return { kind, from: monday(from), to: addDays(monday(from), 6) };
  if (kind === 'month') return { kind, from: `${from.slice(0, 7)}-01`, to: monthEnd(from) };
  if (kind === 'day') return { kind, from, to: from };
  const to = isDay(query.get('to')) && query.get('to') >= from ? query.get('to') : from;
  return { kind, from, to: daysBetween(from, to) >= DAYS_MAX ? addDays(from, DAYS_MAX - 1) : to };
}

// As a view's address has it.
export const rangeQuery = ({ kind, from, to }) => ({ range: kind === 'day' ? '' : kind,
  from: kind === 'day' && from === today() ? '' : from, to: kind === 'custom' ? to : '' });

// What the hub calls a day, as people do.
export const dayName = (day) => (isDay(day) ? date(noon(day)) : day);

export function rangeText({ kind, from, to }) {
  if (kind === 'day' || from === to) return longDate(noon(from));
  return `${date(noon(from))} ${t('last')} ${date(noon(to))}`;
}

export const rangeDays = ({ from, to }) => daysBetween(from, to) + 1;

// The same length, once earlier (-1) or later (1).
export function moved(range, by) {
  const { kind, from } = range;
  if (kind === 'month') {
    const at = noon(from);
    at.setMonth(at.getMonth() + by);
    return rangeOf(new URLSearchParams({ range: kind, from: dayText(at) }));
  }
  const days = rangeDays(range) * by;
  return { ...range, from: addDays(from, days), to: addDays(range.to, days) };
}

function customForm(range, go) {
  const input = (name, value) => el('input', { type: 'date', name, value, required: true,
    max: name === 'from' ? today() : null });
  return el('form', { class: 'custom-range', onsubmit: (event) => {
    event.preventDefault();
    const { from, to } = Object.fromEntries(new FormData(event.target));
    if (from && to) go({ kind: 'custom', from: from < to ? from : to, to: from < to ? to : from });
  } }, field(t('from'), input('from', range.from)), field(t('to'), input('to', range.to)),
  el('button', { type: 'submit', class: 'button' }, t('apply')));
}

// Chooses; calls go(range).
export function rangePicker(range, go) {
  const choose = (kind) => {
    const until = range.to > today() ? today() : range.to;
    if (kind === 'custom') go({ kind, from: range.from, to: until });
    else go(rangeOf(new URLSearchParams({ range: kind, from: range.kind === 'day' ? range.from
      : until })));
  };
  return el('div', { class: 'range', role: 'group', 'aria-label': t('range') },
    el('div', { class: 'group' }, KINDS.map((kind) => button(t(kind), () => choose(kind),
      { 'aria-pressed': String(kind === range.kind) }))),
    el('div', { class: 'row steps-row' },
      iconButton(t('before'), 'back', () => go(moved(range, -1))),
      el('strong', { class: 'range-text' }, rangeText(range)),
      iconButton(t('after'), 'next', () => go(moved(range, 1)), { disabled: range.to >= today() }),
      range.to < today() && button(t('today'), () => go(rangeOf(new URLSearchParams(
        { range: range.kind === 'custom' ? 'day' : range.kind }))), { kind: 'quiet' })),
    range.kind === 'custom' && customForm(range, go));
}
