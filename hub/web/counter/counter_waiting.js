// SPDX-License-Identifier: Apache-2.0
// What waits for the hub, and what it refused, where nobody can overlook it.
import { button, el, icon, replace } from './console_dom.js';
import { money, time } from './console_format.js';
import { confirm } from './console_ui.js';
import { t } from './counter_words.js';

const nameOf = (entry) => (entry.kind === 'event'
  ? t('eventOf', { what: t(entry.type), number: entry.number })
  : [t('placing'), entry.draft.guest, entry.draft.table && `${t('table')} ${entry.draft.table}`]
    .filter(Boolean).join(' · '));

async function discard(outbox, entry) {
  const text = t(entry.refused ? 'discardText' : 'discardWaitingText');
  if (await confirm(t('discardTitle'), text, t('discard'), 'danger')) outbox.remove(entry.key);
}

function row(outbox, entry, { currency, change }) {
  const isOrder = entry.kind === 'order';
  return el('li', { class: entry.refused ? 'refused' : '' },
    el('span', { class: 'waiting-what' }, el('strong', {}, nameOf(entry)),
      el('span', {}, time(entry.made), isOrder
        && ` · ${money(entry.total, entry.currency || currency)}`),
      entry.refused && el('span', { class: 'error' }, entry.refused.message)),
    entry.refused && isOrder && button(t('openAgain'), () => change(entry), { kind: 'primary' }),
    button(t('discard'), () => discard(outbox, entry), { kind: 'quiet' }));
}

// Shown after a moment only: mostly the hub answers before anybody could read it.
const UNSEEN_MS = 1500;
let later = 0;

export function drawOutbox(root, outbox, options) {
  clearTimeout(later);
  const now = Date.now();
  const entries = outbox.entries();
  const isTold = outbox.awaySince || outbox.stranger || !outbox.isStored
    || entries.some((entry) => entry.refused || now - entry.made > UNSEEN_MS);
  root.hidden = entries.length === 0 || !isTold;
  if (entries.length > 0 && !isTold) later = setTimeout(() => drawOutbox(root, outbox, options),
    UNSEEN_MS);
  if (root.hidden) return replace(root);
  const waiting = entries.filter((entry) => !entry.refused);
  const refused = entries.filter((entry) => entry.refused);
  const part = (title, text, list, action) => list.length > 0 && el('section', {
    class: 'waiting', 'aria-label': title },
  el('header', {}, icon('warning'), el('h2', {}, title), action),
  text && el('p', { class: 'hint' }, text),
  el('ul', {}, list.map((entry) => row(outbox, entry, options))));
  return replace(root,
    part(t('outboxTitle', { n: waiting.length }), t(outbox.stranger ? 'signInFirst' : 'outboxText'),
      waiting, button(t('sendNow'), () => outbox.flush(), { kind: 'quiet' })),
    part(t('refused'), '', refused),
    !outbox.isStored && el('p', { class: 'error' }, t('noStorage')));
}
