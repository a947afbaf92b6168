// SPDX-License-Identifier: Apache-2.0
// Keys: one ('/') or two in a row ('g n'). They never fire while somebody types, and can be turned
// off, for who dictates.
import { el } from './console_dom.js';
import { ask } from './console_ui.js';
import { wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  title: 'Keyboard', on: 'Single keys work', everywhere: 'Everywhere', here: 'In this view',
  hint: 'Turn them off if you dictate, or if your keyboard sends keys by itself.',
  next: 'Next element', go: 'Open what is in focus', leave: 'Close a dialog', help: 'This help',
} });
const PAIR_MS = 1200; // between the two keys of a pair
const STORED = 'cf.keys';

const bound = new Map(); // keys -> { keys, label, run, scope }
let first = '';
let firstAt = 0;

function stored() {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}
let isOn = stored();

// shortcuts([{ keys, label, run }], 'here' | 'everywhere') gives a function that takes them away.
export function shortcuts(list, scope = 'here') {
  for (const one of list) bound.set(one.keys, { ...one, scope });
  return () => list.forEach((one) => {
    if (bound.get(one.keys)?.run === one.run) bound.delete(one.keys);
  });
}

// j and k through the rows of a table, where a row leads somewhere.
export function rowKeys(table, next, previous) {
  const step = (by) => {
    const links = [...table().body.querySelectorAll('.row-link')];
    const at = links.indexOf(document.activeElement);
    links.at(Math.max(0, Math.min(links.length - 1, at + by)))?.focus();
  };
  return shortcuts([{ keys: 'j', label: next, run: () => step(1) },
    { keys: 'k', label: previous, run: () => step(-1) }]);
}

const isTyping = (node) => node instanceof HTMLElement
  && (node.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(node.tagName));

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing
      || isTyping(event.target) || !isOn || document.querySelector('dialog[open]')) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const pair = first && event.timeStamp - firstAt < PAIR_MS ? `${first} ${key}` : '';
  first = '';
  const found = bound.get(pair) || bound.get(key);
  if (found) {
    event.preventDefault();
    found.run(event);
  } else if ([...bound.keys()].some((keys) => keys.startsWith(`${key} `))) {
    first = key;
    firstAt = event.timeStamp;
  }
}

const line = (keys, label) => el('tr', {}, el('th', { scope: 'row' },
  keys.split(' ').map((key) => el('kbd', {}, key))), el('td', {}, label));
const section = (title, lines) => lines.length > 0
  && el('table', { class: 'keys' }, el('caption', {}, title), el('tbody', {}, lines));

function setOn(on) {
  isOn = on;
  try {
    localStorage.setItem(STORED, on ? 'on' : 'off');
  } catch { /* storage is off: for this visit only */ }
}

export function showHelp() {
  const of = (scope) => [...bound.values()].filter((one) => one.scope === scope)
    .map((one) => line(one.keys, one.label));
  const toggle = el('input', { type: 'checkbox', checked: isOn,
    onchange: (event) => setOn(event.target.checked) });
  return ask({ title: t('title'), content: [
    section(t('here'), of('here')),
    section(t('everywhere'), [...of('everywhere'), line('?', t('help')), line('Tab', t('next')),
      line('Enter', t('go')), line('Esc', t('leave'))]),
    el('label', { class: 'check' }, toggle, el('span', {}, t('on'))),
    el('p', { class: 'hint' }, t('hint'))] });
}

export function startKeys() {
  document.addEventListener('keydown', onKey);
  shortcuts([{ keys: '?', label: t('help'), run: showHelp }], 'hidden');
}
