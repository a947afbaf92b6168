// SPDX-License-Identifier: Apache-2.0
// The hub's reports are tables of typed columns (hub/reports/README.md): here they become tables
// that people read, and files that they keep.
import { api, withQuery } from './console_api.js';
import { button, el, link } from './console_dom.js';
import { money, number, percent, span, when } from './console_format.js';
import { live } from './console_live.js';
import { dayName } from './console_range.js';
import { empty, Table, toast } from './console_ui.js';
import { common, wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  group: 'Group', stage: 'Stage', orders: 'Orders', share: 'Share', lost: 'Dropped off',
  cancelled: 'Cancelled', open: 'Still open', median_s: 'Median', p90_s: '90 % within',
  lines: 'Lines', pieces: 'Pieces', longest_s: 'Longest', warned: 'Warned', late: 'Late',
  late_share: 'Late share', waiting: 'Not ready yet', items: 'Items', day: 'Day', clock: 'Time',
  orders_a_day: 'Orders a day', already_ready: 'Ready already', amount: 'Worth', priced: 'Priced',
  recalls: 'Recalls', whole_orders: 'Whole orders', after_completed: 'After hand-over',
  median_after_bump_s: 'Median after bump', at: 'When', by: 'Who', number: 'Order',
  after_bump_s: 'After bump', bumps: 'Bumps', mass: 'Many at once', soon: 'Too soon',
  recalled: 'Recalled', doubted: 'Doubted', doubted_share: 'Doubted share', station: 'Station',
  believed_lines: 'Believed lines', believed_median_s: 'Believed median',
  believed_p90_s: 'Believed 90 %', age_s: 'Age', why: 'Why', start: 'From', from_s: 'From',
  to_s: 'To', dish: 'Dish', category: 'Category', service_type: 'Kind', source: 'From',
  week: 'Week', hour: 'Hour', quarter: 'Quarter', reason: 'Reason', all: 'All',
  none: 'Not given', kitchen: 'Kitchen', unrouted: 'No station', whole: 'All together',
  others: 'All others', csv: 'CSV', parquet: 'Parquet', nothing: 'Nothing in these days',
  nothingText: 'Choose other days, or look again later.', saved: 'Saved as {name}',
  why_mass: 'many at once', why_soon: 'too soon', why_recall: 'called back',
  why_recalled: 'called back', download: 'Download {table} as {format}',
} });
export const columnTitle = (name) => t(name);

const HIDDEN = new Set(['order_id', 'start', 'from_s', 'to_s', 'priced']);

const stationName = (id) => live.now.stations.find((one) => one.station === id)?.name
  || id || t(live.now.stations.some((one) => one.station) ? 'unrouted' : 'kitchen');

// What a group is called: a station by its name, a kind of service or a stage by its word.
export function groupName(group, value) {
  if (value === '(others)') return t('others');
  if (group === 'station') return stationName(value);
  if (group === 'all') return t('whole');
  if (!value) return t('none');
  if (group === 'day') return dayName(value);
  return group === 'service_type' || group === 'stage' ? common(value) : value;
}

function cellText(column, value, report, currency) {
  if (value === null || value === undefined) return '';
  if (column.name === 'group') return groupName(report.group, value);
  if (column.name === 'station') return stationName(value);
  if (column.name === 'day') return dayName(value);
  if (column.name === 'stage') return common(value);
  if (column.name === 'why') return value.split(/[ ,]+/).map((one) => t(`why_${one}`)).join(', ');
  if (column.name === 'amount') return money(value, currency);
  if (column.name.endsWith('_s')) return span(value * 1000);
  if (column.name.endsWith('share')) return percent(value, 1);
  if (column.type === 'time') return when(value);
  if (column.type === 'real') return number(value, 1);
  return column.type === 'integer' ? number(value) : String(value);
}

const isNumber = (column) => column.type === 'integer' || column.type === 'real';

function titleOf(column, report, of) {
  if (column.name === 'group') return t(of.group || report.group || 'group');
  return t(column.name);
}

// of: { name (of the table), columns (which, in order; all), bar (which has bars), group, currency,
// caption, none }
export function reportTable(report, of) {
  const table = report.tables.find((one) => one.name === of.name);
  const { rows } = table;
  const known = new Map(table.columns.map((column) => [column.name, column]));
  const columns = (of.columns || [...known.keys()])
    .filter((name) => known.has(name) && !HIDDEN.has(name))
    .map((name) => columnOf(known.get(name), rows, report, of));
  const made = new Table({ caption: of.caption, compact: true, columns, href: of.href,
    none: of.none || empty(t('nothing'), t('nothingText')) });
  made.update(rows);
  return made.root;
}

function columnOf(column, rows, report, of) {
  const text = (row) => cellText(column, row[column.name], report, of.currency);
  const most = of.bar === column.name ? Math.max(...rows.map((row) => row[column.name] || 0)) : 0;
  const isBar = rows.length > 1 && most > 0;
  return {
    title: titleOf(column, report, of), align: isNumber(column) ? 'end' : '',
    class: column.type === 'time' || column.name === 'by' ? 'tight' : '',
    sort: rows.length > 1 && ((row) => row[column.name] ?? (isNumber(column) ? -1 : '')),
    down: isNumber(column),
    cell: (row) => {
      if (column.name === 'number' && row.order_id)
        return link(text(row), `#/order/${row.order_id}`);
      return isBar ? el('span', { class: 'bar-cell' }, el('progress', { max: most,
        value: row[column.name] || 0, 'aria-hidden': 'true' }), el('span', {}, text(row)))
        : text(row);
    },
  };
}

// Through the page, not by a plain link: what goes wrong is then said here.
async function save(ask, format, table) {
  const { name, ...values } = ask;
  const path = withQuery(`/v1/reports/${name}`, { ...values, format, table });
  try {
    const reply = await api(path, { as: 'reply' });
    const url = URL.createObjectURL(await reply.blob());
    const file = `${name}-${table}-${ask.from}${ask.to === ask.from ? '' : `-${ask.to}`}.${format}`;
    el('a', { href: url, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    toast(t('saved', { name: file }), 'good');
  } catch (problem) {
    toast(problem.message, 'bad');
  }
}

export const downloads = (ask, table) => el('div', { class: 'row' }, ['csv', 'parquet'].map(
  (format) => button(t(format), () => save(ask, format, table), { kind: 'quiet', icon: 'download',
    'aria-label': t('download', { table, format: t(format) }) })));

