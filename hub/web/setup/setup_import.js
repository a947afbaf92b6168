// SPDX-License-Identifier: Apache-2.0
// The menu as a table: what an import would change is seen before it changes anything.
import { api, withQuery } from './console_api.js';
import { button, el, link } from './console_dom.js';
import { ask, card, failure, toast } from './console_ui.js';
import { t } from './setup_words.js';

const LISTED_MAX = 30; // of each kind; the rest is told as a number
const BYTES_MAX = 262144; // the hub takes no larger body

const send = (file, query) => api(withQuery('/v1/settings/menu/import', query), { method: 'POST',
  headers: { 'Content-Type': 'text/csv' }, body: file });

function list(title, entries, tone) {
  if (entries.length === 0) return null;
  const line = (one) => el('li', {}, el('strong', {}, one.name || one.id),
    one.name && one.name !== one.id && el('span', { class: 'soft' }, ` ${one.id}`),
    one.fields && el('span', { class: 'hint' }, ` ${one.fields.join(', ').replaceAll('_', ' ')}`));
  return el('section', {}, el('h4', { class: tone }, `${title}: ${entries.length}`),
    el('ul', { class: 'plain-list' }, entries.slice(0, LISTED_MAX).map(line),
      entries.length > LISTED_MAX && el('li', { class: 'soft' },
        t('andMore', { n: entries.length - LISTED_MAX }))));
}

function changesOf(told) {
  const kinds = [['items', 'items'], ['categories', 'categories'], ['modifier_groups', 'groups']];
  const isNothing = kinds.every(([key]) =>
    ['added', 'changed', 'removed'].every((what) => told[key][what].length === 0));
  if (isNothing) return { isNothing, nodes: [el('p', {}, t('importNone'))] };
  const nodes = kinds.map(([key, word]) => {
    const { added, changed, removed, unchanged } = told[key];
    if (added.length + changed.length + removed.length === 0) return null;
    return el('section', { class: 'changes' }, el('h3', {}, t(word)),
      list(t('removed'), removed, 'bad-text'), list(t('changed'), changed, 'warn-text'),
      list(t('added'), added, 'good-text'),
      unchanged > 0 && el('p', { class: 'soft' }, t('same', { n: unchanged })));
  });
  if (told.ignored_columns.length > 0)
    nodes.push(el('p', { class: 'hint' }, t('ignored',
      { names: told.ignored_columns.join(', ') })));
  return { isNothing, nodes: nodes.filter(Boolean) };
}

const refused = (problem) => ask({ title: t('importBad'), wide: true,
  content: problem.errors.length === 0 ? failure(problem) : [el('p', {}, t('importBadText')),
    el('ul', { class: 'plain-list' }, problem.errors.map((one) => el('li', {}, one.detail)))] });

async function take(form, file) {
  if (form.isChanged) return toast(t('saveFirst'), 'bad');
  try {
    if (file.size > BYTES_MAX) throw Object.assign(new Error(), { errors: [{
      detail: `${file.name}: ${file.size} > ${BYTES_MAX} bytes` }] });
    const text = await file.arrayBuffer(); // read once: the file may change under us
    const told = await send(text, { dry_run: 1 });
    const { isNothing, nodes } = changesOf(told);
    const yes = await ask({ title: t('importAsk'), wide: true, content: nodes,
      actions: isNothing ? [] : [{ text: t('importYes'), value: true, kind: 'primary' }] });
    if (!yes) return undefined;
    await send(text, { rev: told.rev });
    form.adopt(await api('/v1/settings/menu'));
    toast(t('imported'), 'good');
  } catch (problem) {
    await refused(problem);
  }
  return undefined;
}

export function importCard(form) {
  const input = el('input', { type: 'file', accept: '.csv,text/csv', hidden: true,
    'aria-label': t('choose'), onchange: async () => {
      const [file] = input.files;
      if (file) await take(form, file);
      input.value = '';
    } });
  return card(t('importTitle'), el('p', { class: 'soft' }, t('importText')), input,
    el('div', { class: 'row' }, button(t('choose'), () => input.click(), { icon: 'plus' }),
      link(t('exportComma'), '/v1/settings/menu/export', { class: 'button', download: 'menu.csv' }),
      link(t('exportSemicolon'), '/v1/settings/menu/export?delimiter=semicolon',
        { class: 'button quiet', download: 'menu.csv' })));
}
