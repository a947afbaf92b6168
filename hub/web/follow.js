// SPDX-License-Identifier: Apache-2.0
// Follows the hub for a page: server-sent events, polling when they do not get through, and the
// plain truth when neither does. Every reconnect goes on from the last id that was seen. For
// televisions too: no syntax younger than 2018.
const SILENCE = 40000; // ms; the hub says something every 15 s
const FIRST = 8000; // ms; and at once when it is connected to
const GRACE = 2500; // ms; a reconnect faster than this is nobody's business
const STREAM_TRIES = 3; // in a row without one message: then polling
const STREAM_AGAIN = 60000; // ms; while polling
const FRESH = 5000; // ms; heard so lately, a page that is seen again need not ask
const BEAT = 2000; // ms
const ASLEEP = 10000; // ms between two beats: the machine slept
const POLL_PAUSE = 500; // ms; a hub that answers at once is asked twice a second at most
const WAIT_MAX = 15000; // ms between two attempts

const pause = (ms) => new Promise((go) => setTimeout(go, ms));

class Follower {
  constructor(options) {
    this.options = options;
    this.lastId = '';
    this.source = null; // the EventSource in use
    this.poller = null; // the polling loop in use
    this.fails = 0;
    this.delay = 0;
    this.alive = 0; // when the hub was last heard
    this.beat = Date.now();
    this.lost = 0;
    this.silence = 0;
    this.retry = 0;
  }

  start() {
    const wake = () => this.wake();
    const restart = () => this.restart();
    document.addEventListener('visibilitychange', wake);
    document.addEventListener('resume', wake);
    // A page that is left behind holds nothing open, so that it can come back as it was.
    addEventListener('pagehide', () => this.stop());
    addEventListener('pageshow', (event) => event.persisted && restart());
    addEventListener('online', restart);
    addEventListener('offline', () => this.unheard(0));
    setInterval(() => {
      const slept = Date.now() - this.beat > ASLEEP;
      this.beat = Date.now();
      if (slept) wake();
    }, BEAT);
    this.stream();
  }

  address(path, more) {
    return `${path}?${more}since=${encodeURIComponent(this.lastId)}`;
  }

  backOff() {
    this.delay = Math.min(this.delay * 2 || 1000, WAIT_MAX);
    return this.delay * (0.5 + Math.random() / 2);
  }

  heard() {
    this.alive = Date.now();
    this.fails = this.delay = 0;
    clearTimeout(this.lost);
    this.lost = 0;
    this.options.heard(this.alive);
    if (this.source) this.watch(SILENCE);
  }

  unheard(after) {
    if (!this.lost) this.lost = setTimeout(this.options.lost, after);
  }

  watch(limit) {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.fails += 1;
      this.unheard(0);
      this.reopen(0);
    }, limit);
  }

  closeStream() {
    if (this.source) this.source.close();
    this.source = null;
    clearTimeout(this.silence);
  }

  stopPolling() {
    if (this.poller && this.poller.request) this.poller.request.abort();
    this.poller = null;
  }

  stop() {
    clearTimeout(this.retry);
    this.closeStream();
    this.stopPolling();
  }

  reopen(wait) {
    this.closeStream();
    clearTimeout(this.retry);
    const polls = this.fails >= STREAM_TRIES;
    this.retry = setTimeout(() => (polls ? this.poll() : this.stream()), wait);
  }

  stream() {
    this.closeStream();
    const source = this.source = new EventSource(this.address(this.options.api + '/stream', ''));
    const take = (event) => {
      if (source !== this.source) return;
      this.stopPolling();
      if (event.lastEventId) this.lastId = event.lastEventId;
      if (event.type !== 'hb') this.options.take(JSON.parse(event.data));
      this.heard();
    };
    for (const type of this.options.names.concat('hb')) source.addEventListener(type, take);
    source.onerror = () => {
      if (source === this.source) this.streamFailed();
    };
    this.watch(FIRST);
  }

  streamFailed() {
    this.fails += 1;
    if (this.poller) {
      this.closeStream();
      return;
    }
    this.unheard(GRACE);
    // Closed: the browser has given up (an HTTP error); else it tries again by itself, from where
    // it was.
    if (this.source.readyState === 2 || this.fails >= STREAM_TRIES) this.reopen(this.backOff());
    else this.watch(FIRST);
  }

  async ask(poller) {
    poller.request = new AbortController();
    const limit = setTimeout(() => poller.request.abort(), SILENCE);
    try {
      const reply = await fetch(this.address(this.options.polls, 'wait=25&'),
        { signal: poller.request.signal, cache: 'no-store' });
      if (!reply.ok) throw new Error(reply.status);
      return this.options.read(await reply.json());
    } catch (error) {
      return null;
    } finally {
      clearTimeout(limit);
    }
  }

  async poll() {
    if (this.poller) return;
    this.closeStream();
    const poller = this.poller = {};
    let again = Date.now() + STREAM_AGAIN;
    while (poller === this.poller) {
      const answer = await this.ask(poller);
      if (poller !== this.poller) return;
      if (answer) {
        answer.views.forEach((view) => this.options.take(view));
        this.lastId = answer.cursor;
        this.heard();
        await pause(POLL_PAUSE);
      } else {
        this.unheard(GRACE);
        await pause(this.backOff());
      }
      if (poller === this.poller && Date.now() > again) {
        again = Date.now() + STREAM_AGAIN;
        this.stream();
      }
    }
  }

  // What looks connected after a sleep is not: ask at once.
  restart() {
    this.fails = this.delay = 0;
    this.stop();
    this.stream();
  }

  wake() {
    if (!document.hidden && Date.now() - this.alive >= FRESH) this.restart();
  }
}

// `api`: streams at api + '/stream', polls at `polls`, each with `since`. `names`: the stream's
// events. Calls take(view) for each view in its order, read(answer) for a poll's answer (it gives
// {cursor, views}), heard(at) whenever the hub was, lost() once it was not for a while.
export function follow(options) {
  new Follower(options).start();
}
