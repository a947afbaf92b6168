// SPDX-License-Identifier: Apache-2.0
// A document as a form: what is typed is kept until it is saved or discarded, also when the hub
// says no, when somebody else was faster, and when another view is looked at meanwhile.
import { api } from './console_api.js';
import { button, el, iconButton, replace, say } from './console_dom.js';
import { ask, failure, fill, toast } from './console_ui.js';
import { differences, merged, same } from './setup_diff.js';
import { t } from './setup_words.js';

const kept = new Map(); // document -> { base, draft, rev } with changes that are not saved

window.addEventListener('beforeunload', (event) => {
  if (kept.size > 0) event.preventDefault();
});

export const shownValue = (value) => {
  if (value === undefined || value === null || value === '') return t('nothing');
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.join(', ') || t('nothing');
  if (Array.isArray(value)) return t('entries', { n: value.length });
  if (typeof value === 'object') return value.name || value.id
    || Object.entries(value).map(([key, one]) => `${key}: ${shownValue(one)}`).join(', ')
    || t('nothing');
  return String(value);
};
export const shownPath = (path) => path.join(' › ').replaceAll('_', ' ');

// RFC 6901
export const pointerOf = (...path) =>
  path.map((one) => `/${String(one).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

// draw(form) fills a node from form.draft; every change of it is told with form.changed() (only a
// value) or form.redraw() (what there is to fill in). `toSend` makes the body's settings of it.
export class Form {
  constructor(name, draw, { toDraft = (one) => one, toSend = (one) => one } = {}) {
    Object.assign(this, { name, drawBody: draw, toDraft, toSend });
    this.errors = [];
    this.body = el('div', { class: 'stack' });
    this.state = el('span', { class: 'soft' });
    this.problem = el('div', { class: 'form-problem', role: 'alert' });
    this.saveButton = el('button', { type: 'submit', class: 'button primary' }, t('save'));
    this.discardButton = button(t('discard'), () => this.discard(), { kind: 'quiet' });
    this.root = el('form', { class: 'setup-form', novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      this.save();
    } }, this.body, this.problem,
    el('div', { class: 'save-bar' }, this.state, this.discardButton, this.saveButton));
  }

  async open(root, signal) {
    await fill(root, async () => {
      const now = await api(`/v1/settings/${this.name}`, { signal });
      const old = kept.get(this.name);
      this.base = old?.base ?? now.settings;
      this.rev = old?.rev ?? now.rev;
      this.draft = old?.draft ?? this.toDraft(structuredClone(now.settings));
      this.redraw();
      return this.root;
    }, signal);
  }

  get isChanged() {
    return !same(this.toSend(this.draft), this.toSend(this.toDraft(structuredClone(this.base))));
  }

  redraw(focus = '') {
    const scroll = window.scrollY;
    replace(this.body, this.drawBody(this));
    this.changed();
    window.scrollTo({ top: scroll });
    if (focus) this.body.querySelector(focus)?.focus();
  }

  changed() {
    const isChanged = this.isChanged;
    if (isChanged) kept.set(this.name, { base: this.base, draft: this.draft, rev: this.rev });
    else kept.delete(this.name);
    this.state.textContent = t(isChanged ? 'unsaved' : 'unchanged');
    this.saveButton.disabled = !isChanged;
    this.discardButton.hidden = !isChanged;
  }

  adopt(answer) {
    kept.delete(this.name);
    this.base = answer.settings;
    this.rev = answer.rev;
    this.draft = this.toDraft(structuredClone(answer.settings));
    this.errors = [];
    replace(this.problem);
    this.redraw();
  }

  async discard() {
    this.adopt({ settings: this.base, rev: this.rev });
    try {
      this.adopt(await api(`/v1/settings/${this.name}`));
    } catch (problem) {
      toast(problem.message, 'bad');
    }
  }

  async save() {
    if (this.localErrors?.().length > 0) return this.showErrors(this.localErrors());
    this.saveButton.disabled = true;
    replace(this.problem);
    try {
      this.adopt(await api(`/v1/settings/${this.name}`, { method: 'PUT',
        json: { rev: this.rev, settings: this.toSend(this.draft) } }));
      toast(t('saved'), 'good');
    } catch (problem) {
      this.saveButton.disabled = false;
      if (problem.code === 'settings_changed') return this.settle();
      if (problem.errors?.length > 0) return this.showErrors(problem.errors);
      replace(this.problem, failure(problem));
    }
    return undefined;
  }

  // Each at its field; what has none, in a list.
  showErrors(errors) {
    this.errors = errors.map((one) => ({ ...one, pointer: one.pointer.replace(/^\/settings/,
      '') }));
    this.redraw();
    const unplaced = this.errors.filter((one) => !this.body.querySelector(
      `[data-at="${CSS.escape(one.pointer)}"]`));
    replace(this.problem, el('p', { class: 'error' }, t('wrong', { n: this.errors.length })),
      unplaced.length > 0 && el('ul', {}, unplaced.map((one) =>
        el('li', {}, el('code', {}, one.pointer), ' ', one.detail))));
    say(t('wrong', { n: this.errors.length }));
    this.body.querySelector('[aria-invalid=true]')?.focus();
  }

  errorAt(pointer) {
    return this.errors.filter((one) => one.pointer === pointer).map((one) => one.detail).join('; ');
  }

  // Somebody else was faster: what they changed, and what is to become of both.
  async settle() {
    const now = await api(`/v1/settings/${this.name}`);
    const mine = this.toSend(this.draft);
    const rows = differences(this.base, now.settings).map(({ path, before, after }) => el('tr', {},
      el('th', { scope: 'row' }, shownPath(path)), el('td', {}, shownValue(before)),
      el('td', {}, shownValue(after)), el('td', {}, shownValue(at(mine, path)))));
    const choice = await ask({ title: t('changedTitle'), wide: true, content: [
      el('p', {}, t('changedText')),
      rows.length === 0 ? el('p', {}, t('noChange')) : el('div', { class: 'scroll', tabindex: '0' },
        el('table', {}, el('thead', {}, el('tr', {}, ['where', 'was', 'theirs', 'mine'].map((one) =>
          el('th', { scope: 'col' }, t(one))))), el('tbody', {}, rows))),
      el('p', { class: 'hint' }, t('mergeHint'))],
    actions: [{ text: t('takeTheirs'), value: 'theirs', kind: 'danger' },
      { text: t('merge'), value: 'merge', kind: 'primary' }] });
    if (choice === 'theirs') return this.adopt(now);
    if (choice !== 'merge') return undefined;
    this.draft = this.toDraft(structuredClone(merged(this.base, mine, now.settings)));
    this.base = now.settings;
    this.rev = now.rev;
    return this.redraw();
  }
}

function at(value, path) {
  return path.reduce((now, key) => {
    if (Array.isArray(now))
      return now.find((one) => one?.id === key || one?.sku === key || one?.name === key);
    return now?.[key];
  }, value);
}

// --- fields, bound to object[key] -------------------------------------------------------------
const SPAN = new Set(['textarea']);
let fieldCount = 0;
export function bound(form, object, key, { label, pointer, hint = '', make, read, unseen = false,
  redraw = false }) {
  const error = form.errorAt(pointer);
  const input = make();
  input.dataset.at = pointer;
  if (error) input.setAttribute('aria-invalid', 'true');
  const take = () => {
    object[key] = read(input);
    if (redraw) form.redraw(`[data-at="${CSS.escape(pointer)}"]`);
    else form.changed();
  };
  input.addEventListener(redraw || input.type === 'checkbox' || input.tagName === 'SELECT'
    ? 'change' : 'input', take);
  if (input.type === 'checkbox')
    return el('label', { class: 'check' }, input, el('span', { class: unseen ? 'unseen' : '' },
      label));
  const id = `field-${fieldCount += 1}`;
  input.id = id;
  const told = [hint && el('span', { class: 'hint', id: `${id}-hint` }, hint),
    error && el('span', { class: 'error', id: `${id}-error` }, error)].filter(Boolean);
  if (told.length > 0) input.setAttribute('aria-describedby', told.map((one) => one.id).join(' '));
  return el('div', { class: ['field', error && 'wrong', SPAN.has(input.localName) && 'span']
    .filter(Boolean).join(' ') },
  el('label', { class: unseen ? 'unseen' : 'label', for: id }, label), input, told);
}

export const textField = (form, object, key, options) => bound(form, object, key, { ...options,
  make: () => el('input', { type: 'text', value: object[key] ?? '', autocomplete: 'off',
    maxlength: options.max || 200, list: options.list, placeholder: options.placeholder }),
  read: (input) => input.value });
export const numberField = (form, object, key, options) => bound(form, object, key, { ...options,
  make: () => el('input', { type: 'number', value: object[key] ?? '', min: options.min,
    max: options.most, step: options.step || 1, placeholder: options.placeholder }),
  read: (input) => (input.value === '' ? null : Number(input.value)) });
export const checkField = (form, object, key, options) => bound(form, object, key, { ...options,
  make: () => el('input', { type: 'checkbox', checked: Boolean(object[key]) }),
  read: (input) => input.checked });
export const selectField = (form, object, key, options) => bound(form, object, key, { ...options,
  make: () => el('select', {}, options.options.map(([value, text]) => el('option', { value,
    selected: value === (object[key] ?? '') }, text))),
  read: (input) => input.value });
export const linesField = (form, object, key, options) => bound(form, object, key, { ...options,
  make: () => el('textarea', { rows: options.rows || 3, value: object[key].join('\n') }),
  read: (input) => input.value.split('\n').map((one) => one.trim()).filter(Boolean) });
// A list of names within one line.
export const namesField = (form, object, key, options) => bound(form, object, key, { ...options,
  make: () => el('input', { type: 'text', value: object[key].join(', '), autocomplete: 'off' }),
  read: (input) => input.value.split(/[,;|]/).map((one) => one.trim()).filter(Boolean) });

export const removeButton = (name, onclick) => iconButton(t('removeNamed', { name: name || '' }),
  'close', onclick, { class: 'button bare remove' });
export const suggestions = (id, names) => el('datalist', { id },
  [...new Set(names)].map((value) => el('option', { value })));

