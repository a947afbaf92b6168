// SPDX-License-Identifier: Apache-2.0
// Every change of every document: who, when, and what differed from the one before.
import { api } from './console_api.js';
import { button, el, moment } from './console_dom.js';
import { card, empty, fill } from './console_ui.js';
import { differences } from './setup_diff.js';
import { shownPath, shownValue } from './setup_form.js';
import { t } from './setup_words.js';

const DOCUMENTS = ['kitchen', 'menu', 'restaurant', 'staff'];
const PAGE = 30;
const LISTED_MAX = 40;

// Each with the one before it, so that what changed can be told; `more` when there may be older.
async function historyOf(name, signal, before = '') {
  const query = before ? `&before=${before}` : '';
  const { revisions } = await api(`/v1/settings/${name}/history?limit=${PAGE + 1}${query}`,
    { signal });
  return { name, more: revisions.length > PAGE,
    entries: revisions.slice(0, PAGE).map((one, i) => ({ ...one, name,
      before: revisions[i + 1]?.settings })) };
}

function changeList(entry) {
  if (entry.rev === 1 || !entry.before) return el('p', { class: 'soft' }, t('first'));
  const changes = differences(entry.before, entry.settings);
  if (changes.length === 0) return el('p', { class: 'soft' }, t('noDetail'));
  const rows = changes.slice(0, LISTED_MAX).map(({ path, before, after }) => el('tr', {},
    el('th', { scope: 'row' }, shownPath(path)), el('td', {}, shownValue(before)),
    el('td', { 'aria-hidden': 'true' }, '→'), el('td', {}, shownValue(after))));
  return [el('table', { class: 'compact' }, el('tbody', {}, rows)),
    changes.length > LISTED_MAX && el('p', { class: 'soft' },
      t('andMore', { n: changes.length - LISTED_MAX }))];
}

function entryNode(entry) {
  const count = entry.rev > 1 && entry.before
    ? t('changes', { n: differences(entry.before, entry.settings).length }) : t('first');
  const body = el('div', { class: 'change-body' });
  return el('li', {}, el('details', { ontoggle: (event) => {
    if (event.target.open && body.childElementCount === 0)
      body.append(...[changeList(entry)].flat().filter(Boolean));
  } }, el('summary', {}, el('strong', {}, t(entry.name)), moment(entry.at),
    el('span', {}, t('by', { who: entry.actor?.id || entry.actor?.kind || '?' })),
    el('span', { class: 'soft' }, count)), body));
}

async function content(which, root, signal) {
  const names = which ? [which] : DOCUMENTS;
  const pages = await Promise.all(names.map((name) => historyOf(name, signal)));
  const list = el('ul', { class: 'history' });
  const draw = () => list.replaceChildren(...pages.flatMap((page) => page.entries)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).map(entryNode));
  draw();
  const older = button(t('older'), async () => {
    const open = pages.filter((page) => page.more);
    const next = await Promise.all(open.map((page) =>
      historyOf(page.name, signal, page.entries.at(-1).rev)));
    open.forEach((page, i) => {
      page.entries.push(...next[i].entries);
      page.more = next[i].more;
    });
    draw();
    older.hidden = !pages.some((page) => page.more);
  });
  older.hidden = !pages.some((page) => page.more);
  const choice = el('label', { class: 'field' }, el('span', { class: 'label' }, t('which')),
    el('select', { onchange: (event) => open(root, { signal, which: event.target.value }) },
      el('option', { value: '' }, t('all')),
      DOCUMENTS.map((value) => el('option', { value, selected: value === which }, t(value)))));
  return card('', el('p', { class: 'soft' }, t('historyText')), choice,
    list.childElementCount === 0 ? empty(t('noHistory')) : list, older);
}

export async function open(root, { signal, which = '' }) {
  await fill(root, () => content(which, root, signal), signal);
}
