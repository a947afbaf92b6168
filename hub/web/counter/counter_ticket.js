// SPDX-License-Identifier: Apache-2.0
// The order being taken, beside the menu: lines, who it is for, how it is paid, and sending it.
import { button, el, icon, iconButton, replace } from './console_dom.js';
import { money } from './console_format.js';
import { field } from './console_ui.js';
import { common } from './console_words.js';
import { linePrice, unitPrice } from './counter_cart.js';
import { codeOf } from './counter_code.js';
import { t } from './counter_words.js';

const LATE_MS = 1500; // from then on the hub is waited for; mostly it has answered long before
const PAYMENTS = ['cash', 'card', 'bill', 'unpaid'];

// on: { edit(index), send(), stopAdding(), cleared(snapshot) }
export class TicketView {
  constructor(root, cart, { currency, services, on }) {
    Object.assign(this, { root, cart, currency, services, on });
    this.sent = null;
    this.isOpen = false; // on a phone, where it lies over the menu
    this.lines = el('ul', { class: 'lines', tabindex: '0', 'aria-label': t('ticket') });
    this.total = el('strong', { class: 'total' });
    this.details = el('div', { class: 'details' });
    this.foot = el('div', { class: 'pay' });
    this.head = el('header', { class: 'ticket-head' });
    this.error = el('p', { class: 'error', role: 'alert', hidden: true });
    this.panel = el('section', { class: 'ticket', 'aria-label': t('ticket') });
    this.opener = el('button', { type: 'button', class: 'button primary big opener',
      onclick: () => this.open(true) });
    replace(root, this.panel, this.opener);
    cart.addEventListener('change', (event) => this.draw(event.detail));
    this.draw();
  }

  open(isOpen) {
    this.isOpen = isOpen;
    this.root.classList.toggle('open', isOpen);
    if (isOpen) this.panel.querySelector('button, input')?.focus();
    else this.opener.focus();
  }

  // What became of the last order, until the next is begun.
  showSent(sent) {
    this.sent = sent;
    this.draw();
    this.panel.querySelector('.next')?.focus();
    if (sent.answer) return;
    setTimeout(() => {
      if (this.sent !== sent) return;
      sent.isLate = true;
      this.draw();
      this.panel.querySelector('.next')?.focus();
    }, LATE_MS);
  }

  draw(what = 'lines') {
    if (!this.cart.isEmpty && this.sent) this.sent = null;
    if (what === 'details' && !this.sent) return this.drawMoney();
    if (this.sent) replace(this.panel, this.head, sentCard(this.sent, () => this.dismiss()));
    else replace(this.panel, this.head, this.lines, this.details, this.foot);
    this.drawHead();
    this.drawLines();
    this.drawDetails();
    this.drawFoot();
    return this.drawMoney();
  }

  dismiss() {
    this.sent = null;
    this.draw();
    this.open(false);
    this.on.next();
  }

  drawHead() {
    const { adding, isEmpty } = this.cart;
    replace(this.head,
      el('h2', {}, adding ? t('addingTo', { number: adding.number }) : t('ticket')),
      !isEmpty && !adding && button(t('clear'), () => this.clear(), { kind: 'quiet' }),
      adding && button(t('stopAdding'), () => this.on.stopAdding(), { kind: 'quiet' }),
      iconButton(common('close'), 'close', () => this.open(false),
        { class: 'button bare closer' }));
  }

  clear() {
    const before = this.cart.snapshot();
    this.cart.clear();
    this.on.cleared(before);
  }

  drawLines() {
    const focused = document.activeElement?.dataset.focus;
    if (this.cart.isEmpty) {
      replace(this.lines, el('li', { class: 'state' }, el('h2', {}, t('emptyTicket')),
        el('p', {}, t('emptyTicketText'))));
      return;
    }
    replace(this.lines, this.cart.lines.map((line, i) => this.lineOf(line, i)));
    if (focused) this.lines.querySelector(`[data-focus="${focused}"]`)?.focus();
  }

  lineOf(line, i) {
    const step = (by, text, label) => el('button', { type: 'button', class: 'button', data: {
      focus: `${i}${text}` }, 'aria-label': label,
    onclick: () => this.cart.setQuantity(i, line.quantity + by) }, text);
    const isLast = line.quantity === 1;
    return el('li', { class: 'line' },
      el('div', { class: 'stepper' },
        step(-1, '−', t(isLast ? 'remove' : 'fewer', { name: line.name })),
        el('span', { class: 'count' }, String(line.quantity)),
        step(1, '+', t('oneMore', { name: line.name }))),
      el('button', { type: 'button', class: 'line-text', data: { focus: `${i}e` },
        onclick: () => this.on.edit(i) },
      el('span', { class: 'unseen' }, t('edit')), el('span', { class: 'line-name' }, line.name),
      line.modifiers.map((one) => el('span', { class: 'line-more' }, one.name)),
      line.allergens.length > 0
        && el('span', { class: 'line-more allergens' }, line.allergens.join(', ')),
      line.note && el('span', { class: 'line-more note' }, line.note)),
      el('span', { class: 'line-price' }, money(linePrice(line), this.currency),
        line.quantity > 1 && el('small', {}, `${line.quantity} × ${money(unitPrice(line),
          this.currency)}`)));
  }

  drawDetails() {
    const { cart } = this;
    this.details.hidden = Boolean(cart.adding);
    if (this.details.contains(document.activeElement)) return; // somebody types in it
    const input = (key, label, rest = {}) => field(label, el('input', { type: 'text',
      value: cart[key],
      maxlength: 200, autocomplete: 'off', name: key,
      oninput: (event) => cart.set({ [key]: event.target.value }), ...rest }));
    const isTable = cart.service === 'dine_in';
    const rest = [!isTable && input('phone', t('phone'), { type: 'tel', inputmode: 'tel' }),
      input('due', t('due'), { type: 'time' }), input('note', t('note'), { maxlength: 1000 })];
    const isUsed = Boolean(cart.due || cart.note || cart.phone);
    replace(this.details, this.serviceChoice(),
      el('div', { class: 'pair' }, isTable && input('table', t('table'), { maxlength: 32 }),
        input('guest', t('guest'))),
      el('details', { open: isUsed || this.isDetailed,
        ontoggle: (event) => { this.isDetailed = event.target.open; } },
      el('summary', {}, t('more')), el('div', { class: 'pair' }, rest)));
  }

  serviceChoice() {
    return choice('service', t('service'), this.services.map((one) => [one, common(one)]),
      this.cart.service, (service) => {
        this.cart.set({ service, table: service === 'dine_in' ? this.cart.table : '' });
        this.redrawDetails(`service-${service}`);
      });
  }

  redrawDetails(focus) {
    document.activeElement?.blur();
    this.drawDetails();
    document.getElementById(focus)?.focus();
  }

  // Made once for a new order, once for an addition: who is typing or choosing is not disturbed.
  drawFoot() {
    const isAdding = Boolean(this.cart.adding);
    if (this.wasAdding !== isAdding) {
      this.wasAdding = isAdding;
      this.sendText = el('span', {});
      this.hint = el('p', { class: 'hint' });
      this.sendButton = el('button', { type: 'button', class: 'button primary big send',
        onclick: () => this.on.send() }, icon('check'), this.sendText, el('kbd', {}, 'Ctrl ↵'));
      replace(this.foot,
        !isAdding && choice('payment', t('payment'), PAYMENTS.map((one) => [one, t(one)]),
          this.cart.payment, (payment) => this.cart.set({ payment })),
        el('p', { class: 'sum-line' }, el('span', {}, t('total')), this.total), this.hint,
        this.error, this.sendButton);
    }
    for (const radio of this.foot.querySelectorAll('input[type=radio]'))
      radio.checked = radio.value === this.cart.payment;
  }

  drawMoney() {
    const { cart } = this;
    this.total.textContent = money(cart.total, this.currency);
    this.hint.textContent = cart.adding ? ''
      : { bill: t('billHint'), unpaid: t('unpaidHint') }[cart.payment] || '';
    this.sendText.textContent = cart.adding ? t('addItems')
      : t(cart.payment === 'unpaid' ? 'sendUnpaid' : 'send');
    this.sendButton.disabled = cart.isEmpty;
    this.say('');
    this.opener.hidden = cart.isEmpty && !this.sent;
    replace(this.opener, el('span', {}, t('viewOrder')),
      !cart.isEmpty && el('span', {}, `${t('things', { n: cart.count })} · ${money(cart.total,
        this.currency)}`));
  }

  say(error, focus = '') {
    this.error.textContent = error;
    this.error.hidden = !error;
    if (focus) this.panel.querySelector(focus)?.focus();
  }
}

// Radio buttons that look like one row of buttons.
function choice(name, label, options, value, onChoose) {
  return el('fieldset', { class: 'segments' }, el('legend', { class: 'unseen' }, label),
    options.map(([key, text]) => el('label', { class: 'segment' },
      el('input', { type: 'radio', name, id: `${name}-${key}`, value: key, checked: key === value,
        onchange: () => onChoose(key) }), el('span', {}, text))));
}

function sentCard(sent, onNext) {
  const next = button(t('next'), onNext, { kind: 'primary big next' });
  if (!sent.answer)
    return el('div', { class: 'sent' }, icon('time'),
      el('h3', {}, t(sent.isLate ? 'waitsFor' : 'sending')),
      el('p', { class: sent.isLate ? '' : 'later' }, t('waitsText')), next);
  const { number, tracker_url: path } = sent.answer;
  return el('div', { class: 'sent' }, el('p', { class: 'sent-word' }, icon('check'), t('sent')),
    el('p', { class: 'sent-number' }, number), codeOf(path, number), next);
}
