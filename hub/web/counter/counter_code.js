// SPDX-License-Identifier: Apache-2.0
// The address of a guest's page, to scan or to tap.
import { el, svg } from './console_dom.js';
import { t } from './counter_words.js';

const QUIET = 4; // modules of white around it, as scanners expect

async function drawCode(host, text, label) {
  const { default: qrcode } = await import('./qrcode.mjs');
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = '';
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1)
      if (code.isDark(y, x)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  const whole = size + 2 * QUIET;
  host.replaceChildren(svg('svg', { viewBox: `0 0 ${whole} ${whole}`, class: 'code', role: 'img',
    'aria-label': label, 'shape-rendering': 'crispEdges' },
  svg('rect', { width: whole, height: whole, class: 'code-light' }),
  svg('path', { d: path, class: 'code-dark' })));
}

const isLocal = () => /^(localhost|127\.|\[::1\])/.test(location.hostname);

export function codeOf(path, number) {
  if (!path) return null;
  const address = new URL(path, location.origin).href;
  const host = el('div', { class: 'code-box' });
  drawCode(host, address, t('qrOf', { number })).catch(() => host.remove());
  return el('div', { class: 'guest-page' }, host, el('p', {}, el('a', { href: address,
    target: '_blank', rel: 'noopener' }, t('guestPage')), ' ', el('span', { class: 'hint' },
    t('guestPageText'))),
  isLocal() && el('p', { class: 'hint' }, t('onlyHere', { host: location.host })));
}
