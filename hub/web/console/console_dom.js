// SPDX-License-Identifier: Apache-2.0
// Nodes, without a string of HTML anywhere.
import { hubNow, since, timeWithSeconds, when } from './console_format.js';

function setProperty(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === 'class') node.className = value;
  else if (name === 'data') Object.assign(node.dataset, value);
  else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (name === 'value' || name === 'checked') node[name] = value;
  else node.setAttribute(name, value === true ? '' : value);
}

const shown = (children) => children.flat(Infinity)
  .filter((one) => one !== null && one !== undefined && one !== false && one !== '');

// el('button', { class: 'quiet', onclick: go }, 'Go'): children are nodes, texts, arrays, or
// nothing (null, undefined, false).
export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) setProperty(node, key, value);
  node.append(...shown(children));
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';
export function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const ICONS = {
  now: 'M3 12h4l3-8 4 16 3-8h4',
  order: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  reports: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
  time: 'M12 7v5l3 2M4.500 9A8 8 0 1 1 4 13M4 4v5h5',
  health: 'M12 20s-8-5-8-10.500A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 8 2.500'
    + 'C20 15 12 20 12 20z',
  setup: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4',
  search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5',
  help: 'M9 9a3 3 0 1 1 4.500 2.600c-1 .600-1.500 1.200-1.500 2.400M12 18v.010',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2v2M12 20v2M2 12h2M20 12h2'
    + 'M5 5l1.500 1.500M17.500 17.500L19 19M19 5l-1.500 1.500M6.500 17.500L5 19',
  out: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.010',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  receipt: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h4',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  play: 'M8 5l11 7-11 7z',
  plus: 'M12 5v14M5 12h14',
  display: 'M3 5h18v11H3zM9 20h6M12 16v4',
};
// A picture beside a word: it says nothing of its own to a screen reader.
export const icon = (name) => svg('svg',
  { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' },
  svg('path', { d: ICONS[name] || '' }));

export const button = (text, onclick, { kind = '', icon: picture, ...rest } = {}) =>
  el('button', { type: 'button', class: `button ${kind}`, onclick, ...rest },
    picture && icon(picture), el('span', {}, text));
// Only a picture is seen; the text is its name.
export const iconButton = (text, picture, onclick, rest = {}) =>
  el('button', { type: 'button', class: 'button bare', 'aria-label': text, title: text, onclick,
    ...rest }, icon(picture));
export const link = (text, href, rest = {}) => el('a', { href, ...rest }, text);

export const chip = (text, tone = '') => el('span', { class: `chip ${tone}` }, text);

// A moment: the time, with everything on hover.
export const moment = (iso) => (iso
  ? el('time', { datetime: iso, title: new Date(iso).toString() }, when(iso)) : '');
export const preciseMoment = (iso) => (iso
  ? el('time', { datetime: iso, title: new Date(iso).toString() }, timeWithSeconds(iso)) : '');

// How long ago, counting on by itself. `warning` and `late`: moments from which it looks so.
export function age(iso, { warning, late } = {}) {
  if (!iso) return '';
  const node = el('time', { datetime: iso, class: 'age', data: { age: iso } });
  if (warning) node.dataset.warning = warning;
  if (late) node.dataset.late = late;
  tickAge(node);
  return node;
}
function tickAge(node) {
  const text = since(node.dataset.age);
  if (node.textContent !== text) node.textContent = text;
  const now = hubNow();
  const isPast = (iso) => iso && now >= Date.parse(iso);
  const { warning, late } = node.dataset;
  const tone = isPast(late) ? 'bad' : isPast(warning) ? 'warn' : '';
  if ((node.dataset.tone || '') !== tone) node.dataset.tone = tone;
}
setInterval(() => document.querySelectorAll('[data-age]').forEach(tickAge), 1000);

export const replace = (root, ...nodes) => root.replaceChildren(...shown(nodes));

// Says it to a screen reader, and to nobody else.
export function say(text) {
  document.getElementById('spoken').textContent = text;
}
