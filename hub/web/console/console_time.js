// SPDX-License-Identifier: Apache-2.0
// Time travel: the board of any station as it stood at any moment.
import { button, el, iconButton, link, replace, say } from './console_dom.js';
import { hubNow, isToday, longDate, number, timeWithSeconds } from './console_format.js';
import { shortcuts } from './console_keys.js';
import { Player } from './console_time_player.js';
import { dayOf, Scrubber } from './console_time_scrubber.js';
import { Ticket } from './console_time_ticket.js';
import { empty, failure, loading } from './console_ui.js';
import { wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  title: 'Time travel', day: 'Day', station: 'Station', all: 'Whole kitchen', now: 'Now',
  play: 'Play', pause: 'Pause', next: 'Next event', previous: 'Event before', speed: 'Speed',
  open: { one: '{n} order open', other: '{n} orders open' }, at: 'position {pos}',
  here: { one: '{n} ticket here', other: '{n} tickets here' },
  nothing: 'Nothing was open', nothingHere: 'No ticket was on this station',
  truncated: 'The newest {n} of {all} are shown.', end: 'That is all that has happened so far.',
  event: 'order {number}: {what}', digest: 'Digest of the board', later: 'A minute later',
  earlier: 'A minute earlier', speedOf: '{n} times as fast', board: 'Board at {time}',
} });
export const title = t('title');

const SPEEDS = [1, 10, 60];
const TICK = 100; // ms
const SEEK_AFTER = 120; // ms without a move of the slider

let view = null;

const readable = (type) => type.replaceAll('_', ' ');

class TimeView {
  constructor(root, signal) {
    this.root = root;
    this.signal = signal;
    this.player = new Player();
    this.scrubber = new Scrubber((at) => this.scrub(at));
    this.tickets = new Map();
    this.speed = SPEEDS[1];
    this.timer = null;
    this.player.addEventListener('changed', () => this.draw());
    this.player.addEventListener('failed', ({ detail }) => this.fail(detail));
    this.build();
  }

  build() {
    this.readout = el('strong', { class: 'readout' }, '–');
    this.dayText = el('span', { class: 'soft day-text' });
    this.date = el('input', { type: 'date', 'aria-label': t('day'),
      onchange: () => this.date.value && this.goToDay(this.date.value) });
    this.stations = el('select', { 'aria-label': t('station'),
      onchange: () => this.setStation(this.stations.value) }, el('option', { value: '' },
      t('all')));
    this.playButton = button(t('play'), () => this.toggle(), { kind: 'primary', icon: 'play' });
    this.speeds = el('div', { class: 'group', role: 'group', 'aria-label': t('speed') },
      SPEEDS.map((n) => button(`${n}×`, () => this.setSpeed(n), { 'data-speed': n,
        'aria-label': t('speedOf', { n }) })));
    this.count = el('span', {});
    this.lastEvent = el('span', { class: 'last-event' });
    this.proof = el('span', { class: 'soft proof' });
    this.board = el('ul', { class: 'past-board' });
    this.state = el('div', { class: 'past-state' });
    replace(this.root, el('div', { class: 'time-travel stack' },
      el('section', { class: 'card controls', 'aria-label': t('title') },
        el('div', { class: 'row spread' },
          el('div', { class: 'moment' }, this.readout, this.dayText),
          el('div', { class: 'row where' }, this.stations, this.date,
            button(t('now'), () => this.goTo(hubNow())))),
        this.scrubber.root,
        el('div', { class: 'row spread' },
          el('div', { class: 'row transport' },
            iconButton(t('previous'), 'back', () => this.step(false)), this.playButton,
            iconButton(t('next'), 'next', () => this.step(true)), this.speeds),
          el('p', { class: 'row facts' }, this.count, this.lastEvent, this.proof))),
      this.state, this.board));
    this.setSpeed(this.speed);
  }

  keys() {
    return shortcuts([
      { keys: 'p', label: `${t('play')} / ${t('pause')}`, run: () => this.toggle() },
      { keys: '.', label: t('next'), run: () => this.step(true) },
      { keys: ',', label: t('previous'), run: () => this.step(false) },
      { keys: 'ArrowRight', label: t('later'), run: () => this.goTo(this.player.clock + 60000) },
      { keys: 'ArrowLeft', label: t('earlier'), run: () => this.goTo(this.player.clock - 60000) },
      ...SPEEDS.map((n, i) => ({ keys: String(i + 1), label: `${t('speed')}: ${n}×`,
        run: () => this.setSpeed(n) })),
    ]);
  }

  // --- where we are ---------------------------------------------------------------------------
  async goTo(at) {
    this.pause();
    clearTimeout(this.seekTimer); // a move of the slider that is not asked for yet
    const moment = typeof at === 'object' ? at : Math.min(at, hubNow());
    this.wanted = moment;
    if (!this.player.isLoaded) replace(this.state, loading());
    await this.player.seek(moment);
  }

  goToDay(value) {
    const [year, month, day] = value.split('-').map(Number);
    const at = new Date(this.player.clock || hubNow());
    at.setFullYear(year, month - 1, day);
    this.goTo(+at);
  }

  scrub(at) {
    this.pause();
    const bounded = Math.min(at, hubNow());
    this.showMoment(bounded);
    clearTimeout(this.seekTimer);
    this.seekTimer = setTimeout(() => this.goTo(bounded), SEEK_AFTER);
  }

  setStation(station) {
    this.player.station = station;
    this.goTo(this.player.clock);
  }

  setSpeed(n) {
    this.speed = n;
    for (const one of this.speeds.children)
      one.setAttribute('aria-pressed', String(Number(one.dataset.speed) === n));
  }

  // --- moving ---------------------------------------------------------------------------------
  async step(forward) {
    this.pause();
    const moved = forward ? await this.player.next() : await this.player.previous();
    if (!moved && forward) say(t('end'));
    else if (this.player.event) say(this.eventText(this.player.event));
  }

  toggle() {
    if (this.timer) this.pause();
    else this.play();
  }

  play() {
    if (!this.player.isLoaded) return;
    let last = performance.now();
    this.timer = setInterval(() => {
      const now = performance.now();
      const clock = this.player.clock + (now - last) * this.speed;
      last = now;
      const end = hubNow();
      const isThere = this.player.advance(Math.min(clock, end));
      if (isThere && clock >= end) this.pause();
    }, TICK);
    this.player.ahead();
    this.drawPlaying();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.drawPlaying();
  }

  drawPlaying() {
    const text = this.timer ? t('pause') : t('play');
    this.playButton.querySelector('span').textContent = text;
    this.playButton.dataset.playing = String(Boolean(this.timer));
  }

  // --- showing --------------------------------------------------------------------------------
  eventText(event) {
    return `${timeWithSeconds(event.at)} ${t('event', { number: event.number,
      what: readable(event.type) })}`;
  }

  showMoment(at) {
    this.readout.textContent = timeWithSeconds(at);
    this.dayText.textContent = longDate(at);
    const { from } = dayOf(at);
    const iso = new Date(from);
    const two = (n) => String(n).padStart(2, '0');
    this.date.value = `${iso.getFullYear()}-${two(iso.getMonth() + 1)}-${two(iso.getDate())}`;
    this.scrubber.setDay(at, this.signal).catch((problem) => this.fail(problem));
    this.scrubber.show(at);
  }

  draw() {
    const { player } = this;
    if (player.touched === null) this.drawWhole();
    else for (const id of player.touched) this.drawTicket(id, true);
    for (const ticket of this.tickets.values()) ticket.tick(player.clock);
    this.showMoment(player.clock);
    const n = player.orders.size;
    this.count.textContent = t(player.station ? 'here' : 'open', { n });
    replace(this.lastEvent, player.event && link(this.eventText(player.event),
      `#/order/${player.event.order_id}`));
    this.proof.textContent = t('at', { pos: number(player.pos) });
    replace(this.state, this.stateText());
    clearTimeout(this.addressTimer);
    this.addressTimer = setTimeout(() => this.showAddress(), 500);
  }

  stateText() {
    const { board, orders, station } = this.player;
    if (orders.size === 0) return empty(station ? t('nothingHere') : t('nothing'));
    return board.truncated && el('p', { class: 'hint' },
      t('truncated', { n: board.orders.length, all: board.count }));
  }

  drawWhole() {
    const { board } = this.player;
    this.names = new Map(board.stations.map((one) => [one.id, one.name || one.id]));
    const options = [el('option', { value: '' }, t('all')), ...board.stations.map((one) =>
      el('option', { value: one.id }, one.name || one.id))];
    replace(this.stations, options);
    this.stations.value = this.player.station;
    this.stations.hidden = board.stations.length === 0;
    const gone = [...this.tickets.keys()].filter((id) => !this.player.orders.has(id));
    gone.forEach((id) => this.removeTicket(id));
    for (const id of this.player.orders.keys()) this.drawTicket(id, false);
  }

  removeTicket(id) {
    this.tickets.get(id)?.node.remove();
    this.tickets.delete(id);
  }

  drawTicket(id, flash) {
    const order = this.player.orders.get(id);
    if (!order) return this.removeTicket(id);
    const known = this.tickets.get(id);
    const ticket = known || new Ticket();
    ticket.draw(order, this.names);
    ticket.opened = order.opened_pos;
    if (!known) {
      this.tickets.set(id, ticket);
      const after = [...this.tickets.values()].filter((one) => one !== ticket
        && one.opened > ticket.opened).sort((a, b) => a.opened - b.opened)[0];
      this.board.insertBefore(ticket.node, after?.node || null);
    }
    if (flash) ticket.flash();
    return undefined;
  }

  fail(problem) {
    if (this.signal.aborted || problem.name === 'AbortError') return;
    this.pause();
    replace(this.board);
    this.tickets.clear();
    const isStation = problem.at?.('/station');
    replace(this.state, failure(problem, () => {
      if (isStation) this.player.station = '';
      this.goTo(this.wanted);
    }));
  }

  // So that the moment can be sent to somebody, and is there again after a reload.
  showAddress() {
    if (this.signal.aborted || !this.player.isLoaded) return;
    const query = new URLSearchParams({ at: new Date(this.player.clock).toISOString() });
    if (this.player.station) query.set('station', this.player.station);
    history.replaceState(null, '', `#/time?${query}`);
  }

  async begin({ query }) {
    clearInterval(this.refreshing);
    this.player.station = query.get('station') || '';
    const at = query.get('at') || '';
    if (/^\d+$/.test(at)) await this.goTo({ pos: Number(at) });
    else await this.goTo(Date.parse(at) || hubNow());
    // The day grows while it is today's.
    this.refreshing = setInterval(() => {
      if (!document.hidden && isToday(this.player.clock))
        this.scrubber.refresh(this.signal).catch(() => {});
    }, 30000);
  }

  end() {
    this.pause();
    clearInterval(this.refreshing);
    clearTimeout(this.seekTimer);
    clearTimeout(this.addressTimer);
    this.player.asked?.abort();
  }
}

let forget = null;
// The view is there at once; what it waits for shows in it.
export function open(root, params) {
  view = new TimeView(root, params.signal);
  forget = view.keys();
  view.begin(params);
}
export function close() {
  forget?.();
  view?.end();
  view = null;
}
export function update(params) {
  view?.begin(params);
}
