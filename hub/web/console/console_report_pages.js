// SPDX-License-Identifier: Apache-2.0
// What each report asks the hub for, and how it is drawn: figures first, then a picture, then the
// table with everything in it.
import { chart } from './console_chart.js';
import { el } from './console_dom.js';
import { money, number, percent, shortDate, span, time } from './console_format.js';
import { live } from './console_live.js';
import { dayName, rangeDays } from './console_range.js';
import { columnTitle, downloads, groupName, reportTable } from './console_report_table.js';
import { card, empty, field, figure } from './console_ui.js';
import { common, wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  overview: 'Overview', orders: 'Orders', funnel: 'Funnel', prep: 'Preparation', late: 'Lateness',
  losses: 'Voids & cancellations', recalls: 'Recalls', honesty: 'Bump honesty',
  perTime: 'Orders over time', clock: 'A usual day, by quarter of an hour', byGroup: 'By',
  station: 'Station', everyStation: 'All stations', completed: 'Handed over',
  ofPlaced: '{share} of {n}', median: 'Median preparation', p90: '90 % within {span}',
  lateShare: 'Late', lateBelow: '{n} of {all} orders', voided: 'Voided items',
  worth: 'worth {money}',
  cancelled: 'Cancelled orders', recalled: 'Recalls', afterHandOver: '{n} after hand-over',
  stages: 'From placed to handed over', times: 'Preparation times',
  distribution: 'How long it took: {group}', minutes: '{from}–{to} min', over: 'over {from} min',
  linesAxis: 'Lines', voids: 'Voided lines', cancellations: 'Cancelled orders',
  recallsTable: 'Recalls', recallList: 'The last ones', bumps: 'Bumps',
  believedTimes: 'Preparation times, with and without doubted bumps', doubtList: 'Doubted bumps',
  doubted: 'Doubted bumps', bumpsAll: 'Bumps', mass: 'Many at once', soon: 'Too soon',
  called: 'Called back', lateTable: 'Late orders', start: 'Time', items: 'Items',
  busiest: 'Busiest', nothing: 'No orders in these days', nothingText: 'Choose other days.',
  ordersAll: 'Orders', nOrders: '{n} orders', perOrder: '{n} an order',
  notKnown: '–', honestyHint: 'A bump is doubted when many came at once, when it came seconds after'
    + ' the item was fired, or when it was called back soon after.',
} });

const rowsOf = (report, name) => report.tables.find((one) => one.name === name).rows;
const spanOr = (seconds) => (seconds === null || seconds === undefined ? t('notKnown')
  : span(seconds * 1000));
const shareOr = (share) => (share === null || share === undefined ? t('notKnown')
  : percent(share, 1));
const sum = (rows, name) => rows.reduce((all, row) => all + (row[name] || 0), 0);
const nothing = () => empty(t('nothing'), t('nothingText'));

// --- pieces -----------------------------------------------------------------------------------
function chooser(name, values, value, word, choose) {
  return field(t(name === 'station' ? 'station' : 'byGroup'), el('select', { name,
    onchange: (event) => choose({ [name]: event.target.value }) },
  values.map((one) => el('option', { value: one, selected: one === value }, word(one)))));
}
const groupChooser = ({ choices, choose }, groups, name = 'group') => chooser(name, groups,
  choices[name] || groups[0], columnTitle, choose);
const stationChooser = ({ choices, choose }) => chooser('station',
  ['', ...live.now.stations.map((one) => one.station).filter(Boolean)], choices.station || '',
  (id) => (id ? groupName('station', id) : t('everyStation')), choose);

const picked = (choices, groups, name = 'group') =>
  (groups.includes(choices[name]) ? choices[name] : groups[0]);

function tableCard(heading, page, i, of, tools = []) {
  const report = page.reports[i];
  return card('', el('header', {}, el('h2', {}, heading), tools,
    downloads(page.asks[i], of.name)),
  reportTable(report, { caption: heading, currency: page.currency, ...of }));
}

// Bars over time; gaps between the first and the last are shown as such.
function timeChart(page, rows, group, series, name) {
  const step = { quarter: 15, hour: 60 }[group] * 60000 || null;
  const known = new Map(rows.map((row) => [Date.parse(row.start), row]));
  const starts = [...known.keys()];
  const all = [];
  if (step) for (let at = starts[0]; at <= starts.at(-1); at += step) all.push(at);
  else all.push(...starts);
  const isOneDay = rangeDays(page.range) === 1;
  const label = (at) => {
    if (!step) return shortDate(new Date(`${known.get(at).day}T12:00`));
    return isOneDay ? time(at) : `${shortDate(at)} ${time(at)}`;
  };
  const made = chart({ name, labelX: t('start'), x: all.map((_, i) => i),
    anchor: step ? Math.max(0, all.findIndex((at) => at % 3600000 === 0)) : 0,
    labelWidth: isOneDay || !step ? 64 : 104,
    series: series.map((one) =>
      ({ ...one, values: all.map((at) => known.get(at)?.[one.key] ?? 0) })),
    formatX: (i) => (Number.isInteger(i) && all[i] !== undefined ? label(all[i]) : ''),
    formatY: (n) => number(n, 1) });
  page.keep(made);
  return made.root;
}

// A bar for each row, with its name below; later series lie upon the first.
function barsChart(page, rows, labels, series, name) {
  const made = chart({ name, labelX: t('start'), x: rows.map((_, i) => i), labelWidth: 110,
    series: series.map((one) => ({ kind: 'bars', ...one, label: columnTitle(one.key),
      values: rows.map((row) => row[one.key] ?? 0) })),
    formatX: (i) => labels[i] ?? '', formatY: (n) => number(n) });
  page.keep(made);
  return made.root;
}

const timeGroup = (range) => (rangeDays(range) === 1 ? 'quarter' : 'day');

// --- overview ---------------------------------------------------------------------------------
function overviewFigures({ reports: [, funnel, late, prep, voids, cancels, recalls], currency }) {
  const stages = rowsOf(funnel, 'stages');
  const stage = (name) => stages.find((one) => one.stage === name) || { orders: 0 };
  const [lateness] = rowsOf(late, 'orders');
  const [times] = rowsOf(prep, 'times');
  const lost = rowsOf(voids, 'voids');
  const gone = rowsOf(cancels, 'cancellations');
  const back = rowsOf(recalls, 'recalls');
  const worth = (rows) => (sum(rows, 'amount') > 0
    ? t('worth', { money: money(sum(rows, 'amount'), currency) }) : '');
  const placed = stage('placed').orders;
  const done = stage('completed').orders;
  return el('div', { class: 'figures' },
    figure(t('ordersAll'), number(placed)),
    figure(t('completed'), number(done), placed > 0
      ? t('ofPlaced', { share: percent(done / placed), n: number(placed) }) : ''),
    figure(t('median'), spanOr(times?.median_s),
      times ? t('p90', { span: spanOr(times.p90_s) }) : ''),
    figure(t('lateShare'), shareOr(lateness?.late_share), lateness ? t('lateBelow',
      { n: number(lateness.late), all: number(lateness.orders) }) : '',
    lateness?.late_share > 0.1 ? 'bad' : ''),
    figure(t('voided'), number(sum(lost, 'items')), worth(lost)),
    figure(t('cancelled'), number(sum(gone, 'orders')), worth(gone)),
    figure(t('recalled'), number(sum(back, 'recalls')), sum(back, 'after_completed') > 0
      ? t('afterHandOver', { n: number(sum(back, 'after_completed')) }) : ''));
}

const STAGES = ['stage', 'orders', 'share', 'lost', 'cancelled', 'open', 'median_s', 'p90_s'];
const overview = {
  title: t('overview'),
  asks: ({ range }) => [{ name: 'quarters', group: timeGroup(range) },
    { name: 'funnel', group: 'all' }, { name: 'late', group: 'all' },
    { name: 'prep', group: 'all' },
    { name: 'voids', group: 'reason' }, { name: 'cancellations', group: 'reason' },
    { name: 'recalls', group: 'by' }],
  draw: (page) => {
    const rows = rowsOf(page.reports[0], 'orders');
    return [overviewFigures(page), rows.length === 0 ? card('', nothing()) : [
      card(t('perTime'), timeChart(page, rows, page.asks[0].group,
        [{ key: 'orders', label: t('ordersAll'), kind: 'bars' }], t('perTime'))),
      tableCard(t('stages'), page, 1, { name: 'stages', columns: STAGES, bar: 'share' })]];
  },
};

// --- orders -----------------------------------------------------------------------------------
const isDays = (group) => group === 'day' || group === 'week';
const FLOW = ['quarter', 'hour', 'day', 'week'];
const orders = {
  title: t('orders'),
  asks: ({ range, choices }) => [{ name: 'quarters',
    group: choices.group ? picked(choices, FLOW) : timeGroup(range) }],
  draw: (page) => {
    const [report] = page.reports;
    const { group } = page.asks[0];
    const rows = rowsOf(report, 'orders');
    if (rows.length === 0) return card('', nothing());
    const clock = rowsOf(report, 'clock');
    const most = rows.reduce((best, row) => (row.orders > best.orders ? row : best));
    const usual = clock.findIndex((row) => row.orders > 0);
    const last = clock.findLastIndex((row) => row.orders > 0);
    const shown = clock.slice(usual, last + 1);
    const clockChart = chart({ name: t('clock'), labelX: t('start'), x: shown.map((_, i) => i),
      series: [{ label: columnTitle('orders_a_day'), kind: 'bars', color: '--c2',
        values: shown.map((row) => row.orders_a_day) }],
      anchor: Math.max(0, shown.findIndex((row) => row.clock.endsWith(':00'))),
      formatX: (i) => shown[i]?.clock || '', formatY: (n) => number(n, 1) });
    page.keep(clockChart);
    return [el('div', { class: 'figures' }, figure(t('ordersAll'), number(sum(rows, 'orders'))),
      figure(t('items'), number(sum(rows, 'items')), t('perOrder',
        { n: number(sum(rows, 'items') / Math.max(1, sum(rows, 'orders')), 1) })),
      figure(t('busiest'), isDays(group) || rangeDays(page.range) > 1 ? dayName(most.day)
        : most.clock, t('nOrders', { n: number(most.orders) }))),
    card(t('perTime'), timeChart(page, rows, group,
      [{ key: 'orders', label: t('ordersAll'), kind: 'bars' }], t('perTime'))),
    rangeDays(page.range) > 1 && card(t('clock'), clockChart.root),
    tableCard(t('perTime'), page, 0, { name: 'orders', columns: ['day', !isDays(group) && 'clock',
      'orders', 'items', 'cancelled'].filter(Boolean), bar: 'orders' },
    groupChooser({ ...page, choices: { group } }, FLOW))];
  },
};

// --- funnel -----------------------------------------------------------------------------------
const FUNNEL = ['all', 'day', 'week', 'service_type', 'source'];
const funnel = {
  title: t('funnel'),
  asks: ({ choices }) => [{ name: 'funnel', group: picked(choices, FUNNEL) }],
  draw: (page) => {
    const isWhole = page.asks[0].group === 'all';
    const rows = rowsOf(page.reports[0], 'stages');
    return [isWhole && sum(rows, 'orders') > 0 && card(t('stages'), barsChart(page, rows,
      rows.map((row) => common(row.stage)), [{ key: 'orders', color: '--c2' }], t('stages'))),
    tableCard(t('stages'), page, 0, { name: 'stages', none: nothing(), bar: 'share',
      columns: isWhole ? STAGES : ['group', ...STAGES] }, groupChooser(page, FUNNEL))];
  },
};

// --- preparation ------------------------------------------------------------------------------
function distribution(page, report, group) {
  const name = rowsOf(report, 'times')[0]?.group ?? '';
  const bins = rowsOf(report, 'distribution').filter((row) => row.group === name);
  if (sum(bins, 'lines') === 0) return null;
  const last = bins.findLastIndex((row) => row.lines > 0);
  const shown = bins.slice(0, Math.max(last + 1, 6));
  const label = (row) => (row.to_s === null ? t('over', { from: row.from_s / 60 })
    : t('minutes', { from: row.from_s / 60, to: row.to_s / 60 }));
  const heading = t('distribution', { group: groupName(group, name) });
  const made = chart({ name: heading, labelX: t('start'), x: shown.map((_, i) => i),
    series: [{ label: t('linesAxis'), kind: 'bars', color: '--c3',
      values: shown.map((row) => row.lines) }],
    formatX: (i) => (shown[i] ? label(shown[i]) : ''), formatY: (n) => number(n) });
  page.keep(made);
  return card(heading, made.root);
}

const PREP = ['station', 'dish', 'category', 'service_type', 'day', 'week', 'hour', 'all'];
const prep = {
  title: t('prep'),
  asks: ({ choices }) => [{ name: 'prep', group: picked(choices, PREP), station: choices.station },
    { name: 'prep', group: 'all', station: choices.station }],
  draw: (page) => {
    const [, whole] = page.reports;
    return [distribution(page, whole, 'all'),
      tableCard(t('times'), page, 0, { name: 'times', none: nothing(), bar: 'median_s' },
        [groupChooser(page, PREP), stationChooser(page)])];
  },
};

// --- lateness ---------------------------------------------------------------------------------
const BARS_MAX = 62; // two months of days
const LATE = ['service_type', 'day', 'week', 'hour', 'source', 'all'];
const late = {
  title: t('late'),
  asks: ({ choices }) => [{ name: 'late', group: picked(choices, LATE) },
    { name: 'late', group: 'all' }],
  draw: (page) => {
    const [whole] = rowsOf(page.reports[1], 'orders');
    const rows = rowsOf(page.reports[0], 'orders').slice(0, BARS_MAX);
    const { group } = page.asks[0];
    return [whole && el('div', { class: 'figures' },
      figure(t('lateShare'), shareOr(whole.late_share), t('lateBelow',
        { n: number(whole.late), all: number(whole.orders) }), whole.late_share > 0.1 ? 'bad' : ''),
      figure(columnTitle('warned'), number(whole.warned)),
      figure(columnTitle('median_s'), spanOr(whole.median_s)),
      figure(columnTitle('p90_s'), spanOr(whole.p90_s))),
    rows.length > 1 && card(t('lateTable'), barsChart(page, rows,
      rows.map((row) => groupName(group, row.group)), [{ key: 'orders', color: '--line-strong' },
        { key: 'late', color: '--bad' }], t('lateTable'))),
    tableCard(t('lateTable'), page, 0, { name: 'orders', none: nothing(),
      bar: 'late_share' },
      groupChooser(page, LATE))];
  },
};

// --- what was lost ----------------------------------------------------------------------------
const VOIDS = ['reason', 'dish', 'by', 'day', 'week'];
const CANCELS = ['reason', 'by', 'stage', 'source', 'service_type', 'day', 'week'];
const losses = {
  title: t('losses'),
  asks: ({ choices }) => [
    { name: 'voids', group: picked(choices, VOIDS, 'voids'), station: choices.station },
    { name: 'cancellations', group: picked(choices, CANCELS, 'cancels') }],
  draw: (page) => el('div', { class: 'halves' },
    tableCard(t('voids'), page, 0, { name: 'voids', bar: 'lines' },
      [groupChooser(page, VOIDS, 'voids'), stationChooser(page)]),
    tableCard(t('cancellations'), page, 1, { name: 'cancellations', bar: 'orders' },
      groupChooser(page, CANCELS, 'cancels'))),
};

const RECALLS = ['by', 'day', 'week', 'hour'];
const recalls = {
  title: t('recalls'),
  asks: ({ choices }) => [{ name: 'recalls', group: picked(choices, RECALLS) }],
  draw: (page) => el('div', { class: 'halves' },
    tableCard(t('recallsTable'), page, 0, { name: 'recalls', bar: 'recalls' },
      groupChooser(page, RECALLS)),
    tableCard(t('recallList'), page, 0, { name: 'list', columns: ['number', 'at', 'by', 'lines',
      'after_bump_s'] })),
};

// --- honesty ----------------------------------------------------------------------------------
const honesty = {
  title: t('honesty'),
  asks: ({ choices }) => [{ name: 'bumps', group: picked(choices, RECALLS) }],
  draw: (page) => {
    const rows = rowsOf(page.reports[0], 'bumps');
    const of = (name) => sum(rows, name);
    const share = of('bumps') > 0 ? of('doubted') / of('bumps') : null;
    return [el('p', { class: 'hint' }, t('honestyHint')), el('div', { class: 'figures' },
      figure(t('bumpsAll'), number(of('bumps'))),
      figure(t('doubted'), number(of('doubted')), shareOr(share), share > 0.1 ? 'warn' : ''),
      figure(t('mass'), number(of('mass'))), figure(t('soon'), number(of('soon'))),
      figure(t('called'), number(of('recalled')))),
    tableCard(t('believedTimes'), page, 0, { name: 'times' }),
    tableCard(t('bumps'), page, 0, { name: 'bumps', bar: 'doubted_share' },
      groupChooser(page, RECALLS)),
    tableCard(t('doubtList'), page, 0, { name: 'list', columns: ['number', 'at', 'by', 'why',
      'lines', 'age_s'] })];
  },
};

export const pages = { overview, orders, funnel, prep, late, losses, recalls, honesty };
