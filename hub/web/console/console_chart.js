// SPDX-License-Identifier: Apache-2.0
// Charts, drawn by uPlot (hub/web/vendor). A chart is a picture for who sees it: what it says is in
// a table beside it, so that it needs no keys and no words of its own but a name.
import { el } from './console_dom.js';

let library = null;
function load() {
  library = library || new Promise((done, failed) => {
    document.head.append(el('link', { rel: 'stylesheet', href: '/web/uPlot.min.css' }),
      el('script', { src: '/web/uPlot.iife.min.js', onload: () => done(globalThis.uPlot),
        onerror: () => {
          library = null;
          failed(new Error('the chart library could not be loaded'));
        } }));
  });
  return library;
}

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const PALETTE = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6'];

function axis(format, options = {}) {
  return { stroke: token('--soft'), font: '12px system-ui, sans-serif',
    grid: { stroke: token('--line'), width: 1 }, ticks: { show: false },
    values: (_, ticks) => ticks.map((one) => (one === null ? '' : format(one))), ...options };
}

// Wide enough for the longest label, so that none is cut.
const axisSize = (u, values) => (values?.length
  ? Math.ceil(Math.max(...values.map((one) => one.length)) * 7) + 16 : 40);

function seriesOf(uPlot, { label, kind, color }, i, format) {
  const stroke = token(color || PALETTE[i % PALETTE.length]);
  const isBars = kind === 'bars';
  return { label, stroke, fill: isBars ? stroke : undefined, width: isBars ? 0 : 2,
    paths: isBars ? uPlot.paths.bars({ size: [0.75, 48], radius: 0.15 }) : undefined,
    points: { show: isBars ? false : undefined, size: 5, fill: stroke },
    value: (_, value) => (value === null || value === undefined ? '–' : format(value)) };
}

// Which of the positions have a label: as many as there is room for, on full hours where the
// chart says which is one (`anchor`).
const STEPS = [1, 2, 4, 8, 12, 16, 24, 32, 48, 96, 192];
const labelled = ({ x, anchor = 0, labelWidth = 72 }, width) => {
  const room = Math.max(1, Math.floor((width - 60) / labelWidth));
  const step = STEPS.find((one) => x.length / one <= room) || x.length;
  return x.filter((_, i) => (i - anchor) % step === 0);
};

function optionsOf(uPlot, made, width) {
  const { x, series, formatX, formatY, height, min = 0 } = made;
  const step = x.length > 1 ? x[1] - x[0] : 1;
  return { width, height, legend: { show: true }, padding: [12, 8, 0, 8],
    cursor: { drag: { x: false, y: false } },
    scales: { x: { time: false, range: () => [x[0] - step * 0.6, x.at(-1) + step * 0.6] },
      y: { range: (_, __, max) => [min, max > 0 ? max * 1.08 : 1] } },
    axes: [axis(formatX, { grid: { show: false }, size: 28, gap: 6,
      splits: (u) => labelled(made, u.width) }),
      axis(formatY, { size: axisSize, gap: 6 })],
    series: [{ label: made.labelX, value: (_, value) => (value === null || value === undefined
      ? '–' : formatX(value, true)) },
    ...series.map((one, i) => seriesOf(uPlot, one, i, formatY))] };
}

// made: { name, labelX, x: [numbers, even steps], series: [{ label, values, kind: 'bars'|'line',
// color: '--good' }], formatX(x, whole), formatY(y), height, anchor, labelWidth }. Gives { root,
// close }.
export function chart(made) {
  const canvas = el('div', { class: 'chart-canvas' });
  const root = el('figure', { class: 'chart', role: 'img', 'aria-label': made.name }, canvas);
  let plot = null;
  let isOver = false;
  const height = made.height || 220;
  const data = () => [made.x, ...made.series.map((one) => one.values)];
  const draw = async () => {
    const uPlot = await load();
    if (isOver || canvas.clientWidth === 0) return;
    plot?.destroy();
    plot = new uPlot(optionsOf(uPlot, { ...made, height }, canvas.clientWidth), data(), canvas);
  };
  const sizes = new ResizeObserver(() => {
    if (plot && canvas.clientWidth) plot.setSize({ width: canvas.clientWidth, height });
    else draw();
  });
  sizes.observe(canvas);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', draw);
  window.addEventListener('cf-theme', draw);
  return { root, close: () => {
    isOver = true;
    sizes.disconnect();
    dark.removeEventListener('change', draw);
    window.removeEventListener('cf-theme', draw);
    plot?.destroy();
  } };
}
