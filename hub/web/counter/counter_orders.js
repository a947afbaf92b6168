// SPDX-License-Identifier: Apache-2.0
// The orders of late, and what the counter does with them: take the money, take off, add, cancel.
import { api } from './console_api.js';
import { age, button, chip, el, replace } from './console_dom.js';
import { money, time } from './console_format.js';
import { empty, failure, field, statusChip } from './console_ui.js';
import { common } from './console_words.js';
import { codeOf } from './counter_code.js';
import { t } from './counter_words.js';

const REFRESH = 4000; // ms between looks at the hub, while somebody looks at them
const CLOSED = new Set(['completed', 'cancelled']);
const STARTED = new Set(['started', 'ready']);

export const lineTotal = (item) => item.quantity * ((item.unit_price || 0)
  + (item.modifiers || []).reduce((sum, one) => sum + (one.quantity || 1) * (one.unit_price || 0),
    0));
export const orderTotal = (order) => order.items.filter((item) => item.status !== 'voided')
  .reduce((sum, item) => sum + lineTotal(item), 0);

const forWhom = (order) => [order.table && `${t('table')} ${order.table}`, order.customer?.name]
  .filter(Boolean).join(' · ');

// on: { add(order) }; what is done goes into the outbox.
export class OrdersView {
  constructor(root, { outbox, currency, on }) {
    Object.assign(this, { root, outbox, currency, on });
    this.orders = [];
    this.isShown = false;
    this.list = el('div', { class: 'order-list' });
    replace(root, el('h2', { class: 'unseen' }, t('recent')), this.list);
    outbox.addEventListener('answered', () => this.isShown && this.load());
    outbox.addEventListener('change', () => this.isShown && this.draw());
  }

  show(isShown) {
    this.isShown = isShown;
    clearInterval(this.timer);
    if (!isShown) return;
    this.timer = setInterval(() => !document.hidden && this.load(), REFRESH);
    this.load();
  }

  async load() {
    try {
      const { orders, recent } = await api('/v1/orders');
      const byAge = (a, b) => Date.parse(b.placed_at) - Date.parse(a.placed_at);
      this.orders = [...orders.sort(byAge), ...recent.sort(byAge)];
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    if (this.isShown) this.draw();
  }

  draw() {
    const focused = document.activeElement?.dataset.order;
    if (this.problem && this.orders.length === 0) {
      replace(this.list, failure(this.problem, () => this.load()));
    } else if (this.orders.length === 0) {
      replace(this.list, empty(t('noOrders'), t('noOrdersText')));
    } else {
      const part = (title, orders) => orders.length > 0 && [el('h3', {}, title),
        el('ul', {}, orders.map((order) => this.row(order)))];
      replace(this.list, part(t('toBePaid'), this.orders.filter((one) => one.status === 'placed')),
        part(t('openOrders'), this.orders.filter((one) => !CLOSED.has(one.status)
          && one.status !== 'placed')),
        part(t('closedOrders'), this.orders.filter((one) => CLOSED.has(one.status))));
    }
    if (focused) this.list.querySelector(`[data-order="${focused}"]`)?.focus();
    this.redrawDialog?.();
  }

  row(order) {
    const items = order.items.filter((item) => item.status !== 'voided')
      .map((item) => `${item.quantity} × ${item.name}`).join(', ');
    return el('li', {}, el('button', { type: 'button', class: 'order-row',
      data: { order: order.order_id }, onclick: () => this.openOrder(order.order_id) },
    el('strong', { class: 'order-number' }, order.number),
    el('span', { class: 'order-what' },
      el('span', { class: 'order-who' }, forWhom(order) || common(order.service_type || 'counter')),
      el('span', { class: 'order-items' }, items || t('closed'))),
    el('span', { class: 'order-state' }, statusChip(order.status),
      this.pending(order) && chip(t('waiting'), 'warn'),
      CLOSED.has(order.status) ? el('span', { class: 'soft' }, time(order.placed_at))
        : age(order.placed_at)),
    el('span', { class: 'order-total' }, money(orderTotal(order),
      order.currency || this.currency))));
  }

  pending(order) {
    return this.outbox.waiting.some((one) => one.path.includes(order.order_id));
  }

  // One dialog, drawn again with every change of the order.
  openOrder(id) {
    const dialog = el('dialog', { class: 'wide order', 'aria-labelledby': 'order-title' });
    const draw = () => {
      const order = this.orders.find((one) => one.order_id === id);
      if (!order) return;
      const mark = JSON.stringify([order, this.pending(order)]);
      if (dialog.dataset.mark === mark) return;
      dialog.dataset.mark = mark;
      replace(dialog, this.orderContent(order, dialog));
    };
    dialog.addEventListener('close', () => {
      dialog.remove();
      this.redrawDialog = null;
      this.list.querySelector(`[data-order="${id}"]`)?.focus();
    });
    document.body.append(dialog);
    draw();
    this.redrawDialog = draw;
    dialog.showModal();
  }

  orderContent(order, dialog) {
    const currency = order.currency || this.currency;
    const isClosed = CLOSED.has(order.status);
    const facts = [common(order.service_type || ''), forWhom(order), order.customer?.phone,
      order.due_at && t('dueAt', { time: time(order.due_at) })].filter(Boolean).join(' · ');
    return [
      el('header', {}, el('h2', { id: 'order-title' }, t('orderNumber', { number: order.number })),
        statusChip(order.status), this.pending(order) && chip(t('waiting'), 'warn'),
        button(common('close'), () => dialog.close(), { kind: 'quiet', icon: 'close' })),
      el('div', { class: 'dialog-body' }, facts && el('p', { class: 'soft' }, facts),
        order.note && el('p', { class: 'note' }, order.note),
        el('ul', { class: 'order-lines' }, order.items.map((item) =>
          this.orderLine(order, item, currency, isClosed))),
        el('p', { class: 'sum-line' }, el('span', {}, t('total')),
          el('strong', { class: 'total' }, money(orderTotal(order), currency))),
        order.cancel_reason && el('p', { class: 'soft' }, `${t('reason')}: ${order.cancel_reason}`),
        this.codeHost(order)),
      !isClosed && el('footer', {}, button(t('cancelOrder'), () => this.cancel(order),
        { kind: 'big danger' }),
      button(t('later'), () => {
        dialog.close();
        this.on.add(order);
      }, { kind: 'big', icon: 'plus' }),
      order.status === 'placed' && button(t('pay'), () => this.pay(order, currency),
        { kind: 'primary big', icon: 'check' }))].filter(Boolean);
  }

  orderLine(order, item, currency, isClosed) {
    const isVoid = item.status === 'voided';
    return el('li', { class: isVoid ? 'void' : '' }, el('b', {}, `${item.quantity} ×`),
      el('span', { class: 'line-text' }, el('span', { class: 'line-name' }, item.name),
        (item.modifiers || []).map((one) => el('span', { class: 'line-more' }, one.name)),
        item.note && el('span', { class: 'line-more note' }, item.note)),
      isVoid ? chip(common('voided'), 'bad')
        : STARTED.has(item.status) && chip(common(item.status), item.status === 'ready' && 'good'),
      el('span', { class: 'line-price' }, money(lineTotal(item), currency)),
      !isClosed && !isVoid && button(t('voidLine'), () => this.voidLine(order, item),
        { kind: 'quiet' }));
  }

  codeHost(order) {
    const host = el('div', {}, button(t('showCode'), async () => {
      try {
        const { tracker_url: path } = await api(`/v1/orders/${order.order_id}`);
        replace(host, codeOf(path, order.number));
      } catch (problem) {
        replace(host, failure(problem));
      }
    }, { kind: 'quiet', icon: 'display' }));
    return host;
  }

  async pay(order, currency) {
    const total = orderTotal(order);
    const method = await chooseOne(t('payTitle', { number: order.number,
      total: money(total, currency) }), t('payHow'), ['cash', 'card'].map((one) => [one, t(one)]));
    if (method) this.outbox.append(order, 'order_paid', { method, amount: total });
  }

  async cancel(order) {
    const reason = await askReason(t('cancelTitle', { number: order.number }), t('cancelText'),
      t('cancelYes'), ['guestLeft', 'wrongOrder', 'outOfStock', 'tooLong']);
    if (reason) this.outbox.append(order, 'order_cancelled', { reason });
  }

  async voidLine(order, item) {
    const reason = await askReason(t('voidTitle', { name: item.name, number: order.number }),
      t('voidText'), t('voidYes'), ['outOfStock', 'guestLeft', 'wrongOrder']);
    if (reason) this.outbox.append(order, 'item_voided', { lines: [item.line_id], reason });
  }
}

function smallDialog(title, content) {
  const dialog = el('dialog', { 'aria-labelledby': 'small-title' },
    el('form', { method: 'dialog', novalidate: true }, el('header', {},
      el('h2', { id: 'small-title' }, title)), content));
  document.body.append(dialog);
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(dialog.returnValue);
    });
    dialog.showModal();
  });
}

const chooseOne = (title, text, options) => smallDialog(title, [
  el('div', { class: 'dialog-body' }, el('p', {}, text)),
  el('footer', {}, el('button', { type: 'submit', class: 'button big', value: '' },
    common('cancel')),
    options.map(([value, name]) =>
      el('button', { type: 'submit', class: 'button primary big', value }, name)))]);

// Resolves to a reason, or '' when nothing is to be done.
function askReason(title, text, yes, usual) {
  const input = el('input', { type: 'text', maxlength: 200, autocomplete: 'off' });
  const host = el('div');
  const draw = (error) => {
    input.setAttribute('aria-invalid', String(Boolean(error)));
    replace(host, field(t('reason'), input, { error }));
  };
  draw('');
  const submit = el('button', { type: 'submit', class: 'button danger big' }, yes);
  submit.addEventListener('click', (event) => {
    const reason = input.value.trim();
    submit.value = reason;
    if (reason) return;
    event.preventDefault();
    draw(t('reasonNeeded'));
    input.focus();
  });
  return smallDialog(title, [
    el('div', { class: 'dialog-body' }, el('p', {}, text),
      el('div', { class: 'row' }, usual.map((one) => button(t(one), () => {
        input.value = t(one);
        draw('');
        submit.focus();
      }, { kind: 'big' }))), host),
    el('footer', {}, el('button', { type: 'submit', class: 'button big', value: '',
      formnovalidate: true }, t('keep')), submit)]);
}
