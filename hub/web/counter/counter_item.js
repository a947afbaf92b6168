// SPDX-License-Identifier: Apache-2.0
// One line of an order: a dish with its choices, or something that is on no menu.
import { button, el, iconButton, replace } from './console_dom.js';
import { money } from './console_format.js';
import { field } from './console_ui.js';
import { QUANTITY_MAX } from './counter_cart.js';
import { parseMoney, plainMoney } from './counter_money.js';
import { t } from './counter_words.js';
import { common } from './console_words.js';

export const lineOf = (item) => ({ sku: item.sku, name: item.name, price: item.price ?? 0,
  category: item.category, station: item.station, allergens: [...item.allergens], modifiers: [],
  note: '', quantity: 1, free: false });

// Nothing to be asked: a tap is enough.
export const isPlain = (item) => item.groups.length === 0 && item.price !== null;

function ruleOf(group) {
  if (group.min === 1 && group.max === 1) return t('chooseOne');
  if (group.min === group.max) return t('chooseExactly', { min: group.min });
  if (group.min === 0) return t('chooseUpTo', { max: group.max });
  return t('chooseMany', { min: group.min, max: group.max });
}

// What is typed first: a name or a price that is missing, else the first choice.
function firstAsked(form) {
  const inputs = [...form.querySelectorAll('.dialog-body input:not(:disabled)')];
  return inputs.find((one) => one.type === 'text' && one.dataset.asked && !one.value)
    || inputs.find((one) => one.type !== 'text') || form.querySelector('[type=submit]');
}

// A dialog that is a form: resolves to what `finish()` gives, which may also refuse (null).
function formDialog({ title, content, yes, finish, total }) {
  return new Promise((done) => {
    let answer = null;
    const sum = el('span', { class: 'sum' });
    const submit = el('button', { type: 'submit', class: 'button primary big' },
      el('span', {}, yes), sum);
    const form = el('form', { novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      answer = finish();
      if (answer) dialog.close();
      else form.querySelector('[aria-invalid=true], .wrong input')?.focus();
    } });
    const dialog = el('dialog', { class: 'item', 'aria-labelledby': 'item-title' }, form);
    const draw = () => { sum.textContent = total ? total() : ''; };
    form.append(el('header', {}, el('h2', { id: 'item-title' }, title),
      iconButton(common('close'), 'close', () => dialog.close())),
    el('div', { class: 'dialog-body' }, content),
    el('footer', {}, button(common('cancel'), () => dialog.close(), { kind: 'big' }), submit));
    form.addEventListener('input', draw);
    form.addEventListener('change', draw);
    form.addEventListener('click', draw);
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    firstAsked(form).focus({ preventScroll: true });
    draw();
  });
}

function stepper(line) {
  const output = el('output', { class: 'count', 'aria-live': 'polite' }, String(line.quantity));
  const step = (by) => () => {
    line.quantity = Math.min(QUANTITY_MAX, Math.max(1, line.quantity + by));
    output.textContent = String(line.quantity);
  };
  return el('div', { class: 'field' }, el('span', { class: 'label' }, t('quantity')),
    el('div', { class: 'stepper' },
      el('button', { type: 'button', class: 'button', 'aria-label': t('fewer', { name: line.name }),
        onclick: step(-1) }, '−'), output,
      el('button', { type: 'button', class: 'button', 'aria-label': t('oneMore',
        { name: line.name }),
        onclick: step(1) }, '+')));
}

function noteField(line) {
  return field(t('lineNote'), el('input', { type: 'text', maxlength: 200, value: line.note,
    autocomplete: 'off', placeholder: t('lineNoteHint'),
    oninput: (event) => { line.note = event.target.value.trim(); } }));
}

function choiceOf(group, one, line, currency, isRadio) {
  const same = (chosen) => chosen.group === group.name && chosen.name === one.name;
  const input = el('input', { type: isRadio ? 'radio' : 'checkbox', name: `group-${group.id}`,
    disabled: one.sold_out, checked: line.modifiers.some(same), onchange: () => {
      if (isRadio) line.modifiers = line.modifiers.filter((chosen) => chosen.group !== group.name);
      else line.modifiers = line.modifiers.filter((chosen) => !same(chosen));
      if (input.checked) line.modifiers.push({ group: group.name, name: one.name,
        price: one.price });
    } });
  const price = one.price === 0 ? '' : `${one.price > 0 ? '+' : ''}${money(one.price, currency)}`;
  return el('label', { class: one.sold_out ? 'choice out' : 'choice' }, input,
    el('span', { class: 'choice-name' }, one.name),
    el('span', { class: 'choice-price' }, one.sold_out ? t('soldOut') : price));
}

class Group {
  constructor(group, line, currency) {
    Object.assign(this, { group, line });
    const isRadio = group.min === 1 && group.max === 1;
    this.error = el('span', { class: 'error', role: 'alert' });
    this.node = el('fieldset', { class: 'choices' },
      el('legend', {}, group.name, el('span', { class: 'hint' }, ruleOf(group))),
      group.modifiers.map((one) => choiceOf(group, one, line, currency, isRadio)), this.error);
  }

  check() {
    const { min, max, name, modifiers } = this.group;
    const count = this.line.modifiers.filter((one) => one.group === name).length;
    const most = Math.min(max, modifiers.length);
    const wrong = count < min ? t('tooFew', { min }) : count > most ? t('tooMuch',
      { max: most }) : '';
    this.error.textContent = wrong;
    this.node.classList.toggle('wrong', Boolean(wrong));
    return !wrong;
  }
}

class PriceField {
  constructor(line, currency) {
    Object.assign(this, { line, currency });
    this.input = el('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off',
      data: { asked: 'price' },
      value: line.price > 0 ? plainMoney(line.price, currency) : '',
      oninput: () => { line.price = parseMoney(this.input.value, currency) ?? 0; } });
    this.node = el('div');
    this.draw('');
  }

  draw(error) {
    this.input.setAttribute('aria-invalid', String(Boolean(error)));
    replace(this.node, field(`${t('price')} (${this.currency})`, this.input, { error }));
  }

  check() {
    const price = parseMoney(this.input.value, this.currency);
    this.draw(price === null
      ? t('badPrice', { example: plainMoney(950, this.currency) }) : '');
    return price !== null;
  }
}

// The dish with its choices; `line` when it is already ordered. Resolves to the line, or null.
export function chooseDish(item, currency, old = null) {
  const line = structuredClone(old || lineOf(item));
  const groups = item.groups.map((group) => new Group(group, line, currency));
  const price = item.price === null ? new PriceField(line, currency) : null;
  const total = () => money((line.price + line.modifiers.reduce((sum, one) => sum + one.price, 0))
    * line.quantity, currency);
  return formDialog({ title: item.name, yes: old ? t('save') : t('add'), total,
    content: [
      item.allergens.length > 0 && el('p', { class: 'allergens' },
        t('contains', { what: item.allergens.join(', ') })),
      price?.node, groups.map((one) => one.node), el('div', { class: 'pair' }, noteField(line),
        stepper(line))].filter(Boolean).flat(),
    finish: () => {
      const checks = [price, ...groups].filter(Boolean).map((one) => one.check());
      return checks.every(Boolean) ? line : null;
    } });
}

// Something that is on no menu.
export function chooseFree({ name = '', currency, categories = [], old = null }) {
  const line = old ? structuredClone(old)
    : { sku: '', name, price: 0, category: '', station: '', allergens: [], modifiers: [], note: '',
      quantity: 1, free: true };
  const nameInput = el('input', { type: 'text', maxlength: 200, value: line.name,
    data: { asked: 'name' },
    autocomplete: 'off', oninput: () => { line.name = nameInput.value.trim(); } });
  const nameHost = el('div');
  const drawName = (error) => {
    nameInput.setAttribute('aria-invalid', String(Boolean(error)));
    replace(nameHost, field(t('name'), nameInput, { error, hint: t('freeHint') }));
  };
  drawName('');
  const price = new PriceField(line, currency);
  const kind = categories.length > 0 && field(t('category'), el('select', {
    onchange: (event) => { line.category = event.target.value; } },
  el('option', { value: '' }, t('none')), categories.map((one) => el('option', { value: one.id,
    selected: one.id === line.category }, one.name))), { hint: t('categoryHint') });
  return formDialog({ title: t('freeItem'), yes: old ? t('save') : t('add'),
    total: () => money(line.price * line.quantity, currency),
    content: [nameHost, el('div', { class: 'pair' }, price.node, stepper(line)), kind,
      noteField(line)].filter(Boolean),
    finish: () => {
      drawName(line.name ? '' : t('badName'));
      const isPriced = price.check();
      return line.name && isPriced ? line : null;
    } });
}
