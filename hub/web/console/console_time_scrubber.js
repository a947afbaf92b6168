// SPDX-License-Identifier: Apache-2.0
// A day as a strip: how much happened when, and where in it we are.
import { api, withQuery } from './console_api.js';
import { el, replace, svg } from './console_dom.js';
import { timeWithSeconds } from './console_format.js';
import { wordsOf } from './console_words.js';

const t = wordsOf({ en: { when: 'Time of day', density: 'Events per ten minutes',
  none: 'Nothing happened on this day' } });
const MINUTE = 60000;
const BUCKETS = 144;

// Midnight to midnight here; 23 or 25 hours when the clocks change.
export function dayOf(at) {
  const from = new Date(at);
  from.setHours(0, 0, 0, 0);
  const to = new Date(from);
  to.setDate(to.getDate() + 1);
  return { from: +from, to: +to };
}

export class Scrubber {
  constructor(onSeek) {
    this.bars = el('div', { class: 'bars', 'aria-hidden': 'true' });
    this.hours = el('div', { class: 'hours', 'aria-hidden': 'true' });
    this.none = el('p', { class: 'quiet-day', hidden: true }, t('none'));
    this.input = el('input', { type: 'range', min: 0, step: 1, 'aria-label': t('when'),
      oninput: () => onSeek(this.day.from + Number(this.input.value) * MINUTE) });
    this.root = el('div', { class: 'scrubber' }, this.bars, this.none, this.input, this.hours);
    this.day = null;
  }

  async setDay(at, signal) {
    const day = dayOf(at);
    if (this.day?.from === day.from) return;
    this.day = day;
    this.input.max = Math.round((day.to - day.from) / MINUTE);
    this.drawHours();
    replace(this.bars);
    await this.refresh(signal);
  }

  // The day may be today, and grow.
  async refresh(signal) {
    const { from, to } = this.day;
    const density = await api(withQuery('/v1/board/density', { from: new Date(from).toISOString(),
      to: new Date(to).toISOString(), buckets: BUCKETS }), { signal });
    if (this.day.from === from) this.drawBars(density.counts);
  }

  drawBars(counts) {
    const most = Math.max(1, ...counts);
    const total = counts.reduce((sum, one) => sum + one, 0);
    this.none.hidden = total > 0;
    const columns = counts.map((count, i) => {
      const height = count === 0 ? 0 : Math.max(3, Math.round((count / most) * 100));
      return svg('rect', { x: i + 0.1, y: 100 - height, width: 0.8, height });
    });
    replace(this.bars, svg('svg', { viewBox: `0 0 ${counts.length} 100`,
      preserveAspectRatio: 'none' }, ...columns));
  }

  drawHours() {
    const { from, to } = this.day;
    const marks = [];
    for (let hour = 0; hour <= 24; hour += 3) {
      const at = new Date(from);
      at.setHours(hour);
      const mark = el('span', {}, hour === 24 ? '24' : String(at.getHours()).padStart(2, '0'));
      mark.style.insetInlineStart = `${((at - from) / (to - from)) * 100}%`;
      marks.push(mark);
    }
    replace(this.hours, marks);
  }

  show(at) {
    if (!this.day) return;
    const minutes = Math.floor((at - this.day.from) / MINUTE);
    if (document.activeElement !== this.input || Number(this.input.value) !== minutes)
      this.input.value = minutes;
    this.input.setAttribute('aria-valuetext', timeWithSeconds(at));
  }
}
