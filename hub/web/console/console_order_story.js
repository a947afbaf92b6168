// SPDX-License-Identifier: Apache-2.0
// One order: what it is, how long each step took, and who did what when, from which device, and
// when each display had shown it.
import { api } from './console_api.js';
import { button, chip, el, icon, preciseMoment, replace } from './console_dom.js';
import { dateTime, money, span, time, timeWithSeconds } from './console_format.js';
import { setTitle } from './console_frame.js';
import { shortcuts } from './console_keys.js';
import { live } from './console_live.js';
import {
  actorText, asText, details, headline, lagOf, lagText, lineTotal, shownOf, toneOf, total, who,
} from './console_order_words.js';
import { card, copyText, fill, statusChip } from './console_ui.js';
import { common, wordsOf } from './console_words.js';

const t = wordsOf({ en: {
  back: 'All orders', copy: 'Copy as text', receipt: 'Receipt', receiptText: 'as text',
  tracker: 'Customer\'s page', items: 'Items', timeline: 'Timeline', steps: 'Steps',
  placed: 'Placed', paid: 'Paid', began: 'Began', ready: 'Ready', done: 'Handed over',
  cancelled: 'Cancelled', source: 'From', due: 'Due', customer: 'Customer', total: 'Total',
  paidAmount: 'Paid', took: 'Took', note: 'Note', covers: 'Covers', id: 'Id', so: 'so far',
  payload: 'Payload', pos: 'Position', seq: 'No.', address: 'Address', agent: 'Program',
  notShown: 'not shown', away: 'away', moved: 'moved to {station}',
  recalls: { one: 'called back once', other: 'called back {n} times' },
  shownSince: 'When displays showed what is known since {at}.', noDisplay: 'No display shows it.',
  priority: 'Priority', event: 'Event', struck: 'struck out', added: 'added later',
  late: 'On {name} only after {span}', onNames: 'On {names} within {span}',
  onMany: 'On {n} displays within {span}',
  pageTitle: 'Order {number}',
} });

const SLOW = 5000; // ms from an event to the screen: a cook may have acted without it

// --- what it is -------------------------------------------------------------------------------
function steps(order) {
  const all = [['placed', order.placed_at], ['paid', order.paid_at], ['began', order.started_at],
    ['ready', order.ready_at], ['done', order.completed_at], ['cancelled', order.cancelled_at]]
    .filter(([name, at]) => at || (name !== 'cancelled' && !order.cancelled_at));
  let before = null;
  return el('ol', { class: 'steps', 'aria-label': t('steps') }, all.map(([name, at]) => {
    const took = at && before ? span(Date.parse(at) - Date.parse(before)) : '';
    before = at || before;
    return el('li', { class: at ? (name === 'cancelled' ? 'bad' : 'done') : '' },
      el('span', { class: 'took' }, took && `+${took}`),
      el('strong', {}, t(name)), at ? el('time', { datetime: at, title: dateTime(at) }, time(at))
        : el('span', { class: 'soft' }, '–'));
  }));
}

const fact = (name, value) => value && el('div', {}, el('dt', {}, name), el('dd', {}, value));

function facts(order) {
  const sum = total(order);
  const paid = order.payment?.amount;
  const end = order.completed_at || order.cancelled_at;
  const took = span((end ? Date.parse(end) : Date.now()) - Date.parse(order.placed_at));
  return el('dl', { class: 'facts' },
    fact(t('placed'), dateTime(order.placed_at)),
    fact(t('took'), end ? took : `${took} ${t('so')}`),
    fact(t('customer'), [order.customer?.name, order.customer?.phone].filter(Boolean).join(' · ')),
    fact(t('source'), [order.source?.name, order.source?.external_id].filter(Boolean).join(' · ')),
    fact(t('due'), order.due_at && dateTime(order.due_at)), fact(t('covers'), order.covers),
    fact(t('total'), sum !== null && money(sum, order.currency)),
    fact(t('paidAmount'), paid !== undefined && paid !== null && [money(paid, order.currency),
      order.payment.method && ` (${order.payment.method})`]),
    fact(t('note'), order.note), fact(t('id'), el('code', {}, order.order_id)));
}

const LINE_TONES = { open: '', started: 'accent', ready: 'good', voided: 'bad' };

function itemRow(line, currency) {
  const price = lineTotal(line);
  const below = [...(line.modifiers || []).map((one) => (one.quantity > 1
    ? `${one.quantity}× ${one.name}` : one.name)), line.note && `“${line.note}”`,
  line.moved_to && t('moved', { station: line.moved_to })].filter(Boolean).join(' · ');
  return el('li', { class: line.status === 'voided' ? 'void' : '' },
    el('b', { class: 'num' }, `${line.quantity}×`),
    el('div', {}, el('span', { class: 'dish' }, line.name),
      line.added_seq > 1 && [' ', chip(t('added'), 'warn')],
      below && el('span', { class: 'below' }, below),
      line.allergens?.length > 0
        && el('span', { class: 'below warn-text' }, line.allergens.join(', '))),
    chip(line.status === 'voided' ? t('struck') : common(line.status), LINE_TONES[line.status]),
    el('span', { class: 'num price' }, price === null ? '' : money(price, currency)));
}

// --- what happened ----------------------------------------------------------------------------
function shownChips(event, shown) {
  if (event.type === 'order_placed') return null; // the kitchen is shown an order once it is paid
  const all = shownOf(event, shown).map((one) => ({ ...one, lag: one.at && lagOf(event, one.at) }));
  const prompt = all.filter((one) => one.at && one.lag <= SLOW);
  const names = prompt.map((one) => one.name).join(', ');
  const slowest = lagText(Math.max(100, ...prompt.map((one) => one.lag)));
  return [
    prompt.length > 0 && el('span', { class: 'chip good' }, icon('display'),
      prompt.length > 3 ? t('onMany', { n: prompt.length, span: slowest })
        : t('onNames', { names, span: slowest })),
    ...all.filter((one) => one.lag > SLOW).map((one) => el('span', { class: 'chip warn' },
      icon('display'), t('late', { name: one.name, span: lagText(one.lag) }))),
    ...all.filter((one) => !one.at).map((one) =>
      chip(`${one.name}: ${t(one.connected ? 'notShown' : 'away')}`, 'bad'))].filter(Boolean);
}

const shownFacts = (event, shown) => shownOf(event, shown).map(({ name, at }) =>
  fact(name, at ? `${timeWithSeconds(at)} (+${lagText(lagOf(event, at))})` : t('notShown')));

function payloadOf(event, shown) {
  const rows = [[t('seq'), event.seq], [t('pos'), event.pos], [t('event'), event.id],
    [t('address'), event.actor.address], [t('agent'), event.actor.user_agent]];
  return el('details', {}, el('summary', {}, t('payload')),
    el('dl', { class: 'facts small' }, rows.map(([name, value]) => fact(name, value)),
      shownFacts(event, shown)),
    el('pre', { tabindex: '0' }, JSON.stringify(event.payload, null, 2)));
}

function eventRow(event, before, order, shown) {
  const said = details(event, order);
  const chips = shownChips(event, shown);
  const pause = before ? Date.parse(event.at) - Date.parse(before.at) : 0;
  return el('li', { class: toneOf(event), data: { seq: event.seq } },
    el('div', { class: 'at' }, preciseMoment(event.at),
      pause >= 1000 && el('span', { class: 'below' }, `+${span(pause)}`)),
    el('div', { class: 'what' },
      el('p', {}, el('strong', {}, headline(event)), said && ` ${said}`),
      el('div', { class: 'meta' },
        el('span', { class: 'soft' }, actorText(event.actor),
          event.actor.address && ` · ${event.actor.address}`),
        chips, payloadOf(event, shown))));
}

function timelineCard(order, events, shown) {
  const concerned = (shown?.displays || []).filter((one) => one.concerned);
  const known = shown && Date.parse(shown.since) > Date.parse(events[0].at);
  return card(t('timeline'),
    el('ol', { class: 'timeline' }, events.map((event, i) =>
      eventRow(event, events[i - 1], order, shown))),
    el('p', { class: 'hint' }, [concerned.length === 0 && t('noDisplay'),
      known && t('shownSince', { at: dateTime(shown.since) })].filter(Boolean).join(' ')));
}

// --- the page ---------------------------------------------------------------------------------
function actions(order, events, shown) {
  const receipt = `/v1/orders/${order.order_id}/receipt?format=`;
  const open = (text, href) => el('a', { class: 'button', href, target: '_blank',
    rel: 'noopener' }, text);
  return el('div', { class: 'row' },
    button(t('copy'), () => copyText(asText(order, events, shown)),
      { icon: 'copy', kind: 'primary' }),
    order.paid_at && [el('a', { class: 'button', href: `${receipt}html`, target: '_blank',
      rel: 'noopener' }, icon('receipt'), t('receipt')), open('PDF', `${receipt}pdf`),
    open(t('receiptText'), `${receipt}text`)],
    order.tracker_url && open(t('tracker'), order.tracker_url));
}

function page(order, events, shown) {
  return [el('section', { class: 'card story-head' },
    el('header', {}, el('h2', { class: 'big-number' }, order.number), statusChip(order.status),
      order.priority && chip(t('priority'), 'warn'),
      order.recalls > 0 && chip(t('recalls', { n: order.recalls }), 'warn'),
      el('span', { class: 'soft grow' }, who(order)), actions(order, events, shown)),
    steps(order)),
  el('div', { class: 'story-grid' }, timelineCard(order, events, shown),
    el('div', { class: 'stack side' },
      card(t('items'), el('ul', { class: 'lines' }, order.items.map((line) =>
        itemRow(line, order.currency)))),
      card('', facts(order))))];
}

async function load(id, signal) {
  const path = `/v1/orders/${encodeURIComponent(id)}`;
  const [order, timeline, shown] = await Promise.all([api(path, { signal }),
    api(`${path}/timeline`, { signal }), api(`${path}/shown`, { signal })]);
  return { order, events: timeline.events, shown };
}

// A change of this order comes with the console's own stream; what displays show of it follows in
// a moment, so it is asked again a little later, too.
const FOLLOW = [300, 2500, 8000];

export function openStory(root, { path: [id], signal }) {
  const body = el('div', { class: 'stack', data: { story: id } });
  let story = null;
  let timers = [];
  const opened = () => new Set([...body.querySelectorAll('details[open]')]
    .map((node) => node.closest('[data-seq]').dataset.seq));
  const draw = (next) => {
    const mark = JSON.stringify(next);
    if (story?.mark === mark) return;
    const wasOpen = opened();
    const focused = body.contains(document.activeElement)
      && document.activeElement.closest('[data-seq]')?.dataset.seq;
    story = { ...next, mark };
    replace(body, page(next.order, next.events, next.shown));
    for (const node of body.querySelectorAll('details'))
      node.open = wasOpen.has(node.closest('[data-seq]').dataset.seq);
    if (focused) body.querySelector(`[data-seq="${focused}"] summary`)?.focus();
  };
  const again = () => load(id, signal).then(draw, () => {}); // the link says that the hub is away
  let asked = 0; // for which seq it was asked again
  const onNow = () => {
    if (!story || !live.now.now) return;
    const now = live.now.orders.get(story.order.order_id);
    const isOpen = !['completed', 'cancelled'].includes(story.order.status);
    const seq = now ? now.seq : Infinity; // not open any more: one that is later
    if (asked === seq || (now ? seq === story.order.seq : !isOpen)) return;
    asked = seq;
    timers.forEach(clearTimeout);
    timers = FOLLOW.map((ms) => setTimeout(again, ms));
  };
  replace(root, el('div', { class: 'stack' },
    el('a', { class: 'back', href: '#/order' }, icon('back'), t('back')), body));
  const keys = shortcuts([
    { keys: 'c', label: t('copy'),
      run: () => story && copyText(asText(story.order, story.events, story.shown)) },
    { keys: 'u', label: t('back'), run: () => { location.hash = '#/order'; } }]);
  live.addEventListener('now', onNow);
  const ready = fill(body, async () => {
    const next = await load(id, signal);
    setTitle(t('pageTitle', { number: next.order.number }));
    story = { ...next, mark: JSON.stringify(next) };
    return page(next.order, next.events, next.shown);
  }, signal);
  return { ready, close: () => {
    live.removeEventListener('now', onNow);
    timers.forEach(clearTimeout);
    keys();
  } };
}
