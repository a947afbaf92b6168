// SPDX-License-Identifier: Apache-2.0
// Keeps the page up to date: server-sent events, polling when they do not get through, and the
// plain truth when neither does. CSS shows the words of data-status.
'use strict';
(() => {
  const SILENCE = 40000; // ms; the hub says something every 15 s
  const GRACE = 2500; // a reconnect faster than this is nobody's business
  const STREAM_TRIES = 3; // in a row without one message: then polling
  const STREAM_AGAIN = 60000;
  const get = (id) => document.getElementById(id);
  const order = get('order');
  const notice = get('notice');
  const asOf = document.querySelector('#asof time');
  const api = '/v1/track/' + encodeURIComponent(location.pathname.split('/').pop());
  let lastId = '';
  let source = null; // the EventSource in use
  let poller = null; // the polling loop in use
  let fails = 0;
  let delay = 0;
  let fresh = Date.parse(asOf.dateTime) || Date.now();
  let alive = 0; // when the hub was last heard by this script
  let lost, silence, retry;

  const clock = (ms) => new Date(ms).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit',
    ...(Math.abs(Date.now() - ms) > 43200000 && { weekday: 'short' }) });
  const showTime = (node, iso) => {
    node.dateTime = iso || '';
    node.textContent = iso ? clock(Date.parse(iso)) : '';
  };
  const element = (name, textContent) =>
    Object.assign(document.createElement(name), { textContent });
  const pause = (ms) => new Promise((go) => setTimeout(go, ms));
  const backOff = () => {
    delay = Math.min(delay * 2 || 1000, 15000);
    return delay * (0.5 + Math.random() / 2);
  };

  function title() {
    const says = [...document.querySelectorAll('.say')].find((p) => p.offsetParent);
    const number = get('number');
    number.classList.toggle('long', number.textContent.length > 6);
    document.title = (says ? says.textContent + ' · ' : '') + 'Order ' + number.textContent;
    return document.title;
  }

  function show(view) {
    const at = Object.fromEntries(view.steps.map((step) => [step.name, step.at]));
    const moved = view.status !== order.dataset.status;
    order.dataset.status = view.status;
    order.dataset.seq = view.seq;
    get('number').textContent = view.number;
    for (const step of ['received', 'in_kitchen', 'ready'])
      showTime(order.querySelector(`.s-${step} time`), at[step]);
    get('eta').dataset.at = view.eta || '';
    showTime(get('eta').querySelector('time'), view.eta);
    get('items').replaceChildren(...view.items.map((item) => {
      const li = document.createElement('li');
      li.className = item.voided ? 'void' : '';
      li.append(element('b', item.quantity + ' ×'), ' ', element('span', item.name));
      return li;
    }));
    const now = title();
    if (moved) get('live').textContent = now;
  }

  function heard() {
    alive = fresh = Date.now();
    fails = delay = 0;
    clearTimeout(lost);
    lost = 0;
    notice.hidden = true;
    showTime(asOf, new Date(fresh).toISOString());
    if (source) watch();
  }

  function unheard(after) {
    lost = lost || setTimeout(() => {
      notice.textContent = `Connection lost, last updated ${clock(fresh)}. Trying again…`;
      notice.hidden = false;
    }, after);
  }

  function watch() {
    clearTimeout(silence);
    silence = setTimeout(() => {
      fails += 1;
      unheard(0);
      reopen(0);
    }, SILENCE);
  }

  function closeStream() {
    if (source) source.close();
    source = null;
    clearTimeout(silence);
  }

  function reopen(wait) {
    closeStream();
    clearTimeout(retry);
    retry = setTimeout(fails >= STREAM_TRIES ? poll : stream, wait);
  }

  function stream() {
    closeStream();
    const mine = source = new EventSource(api + '/stream');
    const take = (event) => {
      if (mine !== source) return;
      stopPolling();
      if (event.lastEventId) lastId = event.lastEventId;
      if (event.type !== 'hb') show(JSON.parse(event.data));
      heard();
    };
    for (const type of ['snapshot', 'status', 'hb']) mine.addEventListener(type, take);
    mine.onerror = () => {
      if (mine !== source) return;
      fails += 1;
      if (poller) return closeStream();
      unheard(GRACE);
      // Closed: the browser has given up (an HTTP error); else it tries again by itself.
      if (mine.readyState === 2 || fails >= STREAM_TRIES) reopen(backOff());
    };
    watch();
  }

  function stopPolling() {
    if (poller && poller.request) poller.request.abort();
    poller = null;
  }

  async function ask(mine) {
    mine.request = new AbortController();
    const limit = setTimeout(() => mine.request.abort(), SILENCE);
    try {
      const reply = await fetch(api + '/events?wait=25&since=' + encodeURIComponent(lastId),
        { signal: mine.request.signal, cache: 'no-store' });
      if (!reply.ok) throw new Error(reply.status);
      return await reply.json();
    } catch (error) {
      return null;
    } finally {
      clearTimeout(limit);
    }
  }

  async function poll() {
    if (poller) return;
    closeStream();
    const mine = poller = {};
    let again = Date.now() + STREAM_AGAIN;
    while (mine === poller) {
      const answer = await ask(mine);
      if (mine !== poller) return;
      if (answer) {
        answer.events.forEach(show);
        lastId = answer.cursor;
        heard();
      } else {
        unheard(GRACE);
        await pause(backOff());
      }
      if (mine === poller && Date.now() > again) {
        again = Date.now() + STREAM_AGAIN;
        stream();
      }
    }
  }

  // A phone that slept has a socket that only looks open.
  function wake() {
    if (document.hidden || Date.now() - alive < 5000) return;
    fails = delay = 0;
    clearTimeout(retry);
    stopPolling();
    stream();
  }

  for (const node of document.querySelectorAll('main time')) showTime(node, node.dateTime);
  title();
  document.addEventListener('visibilitychange', wake);
  addEventListener('pageshow', (event) => event.persisted && wake());
  addEventListener('online', () => {
    alive = 0;
    wake();
  });
  addEventListener('offline', () => unheard(0));
  stream();
})();
