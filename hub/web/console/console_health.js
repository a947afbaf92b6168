// SPDX-License-Identifier: Apache-2.0
// Health: what somebody should do something about, and the numbers behind it.
import { api } from './console_api.js';
import { button, chip, el, icon, moment, replace, say } from './console_dom.js';
import {
  bytes, date, dateTime, isToday, number, percent, setHubNow, span, timeWithSeconds,
} from './console_format.js';
import { shortcuts } from './console_keys.js';
import { card, figure, fill, Table, toast } from './console_ui.js';
import { wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  title: 'Health', good: 'Everything is as it should be',
  warn: 'The hub works; something wants to be looked at', bad: 'Something is wrong',
  lookedAt: 'Looked at {time}', logSize: 'Log', events: '{n} events', perDay: '{size} a day',
  commit: 'Commit, median', commitNone: 'none since the start',
  commitSlow: '99 of 100 within {ms} ms', disk: 'Disk free',
  diskDays: { one: 'full in {n} day', other: 'full in {n} days at this pace' },
  diskOf: 'of {size}', diskYears: 'years at this pace', backup: 'Last backup', never: 'Never',
  backupOf: '{n} events since', backupNone: 'no copy of the log', uptime: 'Running for',
  version: 'Version {version}', today: 'Events in 24 hours', memory: '{size} of memory',
  ago: '{span} ago',
  proof: 'Proof of the log', proving: 'Proving the log: {pos} of {head} events',
  proven: 'Proven up to event {pos}', provenAll: 'Every event up to {pos} is as it was written, in '
    + 'an unbroken chain from the first.', last: 'Whole log last proven {when}, in {span}',
  lastBad: 'The last whole proof, {when}, found something wrong', lastNone: 'Not proven yet',
  again: 'Prove it again', asked: 'The proof begins again, at the log\'s first event',
  faster: 'The proof is under way', problems: 'What is wrong', position: 'Position', what: 'What',
  proofHint: 'Runs by itself every day, at the lowest priority. It reads the events; '
    + 'counterfirectl verify also looks at the tables and the pages of the file.',
  backupTitle: 'Backup', backupHint: 'Copies the log while the hub works, proves the copy, and '
    + 'tells the hub of it. Keep it on another machine.', file: 'File', size: 'Size',
  upTo: 'Up to event',
  taken: 'Taken', epochs: 'Epochs of the log', epochHint: 'A new one begins when a log is made, '
    + 'restored, or found behind what a display has seen; displays then take a fresh snapshot.',
  epoch: 'Epoch', from: 'From event', when: 'When', why: 'Why', lines: 'Log lines',
  linesNone: 'No such line', all: 'All', error: 'Errors', warning: 'Warnings', info: 'Information',
  level: 'Level', event: 'What', details: 'Details', time: 'Time', show: 'Show',
  bundle: 'Diagnostic bundle', bundleText: 'For who helps you from far away: this page\'s numbers, '
    + 'the log lines and the last events in outline. Names, telephone numbers, notes, items, '
    + 'addresses and tokens are left out.', download: 'Download', machine: 'Hub',
  position2: '{n} open orders, {d} displays connected', started: 'Started {when}',
} });
export const title = t('title');

const REFRESH = 5000; // ms; every second while a proof runs
const COMMAND = 'counterfirectl backup --data /var/lib/counterfire --to /path/on/another/disk.db';
const TONES = { error: 'bad', warning: 'warn', info: '', debug: '' };

// A moment of today by its time, one before with its day.
const lineTime = (iso) => el('time', { datetime: iso, title: new Date(iso).toString() },
  isToday(iso) ? timeWithSeconds(iso) : `${date(iso)}, ${timeWithSeconds(iso)}`);
const took = (ms) => (ms < 1000 ? `${number(ms)} ms` : ms < 60000 ? `${number(ms / 1000, 1)} s`
  : span(ms));
const ago = (s) => t('ago', { span: span(s * 1000) });
const has = (report, ...codes) => report.findings.some((one) => codes.includes(one.code));

function banner(report) {
  const tone = report.status;
  return el('section', { class: `health-banner ${tone}`, role: 'status' },
    icon(tone === 'good' ? 'check' : 'warning'),
    el('div', {}, el('h2', {}, t(tone)),
      report.findings.length > 0 && el('ul', {}, report.findings.map((one) =>
        el('li', { class: one.level === 'bad' ? 'bad-text' : '' }, one.detail)))));
}

function diskBelow({ disk }) {
  const days = disk.days_left;
  const pace = days === null || days > 3650 ? t('diskYears') : t('diskDays', { n: days });
  return `${t('diskOf', { size: bytes(disk.bytes) })}; ${pace}`;
}

function figures(report) {
  const { log, commit_ms: commit, disk, backup } = report;
  const digits = commit.p50 < 10 ? 1 : 0;
  const backupTone = has(report, 'backup_never', 'backup_old') ? 'warn' : '';
  return el('div', { class: 'figures' },
    figure(t('logSize'), bytes(log.bytes), `${t('events', { n: number(log.events) })}; `
      + t('perDay', { size: bytes(log.bytes_per_day) })),
    figure(t('today'), number(log.events_last_24h), t('position2', { n: report.open_orders,
      d: report.displays_connected })),
    figure(t('commit'), commit.commits > 0 ? `${number(commit.p50, digits)} ms` : '–',
      commit.commits > 0 ? t('commitSlow', { ms: number(commit.p99, digits) }) : t('commitNone'),
      has(report, 'commits_slow') ? 'warn' : ''),
    disk && figure(t('disk'), bytes(disk.free_bytes), diskBelow(report),
      has(report, 'disk_low') ? 'bad' : has(report, 'disk_fills') ? 'warn' : ''),
    figure(t('backup'), backup ? ago(backup.age_s) : t('never'),
      backup ? t('backupOf', { n: number(backup.events_since) }) : t('backupNone'), backupTone),
    figure(t('uptime'), span(report.uptime_s * 1000), `${t('version', report)}; `
      + t('memory', { size: bytes(report.process.resident_bytes) })));
}

function lastProof({ last }) {
  if (!last) return t('lastNone');
  if (!last.sound) return t('lastBad', { when: dateTime(last.at) });
  return t('last', { when: dateTime(last.at), span: took(last.took_ms) });
}

class HealthView {
  constructor(root, signal) {
    this.root = root;
    this.signal = signal;
    this.level = '';
    this.lines = new Table({ caption: t('lines'), compact: true, none: el('p', { class: 'hint' },
      t('linesNone')), columns: [
      { title: t('time'), cell: (one) => lineTime(one.at), class: 'whole' },
      { title: t('level'), cell: (one) => chip(one.level, TONES[one.level]) },
      { title: t('event'), cell: (one) => one.event.replaceAll('_', ' '), class: 'whole' },
      { title: t('details'), wide: true, cell: (one) => el('code', {},
        Object.entries(one.fields).map(([name, value]) => `${name}=${value}`).join('  ')) },
    ] });
    this.problems = new Table({ caption: t('problems'), columns: [
      { title: t('position'), cell: (one) => number(one.pos), align: 'end' },
      { title: t('what'), cell: (one) => one.what, wide: true }] });
    this.epochs = new Table({ caption: t('epochs'), compact: true, columns: [
      { title: t('when'), cell: (one) => moment(one.at), class: 'whole' },
      { title: t('why'), cell: (one) => one.why, wide: true },
      { title: t('from'), cell: (one) => number(one.pos + 1), align: 'end' },
      { title: t('epoch'), class: 'whole', cell: (one) => el('code', { title: one.epoch },
        one.epoch.slice(0, 8)) }] });
    this.parts = { banner: el('div'), figures: el('div'), proof: el('div'), backup: el('div') };
    this.build();
  }

  build() {
    this.levels = el('div', { class: 'group', role: 'group', 'aria-label': t('show') },
      ['', 'info', 'warning', 'error'].map((level) => button(t(level || 'all'),
        () => this.showLevel(level), { 'data-level': level })));
    this.proveButton = button(t('again'), () => this.prove(), { icon: 'check' });
    this.layout = el('div', { class: 'health stack' }, this.parts.banner, this.parts.figures,
      el('div', { class: 'cards' },
        el('section', { class: 'card' }, el('header', {}, el('h2', {}, t('proof')),
          this.proveButton), this.parts.proof, this.problems.root,
        el('p', { class: 'hint' }, t('proofHint'))),
        card(t('backupTitle'), this.parts.backup, el('pre', { class: 'command', tabindex: '0' },
          COMMAND), el('p', { class: 'hint' }, t('backupHint')))),
      el('section', { class: 'card' }, el('header', {}, el('h2', {}, t('lines')), this.levels),
        this.lines.root),
      el('div', { class: 'cards' },
        card(t('epochs'), this.epochs.root, el('p', { class: 'hint' }, t('epochHint'))),
        el('section', { class: 'card' }, el('h2', {}, t('bundle')), el('p', {}, t('bundleText')),
          el('p', { class: 'row download' }, el('a', { class: 'button', download: true,
            href: '/v1/health/bundle' }, icon('download'), el('span', {}, t('download')))))));
    this.showLevel('');
  }

  showLevel(level) {
    this.level = level;
    for (const one of this.levels.children)
      one.setAttribute('aria-pressed', String(one.dataset.level === level));
    if (this.report) this.drawLines();
  }

  drawLines() {
    const shown = this.report.lines.filter((one) => !this.level || one.level === this.level);
    this.lines.update(shown.reverse());
  }

  draw(report) {
    this.report = report;
    setHubNow(report.now);
    replace(this.parts.banner, banner(report));
    replace(this.parts.figures, figures(report));
    this.drawProof(report.proof);
    this.drawBackup(report.backup);
    this.drawLines();
    this.epochs.update(report.epochs);
  }

  drawProof(proof) {
    const share = proof.head > 0 ? Math.min(1, proof.pos / proof.head) : 1;
    const isGood = proof.problems.length === 0;
    replace(this.parts.proof,
      proof.running && el('label', { class: 'proof-progress' },
        el('span', {}, t('proving', { pos: number(proof.pos), head: number(proof.head) }),
          ` (${percent(share)})`),
        el('progress', { max: Math.max(proof.head, 1), value: proof.pos })),
      !proof.running && isGood && el('p', { class: 'good-text proven' }, icon('check'),
        t('provenAll', { pos: number(proof.pos) })),
      el('p', { class: proof.last && !proof.last.sound ? 'bad-text' : 'soft' }, lastProof(proof)));
    this.problems.root.hidden = isGood;
    this.problems.update(proof.problems);
  }

  drawBackup(backup) {
    replace(this.parts.backup, backup
      ? el('dl', { class: 'facts-list' },
        el('dt', {}, t('taken')), el('dd', {}, moment(backup.at)),
        el('dt', {}, t('file')), el('dd', {}, el('code', {}, backup.file)),
        el('dt', {}, t('size')), el('dd', {}, bytes(backup.bytes)),
        el('dt', {}, t('upTo')), el('dd', {}, number(backup.pos)))
      : el('p', { class: 'warn-text' }, `${t('never')}: ${t('backupNone')}`));
  }

  async prove() {
    const was = this.report?.proof.running;
    try {
      await api('/v1/health/verify', { method: 'POST', json: {}, signal: this.signal });
      const text = t(was ? 'faster' : 'asked');
      toast(text, 'good');
      say(text);
      await this.refresh();
    } catch (problem) {
      if (!this.signal.aborted) toast(problem.message, 'bad');
    }
  }

  async load() {
    this.draw(await api('/v1/health', { signal: this.signal }));
    return this.layout;
  }

  // A look that fails says so in the frame; what was seen last stays.
  async refresh() {
    clearTimeout(this.timer);
    if (!document.hidden && this.report)
      await api('/v1/health', { signal: this.signal }).then((one) => this.draw(one), () => {});
    if (!this.signal.aborted)
      this.timer = setTimeout(() => this.refresh(), this.report?.proof.running ? 1000 : REFRESH);
  }

  async begin() {
    await fill(this.root, () => this.load(), this.signal);
    await this.refresh();
  }
}

let view = null;
let forget = null;
// What it waits for shows in it.
export function open(root, { signal }) {
  view = new HealthView(root, signal);
  forget = shortcuts([{ keys: 'v', label: t('again'), run: () => view?.prove() }]);
  view.begin();
}
export function close() {
  forget?.();
  clearTimeout(view?.timer);
  view = null;
}
