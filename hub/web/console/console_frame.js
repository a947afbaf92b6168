// SPDX-License-Identifier: Apache-2.0
// What is around every view: navigation, the bar with who, where and how the link is.
import { signOut } from './console_api.js';
import { el, icon, iconButton, replace } from './console_dom.js';
import { timeWithSeconds } from './console_format.js';
import { showHelp } from './console_keys.js';
import { views } from './console_views.js';
import { wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  live: 'Live', connecting: 'Connecting', lost: 'Not connected', asOf: 'as of {at}',
  away: 'The hub does not answer. What you see is as of {at}; it will catch up by itself.',
  colours: 'Colours: {now}', machine: 'as the machine', light: 'light', dark: 'dark',
  help: 'Keyboard', out: 'Sign out', who: 'Signed in as {name}', alarms: {
    one: '{n} alarm', other: '{n} alarms' },
} });

const THEMES = ['', 'light', 'dark'];

function nextTheme(node) {
  const root = document.documentElement;
  const next = THEMES[(THEMES.indexOf(root.dataset.theme || '') + 1) % THEMES.length];
  if (next) root.dataset.theme = next;
  else delete root.dataset.theme;
  try {
    localStorage.setItem('cf.theme', next);
  } catch { /* storage is off: for this visit only */ }
  node.title = t('colours', { now: t(next || 'machine') });
  node.setAttribute('aria-label', node.title);
  window.dispatchEvent(new Event('cf-theme'));
}

export function drawNavigation() {
  replace(document.getElementById('nav'),
    el('a', { class: 'brand', href: `#/${views[0]?.id ?? ''}`, 'aria-label': 'CounterFire' },
      el('img', { src: '/web/icon.svg', alt: '', width: 28, height: 28 }),
      el('span', {}, 'CounterFire')),
    el('ul', {}, views.map((view) => el('li', {},
      el('a', { href: `#/${view.id}`, data: { view: view.id } }, icon(view.icon),
        el('span', {}, view.title), el('b', { class: 'badge', hidden: true }))))));
}

export function markCurrent(id) {
  for (const node of document.querySelectorAll('#nav [data-view]'))
    if (node.dataset.view === id) node.setAttribute('aria-current', 'page');
    else node.removeAttribute('aria-current');
}

// A number beside a view's name in the navigation; 0: none.
export function badge(id, n, label = t('alarms', { n })) {
  const node = document.querySelector(`#nav [data-view="${id}"] .badge`);
  if (!node) return;
  node.hidden = n === 0;
  replace(node, String(n), el('span', { class: 'unseen' }, ` ${label}`));
}

export function drawBar(session) {
  const theme = iconButton('', 'sun', () => nextTheme(theme));
  theme.title = t('colours', { now: t(document.documentElement.dataset.theme || 'machine') });
  theme.setAttribute('aria-label', theme.title);
  replace(document.getElementById('bar'),
    el('h1', { id: 'title', tabindex: '-1' }),
    el('div', { class: 'link', id: 'link' }),
    el('span', { class: 'who', title: t('who', { name: session.name }) }, session.name),
    theme, iconButton(t('help'), 'help', showHelp),
    iconButton(t('out'), 'out', async () => {
      try {
        await signOut();
      } finally {
        location.reload();
      }
    }));
}

export function setTitle(text) {
  document.getElementById('title').textContent = text;
  document.title = `${text} · CounterFire`;
}

// state: 'live', 'connecting' or 'lost'; at: when the hub was last heard.
export function showLink(state, at) {
  const node = document.getElementById('link');
  if (!node) return;
  node.dataset.state = state;
  const text = state === 'lost' && at
    ? `${t('lost')}, ${t('asOf', { at: timeWithSeconds(at) })}` : t(state);
  replace(node, el('span', { class: 'dot', 'aria-hidden': 'true' }), el('span', {}, text));
  const away = document.getElementById('away');
  const words = state === 'lost' ? t('away', { at: timeWithSeconds(at || Date.now()) }) : '';
  if (away.textContent !== words) away.textContent = words;
  away.hidden = !words;
}
