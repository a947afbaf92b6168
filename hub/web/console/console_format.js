// SPDX-License-Identifier: Apache-2.0
// Times, spans, money and numbers as people read them, in this browser's zone and manner.
import { language } from './console_words.js';

const formats = new Map();
function formatOf(kind, options, key = JSON.stringify(options)) {
  const name = kind.name + key;
  if (!formats.has(name)) formats.set(name, new kind(locale(), options));
  return formats.get(name);
}
function locale() {
  const own = navigator.languages.find((one) => one.split('-')[0] === language);
  return own || language;
}
const stamp = (at) => (typeof at === 'string' ? Date.parse(at) : +at);

// The hub's clock, as far as this browser knows it: ages are the hub's, not this machine's.
let offset = 0;
export function setHubNow(iso) {
  const at = Date.parse(iso);
  if (!Number.isNaN(at)) offset = at - Date.now();
}
export const hubNow = () => Date.now() + offset;

export const isToday = (at) =>
  new Date(stamp(at)).toDateString() === new Date(hubNow()).toDateString();
export const time = (at) =>
  formatOf(Intl.DateTimeFormat, { hour: '2-digit', minute: '2-digit' }).format(stamp(at));
export const timeWithSeconds = (at) => formatOf(Intl.DateTimeFormat,
  { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(stamp(at));
export const date = (at) => formatOf(Intl.DateTimeFormat,
  { weekday: 'short', day: 'numeric', month: 'short' }).format(stamp(at));
export const shortDate = (at) => formatOf(Intl.DateTimeFormat,
  { day: 'numeric', month: 'short' }).format(stamp(at));
export const longDate = (at) => formatOf(Intl.DateTimeFormat,
  { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(stamp(at));
export const dateTime = (at) => `${date(at)}, ${time(at)}`;
// The time; with the day when it is not today's.
export const when = (at) => (isToday(at) ? time(at) : dateTime(at));

// '0:42', '12:05', '1 h 04 min', '3 d 2 h'; never negative.
export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n) => String(n).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  const hours = Math.floor(seconds / 3600);
  if (hours < 24) return `${hours} h ${two(Math.floor(seconds / 60) % 60)} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
export const since = (at) => span(hubNow() - stamp(at));

export const number = (n, digits = 0) =>
  formatOf(Intl.NumberFormat, { maximumFractionDigits: digits }).format(n);
export const percent = (part, digits = 0) => formatOf(Intl.NumberFormat,
  { style: 'percent', maximumFractionDigits: digits }).format(part);

// Minor units and an ISO 4217 code; a code that nobody knows is written beside the number.
export function money(minor, currency) {
  try {
    const digits = formatOf(Intl.NumberFormat, { style: 'currency', currency })
      .resolvedOptions().maximumFractionDigits;
    return formatOf(Intl.NumberFormat, { style: 'currency', currency })
      .format(minor / 10 ** digits);
  } catch {
    return `${number(minor / 100, 2)} ${currency || ''}`.trim();
  }
}

export function bytes(n) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let left = n;
  while (left >= 1024 && unit < units.length - 1) {
    left /= 1024;
    unit += 1;
  }
  return `${number(left, left < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`;
}
