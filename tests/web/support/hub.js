// SPDX-License-Identifier: Apache-2.0
// A real hub on a free port, with data of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './cleanup.js';
import { waitFor } from './wait.js';

const OUTPUT_MAX = 20000; // characters of what it says, for a failure's message

function program(variable) {
  const path = process.env[variable];
  assert.ok(path, `${variable} must name a binary; ctest sets it`);
  return path;
}

// Started, it is ready; stop() ends it. `demo: false` asks for tokens, which token(role) knows.
export class Hub {
  #child = null;
  #output = '';
  #options;
  #directory = '';
  #tokens = {};
  port = 0;

  constructor(options) {
    this.#options = { demo: true, args: [], env: {}, ...options };
  }

  // For the length of a test: `const hub = await Hub.start(t)`.
  static async start(t, options = {}) {
    const hub = new Hub(options);
    atEnd(t, () => hub.remove());
    hub.#directory = await mkdtemp(join(tmpdir(), 'cf-web-hub-'));
    await hub.launch();
    return hub;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  get data() {
    return join(this.#directory, 'data');
  }

  get pid() {
    return this.#child?.pid;
  }

  get output() {
    return this.#output.slice(-OUTPUT_MAX);
  }

  token(role) {
    return this.#tokens[role];
  }

  // Also after stop() or kill(): the same data, the same port.
  async launch() {
    const portFile = join(this.#directory, 'port');
    await rm(portFile, { force: true });
    const demo = this.#options.demo ? ['--demo'] : [];
    // It ends with this process, however this process ends.
    this.#child = spawn('setpriv', ['--pdeathsig', 'KILL', program('CF_HUB_BIN'), '--data',
      this.data, '--listen', `127.0.0.1:${this.port}`, '--port-file', portFile, ...demo,
      ...this.#options.args], { env: { ...process.env, ...this.#options.env } });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.on('data', (text) => {
        this.#output = (this.#output + text).slice(-2 * OUTPUT_MAX);
      });
    const what = () => `a hub that is ready; it said: ${this.output}`;
    await waitFor(async () => {
      this.#assertRunning();
      this.port = Number(await readFile(portFile, 'utf8').catch(() => '')) || this.port;
      if (this.port === 0) return false;
      const reply = await fetch(`${this.url}/readyz`).catch(() => null);
      return reply?.status === 200;
    }, what);
    if (!this.#options.demo)
      this.#tokens = JSON.parse(await readFile(join(this.data, 'tokens.json'), 'utf8'));
  }

  #assertRunning() {
    const { exitCode, signalCode } = this.#child;
    assert.ok(exitCode === null && signalCode === null,
      `the hub ended (${exitCode ?? signalCode}): ${this.output}`);
  }

  async #end(signal) {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  }

  // As a shutdown does it. A hub that does not go is killed by the test's own limit.
  stop() {
    return this.#end('SIGTERM');
  }

  kill() {
    return this.#end('SIGKILL');
  }

  async remove() {
    await this.kill();
    await rm(this.#directory, { recursive: true, force: true });
  }

  // {status, headers, body}; body is parsed when it is JSON. `role`: with that role's token.
  async request(method, path, body, { role, headers = {} } = {}) {
    const token = role ?? (this.#options.demo ? undefined : 'manager');
    const reply = await fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${this.token(token)}` }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await reply.text();
    const isJson = (reply.headers.get('content-type') ?? '').includes('json');
    return { status: reply.status, headers: reply.headers, body: isJson ? JSON.parse(text) : text };
  }

  get(path, options) {
    return this.request('GET', path, undefined, options);
  }

  post(path, body, options) {
    return this.request('POST', path, body, options);
  }

  put(path, body, options) {
    return this.request('PUT', path, body, options);
  }

  // A paid order, unless `fields` say otherwise; what the hub answered, `order_id` and all.
  async order(fields = {}) {
    const items = [{ line_id: '1', name: 'Cheeseburger', quantity: 2, unit_price: 950,
      category: 'grill' }, { line_id: '2', name: 'Fries', quantity: 1, unit_price: 350,
      category: 'fry' }];
    const reply = await this.post('/v1/orders', { service_type: 'takeaway', currency: 'EUR', items,
      payment: { method: 'card', amount: 2250 }, ...fields });
    assert.equal(reply.status, 201, JSON.stringify(reply.body));
    return reply.body;
  }

  // `order` is what order() gave.
  async move(order, type, payload = {}) {
    const reply = await this.post(`/v1/orders/${order.order_id}/events`, { type, payload });
    assert.equal(reply.status, 201, `${type}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  // What the restaurant says of itself, or another document: changes only what is given.
  async setDocument(name, fields) {
    const path = `/v1/settings/${name}`;
    const { body: now } = await this.get(path);
    const reply = await this.put(path, { rev: now.rev, settings: { ...now.settings, ...fields } });
    assert.equal(reply.status, 200, `${path}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  }
}
