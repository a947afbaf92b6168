// SPDX-License-Identifier: Apache-2.0
// The screen at the counter: keeps the two lists up to date, turns their pages, calls out what has
// become ready, and says when it has lost the hub. `?speech=1` speaks, too; both sounds have a
// switch. For televisions: no syntax younger than 2018.
import { follow } from './follow.js';
import { ring, unlock } from './chime.js';

const PAGE = 8000; // ms
const CALL = 6000; // ms; long enough to find one's number in one's hand
const CALLS_TOGETHER = 4; // more at once are shown at once
const STALE_CALL = 120000; // ms; what became ready before that is no news
const LOUD = 0.8;
// Of the type, in hundredths of the screen, most and least: as large as lets all fit on one page.
const SIZES = { numbers: { preparing: [8, 4.6], ready: [15, 8] },
  names: { preparing: [6.5, 3.4], ready: [11, 4.8] } };
const SMALLER = 0.94;
const PAGED = '(min-width: 44rem)'; // a telephone scrolls instead
const get = (id) => document.getElementById(id);
const words = get('words').dataset;
const language = document.documentElement.lang;
const wishes = new URLSearchParams(location.search);
const made = Date.parse(get('clock').dateTime) || Date.now(); // by the hub's clock
const columns = ['preparing', 'ready'].map((name) => ({ name, section: get(name), page: 0 }));
const calls = []; // entries, waiting to be shown
let known = null; // keys of what was ready before; null: nothing was shown yet
let calling = 0;
let fresh = Date.now(); // when the hub was last heard, by this clock
let staleTold = '';

// As it is written here, in the page's language.
const locale = (navigator.languages || []).find((one) => one.split('-')[0] === language)
  || language;
// How far this screen's clock is ahead of the hub's: televisions are set by nobody.
const ahead = Date.now() - made;

const clock = (ms) => new Date(ms - ahead).toLocaleTimeString(locale, { hour: 'numeric',
  minute: '2-digit', numberingSystem: 'latn', timeZone: words.zone || undefined });
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const labelOf = (entry) => entry.name || entry.number;

// --- lists ---------------------------------------------------------------------------------------
// In digits' widths: Chinese characters are twice as wide.
function widthOf(text) {
  let width = 0;
  for (const one of text) width += one.codePointAt(0) > 0x2e7f ? 1.7 : 1;
  return width;
}

function itemOf(entry) {
  const item = document.createElement('li');
  const label = document.createElement('b');
  label.textContent = labelOf(entry);
  label.dir = 'auto';
  item.dataset.key = entry.key;
  item.appendChild(label);
  if (entry.name) {
    const number = document.createElement('small');
    number.textContent = entry.number;
    item.appendChild(number);
  }
  return item;
}

const isCut = (list) => Array.from(list.querySelectorAll('b')).some(
  (label) => label.scrollWidth > label.clientWidth + 1);

// How many items fit into the list as it is now.
function roomIn(list) {
  const style = getComputedStyle(list);
  const gap = parseFloat(style.rowGap) || 0;
  const across = style.gridTemplateColumns.split(' ').length;
  const height = list.firstChild.getBoundingClientRect().height;
  const down = Math.floor((list.clientHeight + gap + 1) / (height + gap));
  return Math.max(1, across * down);
}

function turnTo(column, page) {
  const list = column.section.querySelector('ul');
  const items = Array.from(list.children);
  for (const item of items) item.hidden = false;
  let each = Math.max(1, items.length);
  list.style.fontSize = '';
  if (items.length > 0 && matchMedia(PAGED).matches) {
    const [most, least] = SIZES[document.body.dataset.show][column.name];
    for (let size = most; size >= least; size *= SMALLER) {
      list.style.fontSize = size + 'vmin';
      each = roomIn(list);
      if (each >= items.length && !isCut(list)) break;
    }
  }
  const pages = Math.ceil(items.length / each) || 1;
  column.page = page % pages;
  items.forEach((item, index) => {
    item.hidden = Math.floor(index / each) !== column.page;
  });
  const text = pages > 1 ? `${column.page + 1} / ${pages}` : '';
  column.section.querySelector('.pages').textContent = text;
}

function showColumn(column, board) {
  const entries = board[column.name];
  const list = column.section.querySelector('ul');
  while (list.firstChild) list.removeChild(list.firstChild);
  for (const entry of entries) list.appendChild(itemOf(entry));
  const widest = Math.max(...entries.map((entry) => widthOf(labelOf(entry))), 3);
  list.style.setProperty('--digits', Math.min(widest, 12));
  const left = board[column.name + '_total'] - entries.length;
  column.section.querySelector('.more').textContent =
    left > 0 ? fill(words.more, { count: left }) : '';
  turnTo(column, column.page);
}

function show(board) {
  document.body.dataset.show = board.show;
  const news = known === null ? [] : board.ready.filter((entry) => !known.has(entry.key)
    && Date.now() - ahead - Date.parse(entry.ready_at) < STALE_CALL);
  known = new Set(board.ready.map((entry) => entry.key));
  if (news.length > 0) columns[1].page = 0; // the newest are on the first
  for (const column of columns) showColumn(column, board);
  for (const entry of news.reverse()) calls.push(entry);
  if (!calling) callNext();
}

// --- calling out ---------------------------------------------------------------------------------
function sentence(entry) {
  return fill(entry.name ? words.call : words.callNumber, { order: labelOf(entry) });
}

function callNext() {
  calling = 0;
  // One that has been fetched meanwhile is not called any more.
  const waiting = calls.splice(0).filter((entry) => known.has(entry.key));
  const now = waiting.splice(0, waiting.length > CALLS_TOGETHER ? CALLS_TOGETHER : 1);
  calls.push(...waiting);
  const box = get('call');
  box.hidden = now.length === 0;
  for (const item of document.querySelectorAll('#ready li'))
    item.classList.toggle('called', now.some((entry) => entry.key === item.dataset.key));
  if (now.length === 0) return;
  const label = box.querySelector('b');
  label.textContent = now.map(labelOf).join('\n');
  label.classList.toggle('long', now.length > 1 || widthOf(label.textContent) > 5);
  get('live').textContent = now.map(sentence).join('. ');
  if (isOn('sound')) ring(1, LOUD);
  if (isOn('speech')) now.forEach((entry) => speak(sentence(entry)));
  calling = setTimeout(callNext, CALL);
}

function speak(text) {
  const words = new SpeechSynthesisUtterance(text);
  words.lang = language;
  words.rate = 0.9;
  speechSynthesis.speak(words);
}

// --- switches ------------------------------------------------------------------------------------
const isOn = (name) => get(name).getAttribute('aria-pressed') === 'true';
const turn = (name, on) => get(name).setAttribute('aria-pressed', String(on));

// What was chosen here before; a screen that keeps nothing asks its address.
function wished(name, otherwise) {
  if (wishes.has(name)) return wishes.get(name) !== '0';
  try {
    return (localStorage.getItem('pickup-' + name) || otherwise) === 'on';
  } catch (error) {
    return otherwise === 'on';
  }
}

function remember(name, on) {
  try {
    localStorage.setItem('pickup-' + name, on ? 'on' : 'off');
  } catch (error) { /* a screen that keeps nothing */ }
}

async function wakeSound() {
  if (wished('sound', 'on') && await unlock()) turn('sound', true);
}

get('sound').addEventListener('click', async () => {
  const on = !isOn('sound');
  remember('sound', on);
  turn('sound', on && await unlock());
  if (isOn('sound')) ring(1, LOUD);
});
get('speech').addEventListener('click', () => {
  const on = !isOn('speech');
  remember('speech', on);
  turn('speech', on);
});
get('sound').hidden = false;
get('speech').hidden = !window.speechSynthesis;
turn('speech', Boolean(window.speechSynthesis) && wished('speech', 'off'));
// A television's remote, a touch: whatever comes first lets the page sound.
for (const type of ['keydown', 'pointerup'])
  addEventListener(type, (event) => {
    if (!event.target.closest || !event.target.closest('button')) wakeSound();
  }, { once: true });
wakeSound();

// --- time and hub --------------------------------------------------------------------------------
function tellTime() {
  get('clock').dateTime = new Date(Date.now() - ahead).toISOString();
  get('clock').textContent = clock(Date.now());
}

tellTime();
setInterval(tellTime, 1000);
setInterval(() => columns.forEach((column) => turnTo(column, column.page + 1)), PAGE);
addEventListener('resize', () => columns.forEach((column) => turnTo(column, 0)));
follow({
  api: '/v1/pickup',
  polls: '/v1/pickup',
  names: ['board'],
  take: show,
  read: (answer) => ({ views: [answer], cursor: answer.cursor }),
  heard: (at) => {
    fresh = at;
    staleTold = '';
    get('stale').hidden = true;
    document.body.classList.remove('stale');
  },
  lost: () => {
    staleTold = staleTold || fill(words.stale, { time: clock(fresh) });
    get('stale').textContent = staleTold;
    get('stale').hidden = false;
    document.body.classList.add('stale');
  },
});
