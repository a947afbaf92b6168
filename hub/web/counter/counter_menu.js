// SPDX-License-Identifier: Apache-2.0
// The menu: categories, search, and a grid of what there is, for fingers and for keys.
import { api } from './console_api.js';
import { button, el, icon, replace, say } from './console_dom.js';
import { money } from './console_format.js';
import { t } from './counter_words.js';

const ALL = '\u0000all';
const NONE = '';
const REFRESH = 20000; // ms: what is sold out must not be sold for long
const FOUND_MAX = 60; // more of them are better searched for with more letters

// Without case or accents, so that "cafe" finds "Café".
export const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

// The document as it is used: sorted, and groups by their ids.
export function indexed(menu) {
  const bySort = (list) => list.map((one, i) => ({ one, i }))
    .sort((a, b) => a.one.sort - b.one.sort || a.i - b.i).map((entry) => entry.one);
  const groups = new Map((menu.modifier_groups || []).map((one) => [one.id, one]));
  const items = bySort(menu.items || []).map((item) => ({ ...item,
    groups: item.modifier_groups.map((id) => groups.get(id)).filter(Boolean),
    text: folded(`${item.name} ${item.sku}`) }));
  const categories = bySort(menu.categories || [])
    .filter((category) => items.some((item) => item.category === category.id));
  return { items, categories };
}

// Best first: the whole SKU, then how a name begins, then how a word of it begins.
export function search(items, text) {
  const wanted = folded(text.trim());
  if (!wanted) return [];
  const rank = (item) => {
    const name = folded(item.name);
    if (folded(item.sku) === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    if (` ${name}`.includes(` ${wanted}`)) return 2;
    return wanted.split(/\s+/).every((word) => item.text.includes(word)) ? 3 : -1;
  };
  return items.map((item) => ({ item, rank: rank(item) })).filter((one) => one.rank >= 0)
    .sort((a, b) => a.rank - b.rank).map((one) => one.item);
}

// onPick(item) for a dish, onFree(name) for what is on no menu.
export class MenuView {
  constructor(root, { onPick, onFree, currency }) {
    Object.assign(this, { root, onPick, onFree, currency });
    this.menu = { items: [], categories: [] };
    this.rev = -1;
    this.category = ALL;
    this.input = el('input', { type: 'search', class: 'search', 'aria-label': t('search'),
      placeholder: t('search'), autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'done',
      oninput: () => this.draw(), onkeydown: (event) => this.onSearchKey(event) });
    this.tabs = el('div', { class: 'categories', role: 'group', 'aria-label': t('category') });
    this.grid = el('ul', { class: 'dishes', onkeydown: (event) => this.onGridKey(event) });
    this.none = el('div', { class: 'none' });
    replace(root, el('div', { class: 'menu-head' },
      el('label', { class: 'search-box' }, icon('search'), this.input),
      button(t('freeItem'), () => onFree(''), { icon: 'plus', class: 'button big' })),
    this.tabs, this.grid, this.none);
  }

  start() {
    this.timer = setInterval(() => !document.hidden && this.load().catch(() => {}), REFRESH);
    return this.load();
  }

  stop() { clearInterval(this.timer); }

  async load() {
    const { rev, settings } = await api('/v1/settings/menu');
    if (rev === this.rev) return;
    this.rev = rev;
    this.menu = indexed(settings);
    if (!this.menu.categories.some((one) => one.id === this.category)) {
      const first = this.menu.categories[0];
      this.category = first && this.menu.items.length > FOUND_MAX ? first.id : ALL;
    }
    this.drawTabs();
    this.draw();
  }

  setCurrency(currency) {
    this.currency = currency;
    this.draw();
  }

  focusSearch() {
    this.input.focus();
    this.input.select();
  }

  drawTabs() {
    const { categories, items } = this.menu;
    const tab = (id, name) => el('button', { type: 'button', class: 'category',
      'aria-pressed': String(id === this.category), onclick: () => this.choose(id) }, name);
    const hasOther = items.some((item) => item.category === NONE);
    replace(this.tabs, tab(ALL, t('all')), categories.map((one) => tab(one.id, one.name)),
      hasOther && categories.length > 0 && tab(NONE, t('noCategory')));
    this.tabs.hidden = categories.length === 0;
  }

  choose(id) {
    this.category = id;
    this.input.value = '';
    this.drawTabs();
    this.draw();
    this.tabs.querySelector('[aria-pressed=true]')?.focus();
  }

  shown() {
    if (this.input.value.trim()) return search(this.menu.items, this.input.value).slice(0,
      FOUND_MAX);
    return this.menu.items.filter((item) => this.category === ALL
      || item.category === this.category);
  }

  dish(item) {
    const price = item.price === null ? t('askPrice') : money(item.price, this.currency);
    return el('li', {}, el('button', { type: 'button', class: 'dish', disabled: item.sold_out,
      onclick: () => this.pick(item) },
    el('span', { class: 'dish-name' }, item.name),
    item.allergens.length > 0 && el('span', { class: 'allergens' },
      el('span', { class: 'unseen' }, t('contains', { what: '' })), item.allergens.join(', ')),
    el('span', { class: 'dish-price' }, item.sold_out ? t('soldOut') : price)));
  }

  draw() {
    const items = this.shown();
    const had = this.grid.contains(document.activeElement);
    replace(this.grid, items.map((item) => this.dish(item)));
    if (had) this.grid.querySelector('button:not(:disabled)')?.focus();
    this.tabs.classList.toggle('searching', Boolean(this.input.value.trim()));
    this.grid.hidden = items.length === 0;
    this.none.hidden = items.length > 0;
    if (items.length === 0) this.drawNone();
  }

  drawNone() {
    const text = this.input.value.trim();
    const isEmpty = this.menu.items.length === 0 && !text;
    if (!isEmpty) say(t('nothingFound'));
    replace(this.none, el('div', { class: 'state' },
      el('h2', {}, isEmpty ? t('emptyMenu') : t('nothingFound')),
      el('p', {}, isEmpty ? t('emptyMenuText') : t('nothingFoundText')),
      button(text ? t('addNamed', { name: text }) : t('freeItem'), () => this.onFree(text),
        { kind: 'primary big', icon: 'plus' })));
  }

  pick(item) {
    const wasSearch = document.activeElement === this.input;
    this.onPick(item);
    if (!this.input.value) return;
    this.input.value = '';
    this.draw();
    if (wasSearch) this.input.focus();
  }

  onSearchKey(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      const text = this.input.value.trim();
      const first = text && this.shown().find((item) => !item.sold_out);
      if (first) this.pick(first);
      else if (text) this.onFree(text);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.grid.querySelector('button:not(:disabled)')?.focus();
    } else if (event.key === 'Escape' && this.input.value) {
      event.preventDefault();
      this.input.value = '';
      this.draw();
    }
  }

  // Arrows go to the dish beside, above or below, as it is on the screen.
  onGridKey(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0,
      1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const from = document.activeElement.getBoundingClientRect();
    const next = nearest([...this.grid.querySelectorAll('button:not(:disabled)')], from, way);
    if (next) next.focus();
    else if (event.key === 'ArrowUp') this.input.focus();
  }
}

function nearest(buttons, from, [dx, dy]) {
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const one of buttons) {
    const [ox, oy] = middle(one.getBoundingClientRect());
    const along = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (along < 4 || (dx !== 0 && aside > from.height / 2)) continue;
    const distance = along + aside * 2;
    if (distance < least) {
      least = distance;
      best = one;
    }
  }
  return best;
}
