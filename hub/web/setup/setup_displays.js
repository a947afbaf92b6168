// SPDX-License-Identifier: Apache-2.0
// Displays: what each is for, how it looks, how it sounds.
import { api } from './console_api.js';
import { button, chip, el } from './console_dom.js';
import { card, empty } from './console_ui.js';
import { common } from './console_words.js';
import { checkField, Form, numberField, pointerOf, removeButton, selectField, suggestions,
  textField } from './setup_form.js';
import { toDraft, toSend } from './setup_kitchen.js';
import { t } from './setup_words.js';

const LANGUAGES = [['en', 'English'], ['es', 'Español'], ['zh', '中文'], ['ar', 'العربية']];

function stationChoice(form, display) {
  const toggle = (id) => (event) => {
    display.stations = event.target.checked ? [...display.stations, id]
      : display.stations.filter((one) => one !== id);
    form.changed();
  };
  return el('fieldset', { class: 'span choice-set' }, el('legend', {}, t('ofStations'), ' ',
    el('span', { class: 'hint' }, t('ofStationsHint'))),
  form.draft.stations.map((one) => el('label', { class: 'check' },
    el('input', { type: 'checkbox', checked: display.stations.includes(one.id),
      onchange: toggle(one.id) }), el('span', {}, one.name || one.id))));
}

function displayCard(form, display, i, known) {
  const at = (key) => pointerOf('displays', i, key);
  const number = (key, label, min, most, hint = '') => numberField(form, display, key,
    { label: t(label), pointer: at(key), min, most, hint });
  const select = (key, label, options, redraw = false) => selectField(form, display, key,
    { label: t(label), pointer: at(key), options, redraw });
  const named = (names) => names.map((one) => [one, t(one)]);
  const isHere = known.some((one) => one.name === display.name && one.connected);
  return el('section', { class: 'card' },
    el('header', {}, el('h2', {}, display.name || t('addDisplay')),
      isHere && chip(t('connected'), 'good'),
      removeButton(display.name, () => {
        form.draft.displays.splice(i, 1);
        form.redraw();
      })),
    el('div', { class: 'form-grid' },
      textField(form, display, 'name', { label: t('name'), pointer: at('name'),
        list: 'known-displays',
        max: 64 }),
      select('role', 'role', ['prep', 'expo', 'runner'].map((one) => [one, common(one)]), true),
      display.role === 'prep' && form.draft.stations.length > 0 && stationChoice(form, display),
      select('layout', 'layout', named(['flow', 'grid']), true),
      number('columns', 'columns', 0, 12, t('columnsHint')),
      display.layout === 'grid' && number('rows', 'rows', 1, 6),
      select('theme', 'theme', named(['dark', 'light', 'contrast'])),
      number('text_percent', 'textPercent', 75, 175),
      select('language', 'language', [['', t('machines')], ...LANGUAGES]),
      number('volume_percent', 'volume', 0, 100),
      checkField(form, display, 'repeat_sounds', { label: t('repeats'),
        pointer: at('repeat_sounds') })));
}

const fresh = (name) => ({ name, role: 'prep', stations: [], layout: 'flow', columns: 0, rows: 2,
  theme: 'dark', text_percent: 100, language: '', volume_percent: 70, repeat_sounds: true });

function body(form, known) {
  const { displays } = form.draft;
  const unlisted = [...new Set(known.map((one) => one.name))]
    .filter((name) => name && !displays.some((one) => one.name === name));
  const addOne = (name) => {
    displays.push(fresh(name));
    form.redraw(`[data-at="${CSS.escape(pointerOf('displays', displays.length - 1,
      name ? 'role' : 'name'))}"]`);
  };
  return [el('p', { class: 'soft' }, t('displaysText')), suggestions('known-displays', unlisted),
    displays.length === 0 ? card('', empty(t('noneListed'), t('noneListedText')))
      : el('div', { class: 'cards wide-cards' },
        displays.map((one, i) => displayCard(form, one, i, known))),
    el('div', { class: 'row' }, button(t('addDisplay'), () => addOne(''), { icon: 'plus' }),
      unlisted.map((name) => button(name, () => addOne(name), { icon: 'display' })))];
}

export async function open(root, { signal }) {
  const { displays: known } = await api('/v1/displays', { signal });
  const form = new Form('kitchen', () => body(form, known), { toDraft, toSend });
  await form.open(root, signal);
}
