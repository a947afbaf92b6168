// SPDX-License-Identifier: Apache-2.0
// Who stands at the counter: a PIN by touch or by keys, or a token.
import { signIn, signOut } from './console_api.js';
import { button, el, replace } from './console_dom.js';
import { field } from './console_ui.js';
import { t } from './counter_words.js';

const PIN_MAX = 12;

async function reasonOf(problem) {
  if (problem.status === 401) return t('wrong');
  if (problem.status === 429) return t('tries', { s: problem.body.retry_after_s || 1 });
  return problem.message;
}

export const mayServe = (session) => session && session.role !== 'kitchen';

// Fills `host`; done(session) is called once.
function pinForm(host, done) {
  let way = 'pin';
  const submit = async (event) => {
    event.preventDefault();
    const input = host.querySelector('input');
    const value = input.value.trim();
    if (!value) return draw(t('needed'));
    input.disabled = true;
    try {
      const session = await signIn({ [way]: value });
      if (mayServe(session)) return done(session);
      await signOut();
      return draw(t('notHere'));
    } catch (problem) {
      return draw(await reasonOf(problem));
    }
  };
  function draw(error = '') {
    const isPin = way === 'pin';
    const input = el('input', { type: 'password', autocomplete: isPin ? 'off' : 'current-password',
      inputmode: isPin ? 'numeric' : null, maxlength: isPin ? PIN_MAX : 200, spellcheck: 'false',
      'aria-invalid': error ? 'true' : null });
    replace(host, el('form', { class: 'login-form', novalidate: true, onsubmit: submit },
      field(t(way), input, { hint: t(isPin ? 'pinHint' : 'tokenHint'), error }),
      isPin ? padOf(input) : el('button', { type: 'submit', class: 'button primary big' },
        t('signIn')),
      button(t(isPin ? 'useToken' : 'usePin'), () => {
        way = isPin ? 'token' : 'pin';
        draw();
      }, { kind: 'link' })));
    input.focus();
  }
  draw();
}

const padOf = (input) => el('div', { class: 'pad', role: 'group', 'aria-label': t('pin') },
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => padKey(input, digit)),
  button('⌫', () => {
    input.value = input.value.slice(0, -1);
    input.focus();
  }, { 'aria-label': t('erase'), kind: 'big' }), padKey(input, 0),
  el('button', { type: 'submit', class: 'button primary big' }, t('signIn')));

const padKey = (input, digit) => el('button', { type: 'button', class: 'button big',
  onclick: () => {
    if (input.value.length < PIN_MAX) input.value += digit;
    input.focus({ preventScroll: true });
  } }, String(digit));

export function loginScreen(root, name) {
  return new Promise((done) => {
    const host = el('div');
    replace(root, el('main', { class: 'login' },
      el('img', { src: '/web/icon.svg', alt: '', width: 56, height: 56 }),
      el('h1', {}, name || 'CounterFire'), el('p', { class: 'soft' }, t('lead')), host));
    root.hidden = false;
    pinForm(host, (session) => {
      root.hidden = true;
      replace(root);
      done(session);
    });
  });
}

// Over what is being taken, which stays as it is.
export function loginOver() {
  return new Promise((done) => {
    const host = el('div', { class: 'dialog-body' });
    const dialog = el('dialog', { class: 'login-over', 'aria-labelledby': 'over-title' },
      el('header', {}, el('h2', { id: 'over-title' }, t('signIn'))), host);
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
    pinForm(host, (session) => {
      dialog.close();
      dialog.remove();
      done(session);
    });
  });
}
