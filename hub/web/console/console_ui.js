// SPDX-License-Identifier: Apache-2.0
// What every view shows alike: states, tables, dialogs, toasts, tabs.
import { button, chip, el, icon, iconButton, replace } from './console_dom.js';
import { common } from './console_words.js';

// --- states -----------------------------------------------------------------------------------
export const loading = (text = common('loading')) =>
  el('div', { class: 'state loading', role: 'status' },
    el('span', { class: 'spinner', 'aria-hidden': 'true' }), el('p', {}, text));

export const empty = (title, text = '', action = null) =>
  el('div', { class: 'state' }, el('h2', {}, title), text && el('p', {}, text), action);

// A Problem, in words; `again` repeats what failed.
export function failure(problem, again = null) {
  const title = problem.unreachable ? common('unreachable') : problem.title || common('failed');
  const isMore = problem.message && problem.message.toLowerCase() !== title.toLowerCase();
  const detail = isMore ? problem.message : '';
  return el('div', { class: 'state failure', role: 'alert' }, icon('warning'), el('h2', {}, title),
    detail && el('p', {}, detail),
    problem.errors?.length > 0 && el('ul', {}, problem.errors.map((one) =>
      el('li', {}, one.pointer && el('code', {}, one.pointer), ' ', one.detail))),
    again && button(common('again'), again, { kind: 'primary' }));
}

// Shows `root` loading, then what `make` resolves to, or why not with a way to try again. What
// comes after `signal` is aborted is nobody's business.
export async function fill(root, make, signal) {
  const waiting = setTimeout(() => replace(root, loading()), 150); // faster: no flicker
  root.setAttribute('aria-busy', 'true');
  try {
    const nodes = await make();
    clearTimeout(waiting);
    if (!signal?.aborted) replace(root, nodes);
  } catch (problem) {
    clearTimeout(waiting);
    if (signal?.aborted) return;
    if (!problem?.code) console.error(problem);
    if (problem?.status === 401) return replace(root, loading()); // it is asked for over this
    replace(root, failure(problem, () => fill(root, make, signal)));
  } finally {
    root.removeAttribute('aria-busy');
  }
}

// --- tables -----------------------------------------------------------------------------------
const classOf = (column) => [column.align === 'end' && 'end', column.wide && 'wide', column.class]
  .filter(Boolean).join(' ');

// columns: [{ title, cell: (row) => text | node, align: 'end', wide: true, class, sort }] (`sort`:
// row => a value, makes the head a button). key: row => what stays the same when the row changes.
// href: row => where the row leads. update(rows) keeps the rows that did not change, and so the
// focus.
export class Table {
  constructor({ caption, columns, key, href, none, compact, signature = JSON.stringify }) {
    Object.assign(this, { columns, key, href, signature });
    this.rows = [];
    this.known = new Map();
    this.sorted = null; // { column, down }
    this.body = el('tbody');
    this.heads = columns.map((column) => this.headOf(column));
    this.table = el('table', { class: compact ? 'compact' : '' },
      el('caption', { class: 'unseen' }, caption), el('thead', {}, el('tr', {}, this.heads)),
      this.body);
    this.none = none || empty(common('nothing'));
    this.scroll = el('div', { class: 'scroll', tabindex: '0', role: 'region',
      'aria-label': caption }, this.table);
    this.root = el('div', { class: 'table' }, this.scroll, this.none);
    this.update([]);
  }

  headOf(column) {
    const head = el('th', { scope: 'col', class: classOf(column) });
    if (!column.sort) head.append(column.title);
    else head.append(el('button', { type: 'button', class: 'sorter',
      onclick: () => this.sortBy(column) }, column.title));
    return head;
  }

  sortBy(column) {
    const down = this.sorted?.column === column ? !this.sorted.down : Boolean(column.down);
    this.sorted = { column, down };
    this.heads.forEach((head, i) => {
      const order = down ? 'descending' : 'ascending';
      if (this.columns[i] === column) head.setAttribute('aria-sort', order);
      else head.removeAttribute('aria-sort');
    });
    this.update(this.rows);
  }

  ordered(rows) {
    if (!this.sorted) return rows;
    const { column, down } = this.sorted;
    const value = column.sort;
    const compare = (a, b) => (typeof a === 'string' ? a.localeCompare(b, undefined,
      { numeric: true }) : a - b);
    return [...rows].sort((a, b) => compare(value(a), value(b)) * (down ? -1 : 1));
  }

  update(rows) {
    this.rows = rows;
    const seen = new Map();
    const nodes = this.ordered(rows).map((row, i) => {
      const id = this.key ? this.key(row) : i;
      const mark = this.signature(row);
      const old = this.known.get(id);
      const node = old?.mark === mark ? old.node : this.rowOf(row, old?.node);
      seen.set(id, { node, mark });
      return node;
    });
    this.known = seen;
    // Only what is out of place is moved: a node that is moved loses the focus.
    const kept = new Set(nodes);
    for (const node of [...this.body.children]) if (!kept.has(node)) node.remove();
    let at = this.body.firstChild;
    for (const node of nodes) {
      if (node === at) at = at.nextSibling;
      else this.body.insertBefore(node, at);
    }
    this.scroll.hidden = rows.length === 0;
    this.none.hidden = rows.length > 0;
  }

  rowOf(row, node = el('tr')) {
    const cells = this.columns.map((column, i) => {
      const inside = column.cell(row);
      const isHead = i === 0;
      const content = isHead && this.href
        ? el('a', { href: this.href(row), class: 'row-link' }, inside) : inside;
      return el(isHead ? 'th' : 'td', { scope: isHead && 'row', class: classOf(column) }, content);
    });
    const had = node.contains(document.activeElement);
    replace(node, cells);
    if (had) node.querySelector('a, button')?.focus();
    return node;
  }
}

// --- dialogs ----------------------------------------------------------------------------------
// Resolves to the chosen action's value; null when it was closed. actions: [{ text, kind, value }].
export function ask({ title, content, actions = [], wide = false }) {
  return new Promise((done) => {
    let answer = null;
    const dialog = el('dialog', { class: wide ? 'wide' : '', 'aria-labelledby': 'dialog-title' });
    const choose = (value) => {
      answer = value;
      dialog.close();
    };
    dialog.append(
      el('header', {}, el('h2', { id: 'dialog-title' }, title),
        iconButton(common('close'), 'close', () => choose(null))),
      el('div', { class: 'dialog-body' }, content),
      actions.length > 0 && el('footer', {}, actions.map((one) =>
        button(one.text, () => choose(one.value), { kind: one.kind || '' }))) || '');
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(answer);
    });
    dialog.addEventListener('click', (event) => event.target === dialog && choose(null));
    document.body.append(dialog);
    dialog.showModal();
  });
}
export const confirm = (title, text, yes, kind = 'primary') => ask({ title,
  content: el('p', {}, text),
  actions: [{ text: common('cancel'), value: false }, { text: yes, value: true, kind }] });

// --- toasts -----------------------------------------------------------------------------------
const TOAST_MS = 6000;
const TOASTS_MAX = 3;
export function toast(text, tone = '') {
  const host = document.getElementById('toasts');
  while (host.children.length >= TOASTS_MAX) host.firstChild.remove();
  const node = el('div', { class: `toast ${tone}` }, el('span', {}, text));
  const end = () => node.remove();
  node.append(iconButton(common('close'), 'close', end));
  host.append(node);
  let timer = setTimeout(end, TOAST_MS);
  node.addEventListener('pointerenter', () => clearTimeout(timer));
  node.addEventListener('pointerleave', () => { timer = setTimeout(end, TOAST_MS); });
}

export async function copyText(text) {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
    } else { // a page over plain HTTP has no clipboard: the old way
      const area = el('textarea', { class: 'unseen' });
      area.value = text;
      document.body.append(area);
      area.select();
      const isDone = document.execCommand('copy');
      area.remove();
      if (!isDone) throw new Error('refused');
    }
    toast(common('copied'), 'good');
  } catch {
    await ask({ title: common('copy'), wide: true,
      content: el('textarea', { class: 'code', rows: 16, readonly: true, value: text,
        'aria-label': common('copy') }) });
  }
}

// --- small things -----------------------------------------------------------------------------
// Links that look like tabs: [{ text, href, current }].
export const tabs = (label, entries) => el('nav', { class: 'tabs', 'aria-label': label },
  entries.map((one) =>
    el('a', { href: one.href, 'aria-current': one.current && 'page' }, one.text)));

export const card = (title, ...content) => el('section', { class: 'card' },
  title && el('h2', {}, title), content);

// A number that is worth a look: label, value, and a line below it.
export const figure = (label, value, below = '', tone = '') =>
  el('div', { class: `figure ${tone}` }, el('span', { class: 'label' }, label),
    el('strong', {}, value), below && el('span', { class: 'below' }, below));

const STATUS_TONES = { placed: '', paid: 'info', accepted: 'info', in_kitchen: 'accent',
  ready: 'good', completed: 'done', cancelled: 'bad' };
export const statusChip = (status) => chip(common(status), STATUS_TONES[status] || '');

export const field = (label, input, { hint = '', error = '' } = {}) =>
  el('label', { class: error ? 'field wrong' : 'field' }, el('span', { class: 'label' }, label),
    input, hint && el('span', { class: 'hint' }, hint),
    error && el('span', { class: 'error', role: 'alert' }, error));
