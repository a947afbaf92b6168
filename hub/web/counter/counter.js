// SPDX-License-Identifier: Apache-2.0
// The counter: orders taken by hand. Puts its parts together.
import { api, hubEvents, signOut, whoAmI } from './console_api.js';
import { button, el, icon, iconButton, replace, say } from './console_dom.js';
import { money, time } from './console_format.js';
import { shortcuts, showHelp, startKeys } from './console_keys.js';
import { confirm, failure, toast } from './console_ui.js';
import { Cart, LINES_MAX } from './counter_cart.js';
import { chooseDish, chooseFree, isPlain, lineOf } from './counter_item.js';
import { loginOver, loginScreen, mayServe } from './counter_login.js';
import { MenuView } from './counter_menu.js';
import { OrdersView } from './counter_orders.js';
import { Outbox } from './counter_outbox.js';
import { drawOutbox } from './counter_waiting.js';
import { TicketView } from './counter_ticket.js';
import { t } from './counter_words.js';

const SERVICES = ['dine_in', 'takeaway', 'delivery', 'drive_thru', 'curbside'];
const node = (id) => document.getElementById(id);

class Counter {
  constructor(session, restaurant) {
    this.session = session;
    this.currency = restaurant.currency || 'EUR';
    this.name = restaurant.name || t('title');
    const services = SERVICES.filter((one) => (restaurant.service_types || SERVICES).includes(one));
    this.cart = new Cart();
    if (!services.includes(this.cart.service)) this.cart.service = services[0];
    this.outbox = new Outbox();
    this.menu = new MenuView(node('menu'), { currency: this.currency,
      onPick: (item) => this.pick(item), onFree: (name) => this.addFree(name) });
    this.ticket = new TicketView(node('ticket'), this.cart, { currency: this.currency, services,
      on: { edit: (i) => this.edit(i), send: () => this.send(), next: () => this.menu.focusSearch(),
        stopAdding: () => this.cart.clear(), cleared: (before) => this.offerBack(before) } });
    this.orders = new OrdersView(node('orders'), { outbox: this.outbox, currency: this.currency,
      on: { add: (order) => this.addTo(order) } });
    this.watched = ''; // the key of the order whose answer the ticket waits for
  }

  async start() {
    document.title = `${this.name} · ${t('title')}`;
    node('app').hidden = false;
    this.drawBar();
    this.listen();
    this.bindKeys();
    this.showOutbox();
    this.go('menu');
    try {
      await this.menu.start();
    } catch (problem) {
      this.menu.start = () => this.menu.load();
      toast(problem.message, 'bad');
    }
    this.outbox.flush();
    this.menu.focusSearch();
  }

  listen() {
    this.outbox.addEventListener('change', () => this.showOutbox());
    this.outbox.addEventListener('answered', ({ detail }) => this.onAnswered(detail));
    this.outbox.addEventListener('refused', ({ detail }) => this.onRefused(detail));
    this.outbox.addEventListener('stranger', () => this.signInAgain());
    hubEvents.addEventListener('signed-out', () => this.signInAgain());
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      if (document.querySelector('dialog[open]') || this.view !== 'menu') return;
      event.preventDefault();
      this.send();
    });
    window.addEventListener('hashchange', () => this.go(location.hash === '#orders' ? 'orders'
      : 'menu'));
  }

  bindKeys() {
    startKeys();
    shortcuts([
      { keys: '/', label: t('search'), run: () => { this.show('menu'); this.menu.focusSearch(); } },
      { keys: 'f', label: t('freeItem'), run: () => { this.show('menu'); this.addFree(''); } },
      { keys: 'n', label: t('newOrder'), run: () =>
        { this.show('menu'); this.menu.focusSearch(); } },
      { keys: 'o', label: t('orders'), run: () => this.show('orders') },
      { keys: 'p', label: t('payment'), run: () => this.focusPayment() },
    ]);
  }

  focusPayment() {
    this.show('menu');
    node('ticket').querySelector('.pay input')?.focus();
  }

  // --- frame ---
  drawBar() {
    const tab = (view, text, picture) => el('button', { type: 'button', class: 'button bare tab',
      data: { view }, 'aria-pressed': String(this.view === view), onclick: () => this.show(view) },
    icon(picture), el('span', {}, text));
    replace(node('bar'), el('h1', {}, this.name), tab('menu', t('newOrder'), 'plus'),
      tab('orders', t('orders'), 'order'), el('span', { class: 'who' }, this.session.name),
      iconButton(t('keys'), 'help', showHelp),
      iconButton(t('signOut'), 'out', () => this.signOut()));
  }

  show(view) { location.hash = view === 'orders' ? '#orders' : ''; this.go(view); }

  go(view) {
    if (this.view === view) return;
    this.view = view;
    for (const one of node('bar').querySelectorAll('[data-view]'))
      one.setAttribute('aria-pressed', String(one.dataset.view === view));
    node('menu').hidden = view !== 'menu';
    node('ticket').hidden = view !== 'menu';
    node('orders').hidden = view !== 'orders';
    this.orders.show(view === 'orders');
    if (view === 'orders') node('main').focus({ preventScroll: true });
  }

  showOutbox() {
    drawOutbox(node('outbox'), this.outbox, { currency: this.currency,
      change: (entry) => this.changeRefused(entry) });
    const { awaySince } = this.outbox;
    node('away').hidden = !awaySince;
    const text = awaySince ? t('away', { time: time(awaySince) }) : '';
    if (node('away').textContent !== text) node('away').textContent = text;
  }

  async signInAgain() {
    if (this.asking) return;
    this.asking = true;
    this.session = await loginOver();
    this.asking = false;
    this.drawBar();
    this.outbox.flush();
    this.menu.load().catch(() => {});
    if (this.view === 'orders') this.orders.load();
  }

  async signOut() {
    await signOut().catch(() => {});
    location.reload();
  }

  // --- taking an order ---
  async pick(item) {
    const line = isPlain(item) ? lineOf(item) : await chooseDish(item, this.currency);
    if (line) this.add(line);
  }

  async addFree(name) {
    const line = await chooseFree({ name, currency: this.currency,
      categories: this.menu.menu.categories });
    if (line) this.add(line);
  }

  add(line) {
    if (!this.cart.add(line)) toast(t('tooMany', { n: LINES_MAX }), 'bad');
    else say(`${line.quantity} ${line.name}`);
  }

  async edit(index) {
    const old = this.cart.lines[index];
    const item = old.free ? null : this.menu.menu.items.find((one) => one.sku === old.sku);
    const line = old.free || !item
      ? await chooseFree({ currency: this.currency, categories: this.menu.menu.categories, old })
      : await chooseDish(item, this.currency, old);
    if (line) this.cart.replaceLine(index, line);
  }

  offerBack(before) {
    const host = node('toasts');
    const offer = el('div', { class: 'toast' }, el('span', {}, t('cleared')),
      button(t('undo'), () => {
        offer.remove();
        this.cart.restore(before);
      }, { kind: 'link' }));
    host.append(offer);
    setTimeout(() => offer.remove(), 8000);
    this.menu.focusSearch();
  }

  addTo(order) {
    this.cart.clear();
    this.cart.adding = { order_id: order.order_id, number: order.number };
    this.cart.changed();
    this.show('menu');
    this.menu.focusSearch();
  }

  send() {
    const { cart } = this;
    if (cart.isEmpty) return this.ticket.say(t('needItems'));
    if (cart.adding) {
      this.outbox.append(cart.adding, 'items_added', { items: cart.items() });
      cart.clear();
      this.menu.focusSearch();
      return undefined;
    }
    if (!cart.payment) return this.ticket.say(t('needPayment'), '.pay input');
    const total = cart.total;
    const draft = cart.snapshot();
    const body = cart.order(this.currency);
    cart.clear();
    this.ticket.showSent({ answer: null });
    this.watched = this.outbox.place(body, draft, total);
    return undefined;
  }

  // --- answers ---
  onAnswered({ entry, answer }) {
    if (entry.kind === 'event') {
      toast(`${t('eventOf', { what: t(entry.type), number: entry.number })}: ${t('done')}`, 'good');
    } else if (entry.key === this.watched && this.ticket.sent) {
      this.ticket.showSent({ answer });
      say(`${t('sent')}: ${answer.number}`);
    } else {
      toast(`${t('sent')}: ${answer.number} (${money(entry.total, entry.currency)})`, 'good');
    }
  }

  onRefused({ entry }) {
    if (entry.key === this.watched && this.ticket.sent) this.ticket.dismiss();
    toast(`${t('refused')}: ${entry.refused.message}`, 'bad');
  }

  async changeRefused(entry) {
    if (!this.cart.isEmpty && !await confirm(t('clear'), t('cleared'), t('openAgain'))) return;
    this.outbox.remove(entry.key);
    this.cart.restore(entry.draft);
    this.show('menu');
    this.ticket.open(true);
  }
}

// The session and the restaurant's name; nothing can be taken before the hub has said who is here.
async function begin() {
  const root = node('welcome');
  for (;;) {
    try {
      let session = await whoAmI();
      if (!mayServe(session)) session = await loginScreen(root);
      const { settings } = await api('/v1/settings/restaurant');
      root.hidden = true;
      return new Counter(session, settings);
    } catch (problem) {
      await new Promise((again) => {
        replace(root, failure(problem, again));
        root.hidden = false;
      });
    }
  }
}

const counter = await begin();
await counter.start();
