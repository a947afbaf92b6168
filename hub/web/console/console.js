// SPDX-License-Identifier: Apache-2.0
// The console: who is there, then the view that the address names.
import { hubEvents, whoAmI } from './console_api.js';
import { replace } from './console_dom.js';
import {
  badge, drawBar, drawNavigation, markCurrent, setTitle, showLink,
} from './console_frame.js';
import { shortcuts, startKeys } from './console_keys.js';
import { live } from './console_live.js';
import { loginAgain, loginScreen } from './console_login.js';
import { empty, failure, loading } from './console_ui.js';
import { views } from './console_views.js';
import { wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  go: 'Go to {name}', lost: 'There is no such page', lostText: 'Choose one on the left.',
  brief: 'This page could not be loaded.',
} });
const main = document.getElementById('main');
let opened = null; // { view, module, stop }
let turn = 0; // of opening: a slow module must not open over a later one

// '#/order/0192?tab=x' -> { id: 'order', path: ['0192'], query }
function address() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [id = '', ...rest] = path.split('/').filter(Boolean).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { id: id || views[0]?.id || '', path: rest, query: new URLSearchParams(query) };
}

function closeOpened() {
  if (!opened) return;
  opened.stop.abort();
  try {
    opened.module.close?.();
  } catch (error) {
    console.error(error);
  }
  opened = null;
}

async function openView(view, params, mine) {
  const waiting = setTimeout(() => replace(main, loading()), 200);
  try {
    const module = await view.load();
    clearTimeout(waiting); // from here on the view says itself that it waits
    if (mine !== turn) return;
    closeOpened();
    const stop = new AbortController();
    opened = { view, module, stop };
    replace(main);
    main.dataset.view = view.id;
    setTitle(module.title);
    await module.open(main, { ...params, signal: stop.signal });
  } catch (error) {
    if (mine !== turn) return;
    console.error(error);
    closeOpened();
    replace(main, failure(error.code ? error : { message: t('brief') }, () => navigate()));
  } finally {
    clearTimeout(waiting);
  }
}

async function navigate() {
  const { id, ...params } = address();
  const mine = ++turn;
  const view = views.find((one) => one.id === id);
  markCurrent(id);
  if (!view) {
    closeOpened();
    setTitle(t('lost'));
    replace(main, empty(t('lost'), t('lostText')));
  } else if (opened?.view === view && opened.module.update) {
    await opened.module.update({ ...params, signal: opened.stop.signal });
  } else {
    const isFirst = !opened;
    await openView(view, params, mine);
    if (mine === turn && !isFirst && !main.contains(document.activeElement))
      document.getElementById('title').focus({ preventScroll: true });
  }
}

let asking = false;
async function signedOut() {
  if (asking) return;
  asking = true;
  live.stop();
  drawBar(await loginAgain());
  if (opened) setTitle(opened.module.title);
  showLink(live.state, live.heardAt);
  asking = false;
  live.start();
  if (opened) {
    const { view } = opened;
    closeOpened();
    await openView(view, address(), ++turn);
  }
}

async function session(root) {
  for (;;) {
    try {
      const known = await whoAmI();
      if (known?.role === 'manager') return known;
      return await loginScreen(root);
    } catch (problem) {
      await new Promise((again) => {
        replace(root, failure(problem, again));
        root.hidden = false;
      });
    }
  }
}

async function start() {
  const root = document.getElementById('welcome');
  const known = await session(root);
  root.hidden = true;
  replace(root);
  drawNavigation();
  drawBar(known);
  document.getElementById('app').hidden = false;
  document.getElementById('skip').addEventListener('click', () => main.focus());
  startKeys();
  shortcuts(views.map((view) => ({ keys: `g ${view.key}`, label: t('go', { name: view.title }),
    run: () => { location.hash = `#/${view.id}`; } })), 'everywhere');
  hubEvents.addEventListener('signed-out', signedOut);
  live.addEventListener('link', () => showLink(live.state, live.heardAt));
  live.addEventListener('now', () => badge('now', live.now.alarms.length));
  live.start();
  showLink(live.state, live.heardAt);
  window.addEventListener('hashchange', navigate);
  await navigate();
}

start();
