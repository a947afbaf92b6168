// SPDX-License-Identifier: Apache-2.0
// The menu by hand: items, categories, choices. For many at once there is the table.
import { api } from './console_api.js';
import { button, el } from './console_dom.js';
import { card, empty } from './console_ui.js';
import { parseMoney, plainMoney } from './counter_money.js';
import { bound, checkField, Form, namesField, numberField, pointerOf, removeButton, suggestions,
  textField } from './setup_form.js';
import { importCard } from './setup_import.js';
import { t } from './setup_words.js';

const SHOWN_MAX = 60; // rows of fields; the search finds the others
let currency = 'EUR';
let wanted = '';

const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

// A price as it was typed is kept beside what it means, so that half a number is no error yet.
const priceText = (one) => (one === null ? '' : plainMoney(one, currency));

function priceField(form, item, pointer) {
  return bound(form, item, 'price_text', { label: t('price'), pointer, unseen: true,
    make: () => el('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off',
      value: item.price_text, class: 'end' }), read: (input) => input.value });
}

function itemRow(form, item, i) {
  const at = (key) => pointerOf('items', i, key);
  const text = (key, label, rest = {}) => textField(form, item, key,
    { label: t(label), pointer: at(key), unseen: true, ...rest });
  const names = (key, label) => namesField(form, item, key,
    { label: t(label), pointer: at(key), unseen: true });
  return el('tr', {}, el('td', {}, text('sku', 'sku')), el('td', { class: 'name' }, text('name',
    'name')),
    el('td', {}, priceField(form, item, at('price'))),
    el('td', {}, text('category', 'category', { list: 'menu-categories' })),
    el('td', {}, names('allergens', 'allergens')), el('td', {}, names('modifier_groups',
      'choices')),
    el('td', {}, checkField(form, item, 'sold_out', { label: t('soldOut'), pointer: at('sold_out'),
      unseen: true })),
    el('td', {}, removeButton(item.name, () => {
      form.draft.items.splice(i, 1);
      form.redraw();
    })));
}

function itemsCard(form) {
  const { items } = form.draft;
  const shown = items.map((item, i) => ({ item, i })).filter(({ item }) =>
    !wanted || folded(`${item.name} ${item.sku} ${item.category}`).includes(folded(wanted)));
  const isWrong = (i) => form.errors.some((one) => one.pointer.startsWith(`/items/${i}/`));
  const rows = [...shown.filter(({ i }) => isWrong(i)), ...shown.filter(({ i }) => !isWrong(i))]
    .slice(0, SHOWN_MAX);
  const search = el('input', { type: 'search', value: wanted, 'aria-label': t('searchItems'),
    placeholder: t('searchItems'), data: { at: 'search' }, oninput: (event) => {
      wanted = event.target.value;
      form.redraw('[data-at=search]');
    } });
  const heads = ['sku', 'name', 'price', 'category', 'allergens', 'choices', 'soldOut'];
  return card('', el('header', {}, el('h2', {}, t('items')), search, button(t('addItem'), () => {
    wanted = '';
    items.unshift({ sku: '', name: '', price: null, price_text: '', category: '', station: '',
      allergens: [], modifier_groups: [], sold_out: false, sort: 0 });
    form.redraw(`[data-at="${pointerOf('items', 0, 'sku')}"]`);
  }, { icon: 'plus' })),
  rows.length === 0 ? empty(t('noItems'), t('noItemsText'))
    : el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('items') },
      el('table', { class: 'grid menu-grid' }, el('thead', {}, el('tr', {},
        heads.map((one) => el('th', { scope: 'col' }, t(one))),
        el('th', { scope: 'col' }, el('span', { class: 'unseen' }, t('remove'))))),
      el('tbody', {}, rows.map(({ item, i }) => itemRow(form, item, i))))),
  rows.length < items.length && el('p', { class: 'hint' },
    t('shownOf', { n: rows.length, all: items.length })));
}

function categoriesCard(form) {
  const { categories } = form.draft;
  return card(t('categories'), el('ul', { class: 'entries' }, categories.map((one, i) =>
    el('li', { class: 'entry' },
      textField(form, one, 'id', { label: t('id'), pointer: pointerOf('categories', i, 'id') }),
      textField(form, one, 'name', { label: t('name'), placeholder: one.id,
        pointer: pointerOf('categories', i, 'name') }),
      numberField(form, one, 'sort', { label: t('order'), min: 0,
        pointer: pointerOf('categories', i, 'sort') }),
      removeButton(one.name || one.id, () => {
        categories.splice(i, 1);
        form.redraw();
      })))), button(t('addCategory'), () => {
    categories.push({ id: '', name: '', sort: 0 });
    form.redraw(`[data-at="${pointerOf('categories', categories.length - 1, 'id')}"]`);
  }, { icon: 'plus' }));
}

const optionText = (one) => [one.name, one.price === 0 ? '' : priceText(one.price),
  one.sold_out ? `(${t('soldOut')})` : ''].filter(Boolean).join(' ');

// "Bacon 1.50", "No cheese -0.50", "Egg 1.20 (Sold out)"
export function optionOf(line) {
  const soldOut = `(${t('soldOut')})`;
  const isOut = line.endsWith(soldOut);
  const text = (isOut ? line.slice(0, -soldOut.length) : line).trim();
  const match = /^(.*\S)\s+([-+]?)(\d[\d.,]*)$/u.exec(text);
  const price = match && parseMoney(match[3], currency);
  if (!match || price === null) return { name: text, price: 0, sold_out: isOut };
  return { name: match[1], price: match[2] === '-' ? -price : price, sold_out: isOut };
}

function groupsCard(form) {
  const groups = form.draft.modifier_groups;
  return card(t('groups'), el('p', { class: 'soft' }, t('groupsText')),
    el('ul', { class: 'entries' }, groups.map((one, i) => {
      const at = (key) => pointerOf('modifier_groups', i, key);
      return el('li', { class: 'entry' },
        textField(form, one, 'id', { label: t('id'), pointer: at('id') }),
        textField(form, one, 'name', { label: t('name'), pointer: at('name'),
          placeholder: one.id }),
        numberField(form, one, 'min', { label: t('least'), pointer: at('min'), min: 0 }),
        numberField(form, one, 'max', { label: t('most'), pointer: at('max'), min: 1 }),
        bound(form, one, 'options', { label: t('options'), pointer: at('modifiers'),
          hint: t('optionsHint'), make: () => el('textarea', { rows: 4, value: one.options }),
          read: (input) => input.value }),
        removeButton(one.name || one.id, () => {
          groups.splice(i, 1);
          form.redraw();
        }));
    })), button(t('addGroup'), () => {
      groups.push({ id: '', name: '', min: 0, max: 1, options: '' });
      form.redraw(`[data-at="${pointerOf('modifier_groups', groups.length - 1, 'id')}"]`);
    }, { icon: 'plus' }));
}

const toDraft = (settings) => ({ ...settings,
  items: settings.items.map((one) => ({ ...one, price_text: priceText(one.price) })),
  modifier_groups: settings.modifier_groups.map(({ modifiers, ...rest }) =>
    ({ ...rest, options: modifiers.map(optionText).join('\n') })) });

const toSend = (draft) => ({ ...draft,
  items: draft.items.map(({ price_text: text, ...rest }) =>
    ({ ...rest, price: text.trim() ? parseMoney(text, currency) ?? -1 : null })),
  modifier_groups: draft.modifier_groups.map(({ options, ...rest }) => ({ ...rest,
    modifiers: options.split('\n').map((one) => one.trim()).filter(Boolean).map(optionOf) })) });

// A price that is no amount must not be sent as none.
function localErrors() {
  return this.draft.items.flatMap((one, i) => (one.price_text.trim()
    && parseMoney(one.price_text, currency) === null
    ? [{ pointer: pointerOf('items', i, 'price'), detail: t('badPrice') }] : []));
}

export async function open(root, { signal }) {
  wanted = '';
  currency = (await api('/v1/settings/restaurant', { signal })).settings.currency || 'EUR';
  const form = new Form('menu', () => [importCard(form), itemsCard(form),
    el('div', { class: 'cards' }, categoriesCard(form), groupsCard(form)),
  suggestions('menu-categories', form.draft.categories.map((one) => one.id))], { toDraft, toSend });
  form.localErrors = localErrors;
  await form.open(root, signal);
}
