// SPDX-License-Identifier: Apache-2.0
// Who signs in with a PIN. A PIN goes to the hub and never comes back.
import { button, chip, el } from './console_dom.js';
import { card, empty } from './console_ui.js';
import { bound, Form, pointerOf, removeButton, selectField, textField } from './setup_form.js';
import { t } from './setup_words.js';

const ROLES = [['counter', t('roleCounter')], ['kitchen', t('roleKitchen')],
  ['manager', t('roleManager')]];

function personRow(form, person, i) {
  const at = (key) => pointerOf('people', i, key);
  const pin = bound(form, person, 'pin', { label: t('pin'), pointer: at('pin'),
    make: () => el('input', { type: 'password', inputmode: 'numeric', autocomplete: 'new-password',
      maxlength: 12, value: person.pin || '', placeholder: t(person.has_pin ? 'pinSet'
        : 'pinNone') }),
    read: (input) => input.value.trim() });
  return el('li', { class: 'entry' },
    textField(form, person, 'name', { label: t('name'), pointer: at('name') }),
    selectField(form, person, 'role', { label: t('role'), pointer: at('role'), options: ROLES }),
      pin,
    person.id && button(t('endSessions'), () => {
      person.end_sessions = !person.end_sessions;
      form.redraw();
    }, { kind: 'quiet', 'aria-pressed': String(Boolean(person.end_sessions)) }),
    person.end_sessions && chip(t('ends'), 'warn'),
    removeButton(person.name, () => {
      form.draft.people.splice(i, 1);
      form.redraw();
    }));
}

function body(form) {
  const { people } = form.draft;
  return [card('', el('p', { class: 'soft' }, t('staffText')),
    people.length === 0 ? empty(t('noStaff'), t('noStaffText'))
      : el('ul', { class: 'entries' }, people.map((one, i) => personRow(form, one, i))),
    el('p', { class: 'hint' }, t('pinHint')),
    button(t('addPerson'), () => {
      people.push({ name: '', role: 'counter', pin: '' });
      form.redraw(`[data-at="${CSS.escape(pointerOf('people', people.length - 1, 'name'))}"]`);
    }, { icon: 'plus' }))];
}

const toSend = (draft) => ({ people: draft.people.map(({ id, name, role, pin,
  end_sessions: ends }) =>
  ({ ...(id && { id }), name, role, ...(pin && { pin }), ...(ends && { end_sessions: true }) })) });

export async function open(root, { signal }) {
  const form = new Form('staff', () => body(form), { toSend });
  await form.open(root, signal);
}
