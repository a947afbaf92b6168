// SPDX-License-Identifier: Apache-2.0
// What guests and receipts are told of the restaurant.
import { el, icon } from './console_dom.js';
import { card } from './console_ui.js';
import { common } from './console_words.js';
import { bound, Form, linesField, selectField, suggestions, textField } from './setup_form.js';
import { SERVICES } from './setup_kitchen.js';
import { t } from './setup_words.js';

const LANGUAGES = [['en', 'English'], ['es', 'Español'], ['zh', '中文'], ['ar', 'العربية']];
const DARK = '#201b18'; // the guest's page at night
const READABLE = 4.5; // WCAG 2.2, 1.4.3

const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
export function luminance(colour) {
  const parts = [1, 3, 5].map((i) => channel(parseInt(colour.slice(i, i + 2), 16) / 255));
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

// A sample that wears the colour, without a style in the page's text.
function sample(label, colour, ground) {
  const ratio = contrast(colour, ground);
  const word = el('p', { class: 'sample' }, icon('receipt'), icon('check'));
  word.style.setProperty('color', colour);
  word.style.setProperty('background', ground);
  const told = `${ratio.toFixed(1)} : 1`;
  return el('div', {}, el('span', { class: 'label' }, label), word,
    el('p', { class: ratio >= READABLE ? 'hint good-text' : 'hint warn-text' },
      t(ratio >= READABLE ? 'contrastGood' : 'contrastLow', { ratio: told })));
}

function colourCard(form) {
  const { draft } = form;
  const host = el('div', { class: 'samples' });
  const draw = () => {
    if (/^#[0-9a-f]{6}$/i.test(draft.accent))
      host.replaceChildren(sample(t('onLight'), draft.accent, '#ffffff'),
        sample(t('onDark'), draft.accent, DARK));
  };
  const field = bound(form, draft, 'accent', { label: t('accent'), pointer: '/accent',
    make: () => el('input', { type: 'color', value: draft.accent }),
      read: (input) => input.value });
  field.addEventListener('input', draw);
  draw();
  return card(t('colour'), el('p', { class: 'soft' }, t('colourText')), field, host);
}

function checks(form, key, options, pointer) {
  const chosen = form.draft[key];
  return el('div', { class: 'choice-set' }, options.map(([value, text]) =>
    el('label', { class: 'check' }, el('input', { type: 'checkbox', checked: chosen.includes(value),
      data: { at: pointer }, onchange: (event) => {
        form.draft[key] = options.map(([one]) => one).filter((one) =>
          (one === value ? event.target.checked : form.draft[key].includes(one)));
        form.redraw();
      } }), el('span', {}, text))),
  form.errorAt(pointer) && el('p', { class: 'error' }, form.errorAt(pointer)));
}

function zones() {
  try {
    return Intl.supportedValuesOf('timeZone');
  } catch {
    return [];
  }
}

function body(form) {
  const { draft } = form;
  const text = (key, label, rest = {}) => textField(form, draft, key,
    { label: t(label), pointer: `/${key}`, ...rest });
  return [
    card(t('texts'), el('div', { class: 'form-grid' }, text('name', 'restaurantName'),
      text('phone', 'phone'), text('tax_id', 'taxId'),
      text('currency', 'currency', { hint: t('currencyHint'), max: 3 }),
      text('time_zone', 'timeZone', { hint: t('timeZoneHint'), list: 'zones' }),
      suggestions('zones', zones()),
      linesField(form, draft, 'address', { label: t('address'), pointer: '/address',
        hint: t('addressHint') }),
      text('welcome', 'welcome', { max: 1000 }),
      linesField(form, draft, 'receipt_footer', { label: t('footer'), pointer: '/receipt_footer',
        hint: t('addressHint') }))),
    el('div', { class: 'cards' }, colourCard(form),
      card(t('languages'), el('p', { class: 'soft' }, t('languagesText')),
        checks(form, 'languages', LANGUAGES, '/languages'),
        selectField(form, draft, 'language', { label: t('otherwise'), pointer: '/language',
          options: LANGUAGES.filter(([one]) => draft.languages.includes(one)) })),
      card(t('services'), el('p', { class: 'soft' }, t('servicesText')),
        checks(form, 'service_types', SERVICES.map((one) => [one, common(one)]),
          '/service_types'))),
  ];
}

// The language of strangers is one of those that are spoken.
function toSend(draft) {
  const isSpoken = draft.languages.includes(draft.language);
  return { ...draft, language: isSpoken ? draft.language : draft.languages[0] ?? draft.language };
}

export async function open(root, { signal }) {
  const form = new Form('restaurant', () => body(form), { toSend });
  await form.open(root, signal);
}
