// SPDX-License-Identifier: Apache-2.0
// Keeps the tracker up to date. CSS shows the words of data-status; the sentences with something to
// fill in are data of #words, in the page's language.
import { follow } from './follow.js';
import { canRing, ring, unlock, vibrate } from './chime.js';

const OPEN = ['placed', 'paid', 'accepted', 'in_kitchen'];
const BUZZ = [300, 150, 300, 150, 600];
const RINGS = 3;
const get = (id) => document.getElementById(id);
const order = get('order');
const notice = get('notice');
const words = get('words').dataset;
const asOf = document.querySelector('#asof time');
const api = '/v1/track/' + encodeURIComponent(location.pathname.split('/').pop());
const language = document.documentElement.lang;
// The guest's own way to write a time, in the page's language.
const locale = (navigator.languages || []).find((one) => one.split('-')[0] === language)
  || language;
// How far the phone's clock is ahead of the hub's, which the times are by.
const ahead = Date.now() - (Date.parse(asOf.dateTime) || Date.now());
let view = null; // the last one shown by this script
let fresh = Date.parse(asOf.dateTime) || Date.now();
let unseen = false; // became ready while nobody looked
let overdueCheck = 0;

const clock = (ms) => new Date(ms).toLocaleTimeString(locale, { hour: 'numeric',
  minute: '2-digit', numberingSystem: 'latn', timeZone: words.zone || undefined,
  ...(Math.abs(Date.now() - ms) > 43200000 && { weekday: 'short' }) });
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const element = (name, textContent, more) =>
  Object.assign(document.createElement(name), { textContent }, more);
const showTime = (node, iso) => {
  node.dateTime = iso || '';
  node.textContent = iso ? clock(Date.parse(iso)) : '';
};

function title() {
  const says = [...document.querySelectorAll('.say')].find((p) => p.offsetParent);
  const number = get('number').textContent;
  get('number').classList.toggle('long', number.length > 6);
  document.title = (says ? says.textContent + ' · ' : '') + words.order + ' ' + number;
  return document.title;
}

// What is true at this minute: a window, its end, or that it takes longer.
function showEta({ eta, eta_from: from, eta_to: to, overdue }) {
  const node = get('eta');
  const now = Date.now() - ahead;
  clearTimeout(overdueCheck);
  let text = '';
  if (overdue || (to && Date.parse(to) <= now)) {
    text = words.etaLate;
  } else if (to) {
    const [early, late] = [clock(Date.parse(from)), clock(Date.parse(to))];
    const isOpen = Date.parse(from) <= now;
    const sentence = isOpen ? words.etaBy : early === late ? words.etaAbout : words.etaRange;
    text = fill(sentence, { from: early, to: late });
    overdueCheck = setTimeout(askAgain, Date.parse(isOpen ? to : from) - now + 1000);
  } else if (eta) {
    text = fill(words.etaAbout, { to: clock(Date.parse(eta)) });
  }
  node.textContent = text;
  node.classList.toggle('late', text === words.etaLate);
}

// The window has passed: the kitchen may have found another since, or know that it is late.
async function askAgain() {
  showEta(view);
  try {
    const reply = await fetch(api, { cache: 'no-store' });
    const now = await reply.json();
    if (reply.ok && now.seq === view.seq) showEta(view = now);
  } catch (error) { /* what was said stands */ }
}

function itemNode(item) {
  const node = element('li', '', { className: item.voided ? 'void' : '' });
  const text = element('span', '');
  text.append(element('bdi', item.name));
  for (const { name, quantity } of item.modifiers || [])
    text.append(element('small', (quantity > 1 ? quantity + ' × ' : '') + name, { dir: 'auto' }));
  if (item.voided) text.append(element('em', words.voided));
  else if (item.added) text.append(element('em', words.added, { className: 'new' }));
  node.append(element('b', item.quantity + ' ×'), ' ', text);
  return node;
}

// Lines keep their places; new ones come behind them.
function changesBetween(before, now) {
  const lines = [];
  now.items.forEach((item, index) => {
    const was = before.items[index];
    const text = item.quantity > 1 ? item.quantity + ' × ' + item.name : item.name;
    const note = (sentence) => lines.push(fill(sentence, { item: text }));
    if (!was) note(item.voided ? words.changedVoided : words.changedAdded);
    else if (item.voided && !was.voided) note(words.changedVoided);
    else if (was.voided && !item.voided) note(words.changedBack);
  });
  return lines;
}

// They stay until they were seen: the phone may be in a pocket.
function showChanges(lines) {
  if (lines.length === 0) return;
  get('changed').append(...lines.map((line) => element('li', line, { dir: 'auto' })));
  get('changes').hidden = false;
  if (isRinging()) vibrate([200]);
}

const isRinging = () => get('ring').getAttribute('aria-pressed') === 'true';

function announceReady() {
  unseen = document.hidden;
  if (!isRinging()) return;
  ring(RINGS);
  vibrate(BUZZ);
}

function show(now) {
  const at = Object.fromEntries(now.steps.map((step) => [step.name, step.at]));
  const moved = now.status !== order.dataset.status || String(now.again) !== order.dataset.again;
  if (view && now.seq >= view.seq) showChanges(changesBetween(view, now));
  const becameReady = moved && now.status === 'ready';
  view = now;
  order.dataset.status = now.status;
  order.dataset.again = now.again;
  order.dataset.seq = now.seq;
  get('number').textContent = now.number;
  for (const step of ['received', 'in_kitchen', 'ready'])
    showTime(order.querySelector(`.s-${step} time`), at[step]);
  showEta(now);
  get('items').replaceChildren(...now.items.map(itemNode));
  get('ring').hidden = !canRing || !OPEN.includes(now.status);
  const text = title();
  if (moved) get('live').textContent = text;
  if (becameReady) announceReady();
}

get('ring').addEventListener('click', async () => {
  const button = get('ring');
  const on = !isRinging();
  button.setAttribute('aria-pressed', on);
  button.querySelector('span').textContent = on ? words.ringing : words.ring;
  if (!on) return;
  await unlock();
  ring(1, 0.1); // so that one knows how it will sound
  vibrate([80]);
});
get('seen').addEventListener('click', () => {
  get('changed').replaceChildren();
  get('changes').hidden = true;
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden || !unseen) return;
  unseen = false;
  announceReady();
});

for (const node of document.querySelectorAll('main time')) showTime(node, node.dateTime);
title();
follow({
  api,
  polls: api + '/events',
  names: ['snapshot', 'status'],
  take: show,
  read: ({ events, cursor }) => ({ views: events, cursor }),
  heard: (at) => {
    fresh = at;
    notice.hidden = true;
    showTime(asOf, new Date(at).toISOString());
  },
  lost: () => {
    notice.textContent = fill(words.lost, { time: clock(fresh) });
    notice.hidden = false;
  },
});
