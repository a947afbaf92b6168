// SPDX-License-Identifier: Apache-2.0
// The network between a browser and the hub, which a test can cut: Chromium's own "offline" leaves
// the streams alone that are open already.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { atEnd } from './cleanup.js';

export class Cable {
  #pairs = new Set();
  #isCut = false;
  #server;
  #hub;
  resumed = []; // the last event each stream that was opened again had seen

  // For the length of a test; `url` is the hub's, through the cable.
  static async lay(t, hub) {
    const cable = new Cable();
    cable.#hub = hub;
    cable.#server = createServer((client) => cable.#join(client));
    cable.#server.listen(0, '127.0.0.1');
    await once(cable.#server, 'listening');
    atEnd(t, () => {
      cable.cut();
      cable.#server.close();
    });
    return cable;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  #join(client) {
    if (this.#isCut) {
      client.destroy();
      return;
    }
    const server = connect(this.#hub.port, '127.0.0.1');
    const pair = [client, server];
    this.#pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => null);
      socket.on('close', () => {
        this.#pairs.delete(pair);
        pair.forEach((one) => one.destroy());
      });
    }
    client.on('data', (bytes) => {
      const header = /^last-event-id: *(\S+)/im.exec(bytes.toString('latin1'));
      if (header) this.resumed.push(header[1]);
    });
    client.pipe(server).pipe(client);
  }

  // Everything that is open ends, and nothing new gets through.
  cut() {
    this.#isCut = true;
    for (const pair of this.#pairs) pair.forEach((socket) => socket.destroy());
  }

  // What is open looks so still, but nothing comes any more: a phone out of reach.
  numb() {
    for (const [client, server] of this.#pairs) {
      client.unpipe(server);
      server.unpipe(client);
      server.resume();
      client.resume();
    }
  }

  mend() {
    this.#isCut = false;
  }
}
