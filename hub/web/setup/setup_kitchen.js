// SPDX-License-Identifier: Apache-2.0
// Stations, what goes to which, when a ticket is late, and how the kitchen works.
import { api } from './console_api.js';
import { button, chip, el, icon, replace } from './console_dom.js';
import { card, failure } from './console_ui.js';
import { common } from './console_words.js';
import { checkField, Form, numberField, pointerOf, removeButton, selectField, suggestions,
  textField } from './setup_form.js';
import { t } from './setup_words.js';

export const SERVICES = ['dine_in', 'takeaway', 'delivery', 'drive_thru', 'curbside'];
const DEFAULT_AGES = { dine_in: [10, 15] };
const rows = (object) => Object.entries(object).map(([what, value]) => ({ what, value }));
const unrows = (list, make = (one) => one) => Object.fromEntries(list.filter((one) => one.what)
  .map((one) => [one.what, make(one.value)]));
const minutes = (seconds) => Math.round(seconds / 6) / 10;
const seconds = (count) => Math.round((count ?? 0) * 60);

// Rules as rows, whose names can be typed; seconds as minutes.
export function toDraft(settings) {
  const { routing, prep_times: times, ages } = settings;
  return { ...settings,
    routing: { sku: rows(routing.sku), category: rows(routing.category),
      service_type: { ...routing.service_type } },
    prep_times: { sku: rows(times.sku).map(inMinutes),
      category: rows(times.category).map(inMinutes) },
    ages: Object.fromEntries(SERVICES.map((type) => [type, ages[type]
      ? { warning: minutes(ages[type].warning_s), late: minutes(ages[type].late_s) }
      : { warning: null, late: null }])) };
}
const inMinutes = (one) => ({ what: one.what, value: minutes(one.value) });

export function toSend(draft) {
  const { routing, prep_times: times, ages } = draft;
  const entry = ([type, { warning, late }]) => [type, {
    ...(warning === null ? {} : { warning_s: seconds(warning) }),
    ...(late === null ? {} : { late_s: seconds(late) }) }];
  return { ...draft,
    routing: { sku: unrows(routing.sku), category: unrows(routing.category),
      service_type: Object.fromEntries(Object.entries(routing.service_type)
        .filter(([, station]) => station)) },
    prep_times: { sku: unrows(times.sku, seconds), category: unrows(times.category, seconds) },
    ages: Object.fromEntries(Object.entries(ages)
      .filter(([, age]) => age.warning !== null || age.late !== null).map(entry)) };
}

// A station's new id is its id everywhere.
function renameStation(draft, from, to) {
  if (!from) return;
  for (const list of [draft.routing.sku, draft.routing.category])
    for (const one of list) if (one.value === from) one.value = to;
  for (const [type, station] of Object.entries(draft.routing.service_type))
    if (station === from) draft.routing.service_type[type] = to;
  for (const display of draft.displays)
    display.stations = display.stations.map((one) => (one === from ? to : one));
}

function removeStation(draft, index) {
  const [{ id }] = draft.stations.splice(index, 1);
  for (const kind of ['sku', 'category'])
    draft.routing[kind] = draft.routing[kind].filter((one) => one.value !== id);
  for (const [type, station] of Object.entries(draft.routing.service_type))
    if (station === id) delete draft.routing.service_type[type];
  for (const display of draft.displays)
    display.stations = display.stations.filter((one) => one !== id);
}

function stationRow(form, station, i) {
  const at = (key) => pointerOf('stations', i, key);
  const id = textField(form, station, 'id', { label: t('id'), pointer: at('id'),
    hint: t('idHint') });
  let before = station.id;
  id.querySelector('input').addEventListener('change', () => {
    renameStation(form.draft, before, station.id);
    before = station.id;
    form.redraw(`[data-at="${CSS.escape(at('name'))}"]`);
  });
  return el('li', { class: 'entry' }, id,
    textField(form, station, 'name', { label: t('name'), pointer: at('name'),
      placeholder: station.id }),
    numberField(form, station, 'alarm_after_s', { label: t('alarm'), pointer: at('alarm_after_s'),
      min: 1, most: 86400 }),
    checkField(form, station, 'acknowledge_allergens', { label: t('asks'),
      pointer: at('acknowledge_allergens') }),
    removeButton(station.name || station.id, () => {
      removeStation(form.draft, i);
      form.redraw();
    }));
}

const stationsCard = (form) => card(t('stations'), el('p', { class: 'soft' }, t('stationsText')),
  el('ul', { class: 'entries' }, form.draft.stations.map((one, i) => stationRow(form, one, i))),
  button(t('addStation'), () => {
    form.draft.stations.push({ id: '', name: '', acknowledge_allergens: false, alarm_after_s: 30 });
    form.redraw(`[data-at="${CSS.escape(pointerOf('stations', form.draft.stations.length - 1,
      'id'))}"]`);
  }, { icon: 'plus' }));

const stationOptions = (draft, empty) => [...(empty ? [['', t('none')]] : []),
  ...draft.stations.filter((one) => one.id).map((one) => [one.id, one.name || one.id])];

function ruleRows(form, kind, title, list, names) {
  const rules = form.draft.routing[kind];
  return el('section', {}, el('h3', {}, title), el('ul', { class: 'entries' }, rules.map((rule,
    i) =>
    el('li', { class: 'entry rule' },
      textField(form, rule, 'what', { label: t('what'), list, unseen: true,
        pointer: `${pointerOf('routing', kind)}#${i}` }),
      el('span', { class: 'soft' }, t('goesTo')),
      selectField(form, rule, 'value', { label: t('goesTo'), unseen: true,
        pointer: pointerOf('routing', kind, rule.what), options: stationOptions(form.draft) }),
      removeButton(rule.what, () => {
        rules.splice(i, 1);
        form.redraw();
      })))),
  suggestions(list, names), button(t('add'), () => {
    rules.push({ what: '', value: form.draft.stations[0].id });
    form.redraw(`[data-at="${CSS.escape(`${pointerOf('routing', kind)}#${rules.length - 1}`)}"]`);
  }, { icon: 'plus' }));
}

function routingCard(form, menu) {
  const { draft } = form;
  if (stationOptions(draft).length === 0)
    return card(t('routing'), el('p', { class: 'soft' }, t('needStation')));
  return card(t('routing'), el('p', { class: 'soft' }, t('routingText')),
    el('div', { class: 'cards' },
      ruleRows(form, 'sku', t('bySku'), 'known-skus', menu.items.map((one) => one.sku)),
      ruleRows(form, 'category', t('byCategory'), 'known-categories',
        menu.categories.map((one) => one.id)),
      el('section', {}, el('h3', {}, t('byType')), el('div', { class: 'entries' },
        SERVICES.map((type) => selectField(form, draft.routing.service_type, type, {
          label: common(type), pointer: pointerOf('routing', 'service_type', type),
          options: stationOptions(draft, true) }))))));
}

// --- where would it show ---
function answerNodes(answer) {
  const head = answer.station
    ? el('p', { class: 'route-answer' }, el('strong', {}, t('madeAt',
      { name: answer.station.name })),
      ' ', t(`madeBy_${answer.by}`))
    : el('p', { class: 'route-answer' }, icon('warning'), el('strong', {}, t('madeNowhere')), ' ',
      t('nowhereText'));
  const tones = { yes: 'good', unrouted: 'warn', no: '' };
  return [head, answer.displays.length === 0 ? el('p', { class: 'soft' }, t('noDisplays'))
    : el('ul', { class: 'route-displays' }, answer.displays.map((one) => el('li', {},
      el('strong', {}, one.name), ' ', el('span', { class: 'soft' }, common(one.role)),
      chip(t(`shows_${one.shows}`), tones[one.shows]),
      !one.connected && el('span', { class: 'hint' }, t('offline')))))];
}

function tryCard(form, menu) {
  const asked = { sku: '', category: '', served: '' };
  const host = el('div', { role: 'status' });
  const named = (text) => menu.items.find((one) => one.sku === text || one.name === text);
  const input = (key, label, list) => el('label', { class: 'field' },
    el('span', { class: 'label' }, label), el('input', { type: 'text', list, autocomplete: 'off',
      oninput: (event) => { asked[key] = event.target.value; } }));
  const go = async () => {
    const item = named(asked.sku.trim());
    try {
      replace(host, answerNodes(await api('/v1/settings/kitchen/route-test', { method: 'POST',
        json: {
        item: { sku: item?.sku ?? asked.sku.trim(), station: item?.station ?? '',
          category: asked.category.trim() || (item?.category ?? '') },
        ...(asked.served && { service_type: asked.served }), settings: toSend(form.draft) } })));
    } catch (problem) {
      replace(host, failure(problem));
    }
  };
  return card(t('tryIt'), el('p', { class: 'soft' }, t('tryText')), el('div', { class: 'entry',
    onkeydown: (event) => {
      if (event.key !== 'Enter' || event.target.tagName !== 'INPUT') return;
      event.preventDefault();
      go();
    } },
  input('sku', t('item'), 'test-items'), input('category', t('category'), 'known-categories'),
  el('label', { class: 'field' }, el('span', { class: 'label' }, t('served')),
    el('select', { onchange: (event) => { asked.served = event.target.value; } },
      el('option', { value: '' }, t('none')),
      SERVICES.map((value) => el('option', { value }, common(value))))),
  suggestions('test-items', menu.items.map((one) => one.sku)),
  button(t('ask'), go, { kind: 'primary' })), host);
}

// --- ages, rules, times ---
function agesCard(form) {
  const field = (type, key, i) => numberField(form, form.draft.ages[type], key, {
    label: `${common(type)}: ${t(key)}`, unseen: true, pointer: pointerOf('ages', type, `${key}_s`),
    min: 0.1, most: 1440, step: 0.1, placeholder: String((DEFAULT_AGES[type] || [5, 8])[i]) });
  return card(t('ages'), el('p', { class: 'soft' }, t('agesText')), el('table', { class: 'grid' },
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('served')),
      el('th', { scope: 'col' }, t('warning')), el('th', { scope: 'col' }, t('late')))),
    el('tbody', {}, SERVICES.map((type) => el('tr', {}, el('th', { scope: 'row' }, common(type)),
      el('td', {}, field(type, 'warning', 0)), el('td', {}, field(type, 'late', 1)))))));
}

const rulesCard = (form) => card(t('rules'), [['expo_waits_for_prep', 'expoWaits'],
  ['hold_courses', 'holds'], ['combine_lines', 'combines'], ['stagger_prep', 'staggers']]
  .map(([key, word]) => checkField(form, form.draft, key, { label: t(word), pointer: `/${key}` })));

function timesCard(form) {
  const part = (kind, title, list) => {
    const times = form.draft.prep_times[kind];
    return el('section', {}, el('h3', {}, title), el('ul', { class: 'entries' }, times.map((one,
      i) =>
      el('li', { class: 'entry rule' }, textField(form, one, 'what', { label: t('what'), list,
        unseen: true, pointer: `${pointerOf('prep_times', kind)}#${i}` }),
      numberField(form, one, 'value', { label: t('time'), unseen: true, min: 0, most: 1440,
        step: 0.5, pointer: pointerOf('prep_times', kind, one.what) }),
      el('span', { class: 'soft' }, t('minutes')),
      removeButton(one.what, () => {
        times.splice(i, 1);
        form.redraw();
      })))), button(t('add'), () => {
      times.push({ what: '', value: 5 });
      form.redraw(`[data-at="${CSS.escape(`${pointerOf('prep_times',
        kind)}#${times.length - 1}`)}"]`);
    }, { icon: 'plus' }));
  };
  return card(t('prepTimes'), el('p', { class: 'soft' }, t('prepText')), el('div',
    { class: 'cards' },
    part('sku', t('bySku'), 'known-skus'), part('category', t('byCategory'), 'known-categories')));
}

export async function open(root, { signal }) {
  const { settings: menu } = await api('/v1/settings/menu', { signal });
  const form = new Form('kitchen', () => [stationsCard(form), routingCard(form, menu),
    tryCard(form, menu), el('div', { class: 'cards' }, agesCard(form), rulesCard(form)),
    timesCard(form)], { toDraft, toSend });
  await form.open(root, signal);
}
