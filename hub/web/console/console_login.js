// SPDX-License-Identifier: Apache-2.0
// Who is there: the screen before the console, and the dialog when a session has ended under it.
import { signIn, signOut } from './console_api.js';
import { el, replace } from './console_dom.js';
import { field } from './console_ui.js';
import { common, wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  title: 'Sign in', lead: 'The manager\'s console of this restaurant.', token: 'Manager\'s token',
  tokenHint: 'In tokens.json, in the hub\'s data directory.', pin: 'PIN',
  pinHint: 'Your own, as set up.',
  usePin: 'Use a PIN instead', useToken: 'Use a token instead', go: 'Sign in', busy: 'Signing in…',
  needed: 'Fill this in first.', wrong: 'That is not known here.',
  slow: 'Too many tries. Wait a moment, then try again.',
  ended: 'Your session has ended. Sign in to go on where you were.',
  unlike: 'That opens the work of another role ({role}). The console needs a manager.',
} });

let way = 'token'; // or 'pin'

function reasonOf(problem) {
  if (problem.status === 401 || problem.status === 403) return t('wrong');
  return problem.status === 429 ? t('slow') : problem.message;
}

// A form that calls done(session) once. Nothing that is typed is kept anywhere.
function loginForm(done) {
  const host = el('div');
  const draw = (error = '') => {
    const isPin = way === 'pin';
    const input = el('input', { type: 'password', name: isPin ? 'pin' : 'token', required: true,
      autocomplete: isPin ? 'off' : 'current-password', spellcheck: 'false',
      inputmode: isPin ? 'numeric' : null, 'aria-invalid': error ? 'true' : null });
    const send = el('button', { type: 'submit', class: 'button primary big' }, t('go'));
    const form = el('form', { class: 'login-form', novalidate: true, onsubmit: async (event) => {
      event.preventDefault();
      const value = input.value.trim();
      if (!value) return draw(t('needed'));
      send.disabled = true;
      send.textContent = t('busy');
      try {
        const session = await signIn({ [isPin ? 'pin' : 'token']: value });
        if (session.role === 'manager') return done(session);
        await signOut();
        draw(t('unlike', { role: common(session.role) }));
      } catch (problem) {
        draw(reasonOf(problem));
      }
    } },
    field(t(isPin ? 'pin' : 'token'), input, { hint: t(isPin ? 'pinHint' : 'tokenHint'), error }),
    send,
    el('button', { type: 'button', class: 'button link', onclick: () => {
      way = isPin ? 'token' : 'pin';
      draw();
    } }, t(isPin ? 'useToken' : 'usePin')));
    replace(host, form);
    input.focus();
  };
  draw();
  return { host, focus: () => host.querySelector('input')?.focus() };
}

// The whole screen, when nobody is signed in yet.
export function loginScreen(root) {
  return new Promise((done) => {
    const form = loginForm(done);
    replace(root, el('main', { class: 'login' },
      el('img', { src: '/web/icon.svg', alt: '', width: 56, height: 56 }),
      el('h1', {}, 'CounterFire'), el('p', { class: 'soft' }, t('lead')), form.host));
    root.hidden = false;
    form.focus();
  });
}

// Over the view that was open, which stays as it is.
export function loginAgain() {
  return new Promise((done) => {
    const dialog = el('dialog', { class: 'login-again', 'aria-labelledby': 'again-title' });
    const form = loginForm((session) => {
      dialog.close();
      dialog.remove();
      done(session);
    });
    dialog.append(el('header', {}, el('h2', { id: 'again-title' }, t('title'))),
      el('div', { class: 'dialog-body' }, el('p', {}, t('ended')), form.host));
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
    form.focus();
  });
}
