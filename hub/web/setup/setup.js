// SPDX-License-Identifier: Apache-2.0
// Set up: one part at a time, each with its own address.
import { el, replace } from './console_dom.js';
import { failure, tabs } from './console_ui.js';
import { t } from './setup_words.js';

const PARTS = {
  kitchen: () => import('./setup_kitchen.js'),
  displays: () => import('./setup_displays.js'),
  menu: () => import('./setup_menu.js'),
  restaurant: () => import('./setup_restaurant.js'),
  staff: () => import('./setup_staff.js'),
  history: () => import('./setup_history.js'),
};

export const title = t('title');

let host = null;
let turn = 0;

export async function open(root, params) {
  host = el('div', { class: 'setup' });
  replace(root, host);
  await update(params);
}

export async function update({ path, signal }) {
  const part = PARTS[path[0]] ? path[0] : 'kitchen';
  const mine = ++turn;
  const content = el('div', { class: 'setup-part' });
  replace(host, tabs(t('parts'), Object.keys(PARTS).map((one) =>
    ({ text: t(one), href: `#/setup/${one}`, current: one === part }))), content);
  try {
    const module = await PARTS[part]();
    if (mine === turn) await module.open(content, { signal });
  } catch (problem) {
    if (signal.aborted || mine !== turn) return;
    replace(content, failure(problem, () => update({ path, signal })));
  }
}

export function close() {
  turn += 1;
  host = null;
}
