// SPDX-License-Identifier: Apache-2.0
// Talking to the hub: every answer that is not good becomes a Problem, whatever went wrong.
const TIMEOUT = 20000; // ms; the hub answers in milliseconds, a report over a month in a second

// A problem+json document (RFC 9457) of the hub, or the same shape for what never reached it:
// code 'unreachable' (no answer) or 'unreadable' (not JSON).
export class Problem extends Error {
  constructor(body, status = 0) {
    super(body.detail || body.title || 'The hub did not say why.');
    this.status = status;
    this.code = body.code || 'unreadable';
    this.title = body.title || '';
    this.errors = body.errors || []; // [{pointer, detail}]
    this.body = body;
  }
  // What is wrong with one field; '' when nothing is.
  at(pointer) {
    return this.errors.filter((one) => one.pointer === pointer).map((one) => one.detail).join('; ');
  }
  get unreachable() { return this.code === 'unreachable'; }
}

// 'signed-out' when the hub no longer knows the session; 'reached' after every answer.
export const hubEvents = new EventTarget();

async function problemOf(reply) {
  try {
    const body = await reply.json();
    return new Problem(body, reply.status);
  } catch {
    return new Problem({ title: `The hub answered ${reply.status}.` }, reply.status);
  }
}

// method, json (a body), body + headers (anything else), signal, as: 'json' | 'text' | 'reply'.
export async function api(path, options = {}) {
  const { method = 'GET', json, body, headers = {}, signal, as = 'json' } = options;
  const limit = AbortSignal.timeout(TIMEOUT);
  const either = new AbortController();
  for (const one of [limit, signal]) {
    if (one) one.addEventListener('abort', () => either.abort(one.reason), { once: true });
    if (one && one.aborted) either.abort(one.reason);
  }
  let reply;
  try {
    reply = await fetch(path, {
      method,
      signal: either.signal,
      cache: 'no-store',
      headers: json === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
      body: json === undefined ? body : JSON.stringify(json),
    });
  } catch (error) {
    if (signal && signal.aborted) throw error; // the view was left: nobody asks any more
    throw new Problem({ code: 'unreachable', title: 'The hub does not answer.',
      detail: 'The hub does not answer. Is it running, and is this device on its network?' });
  }
  hubEvents.dispatchEvent(new Event('reached'));
  if (!reply.ok) {
    const problem = await problemOf(reply);
    if (reply.status === 401 && !path.startsWith('/v1/session'))
      hubEvents.dispatchEvent(new Event('signed-out'));
    throw problem;
  }
  if (as === 'reply') return reply;
  if (as === 'text') return reply.text();
  if (reply.status === 204) return null;
  try {
    return await reply.json();
  } catch {
    throw new Problem({ title: 'The hub\'s answer could not be read.' }, reply.status);
  }
}

// { role, name } of who is signed in; null when nobody is.
export async function whoAmI() {
  try {
    return await api('/v1/session');
  } catch (problem) {
    if (problem.status === 401) return null;
    throw problem;
  }
}

// A token travels as everywhere; a PIN in the body. What comes back is a cookie out of script's
// reach.
export const signIn = ({ token, pin }) => api('/v1/session', { method: 'POST',
  ...(token ? { headers: { Authorization: `Bearer ${token}` } } : { json: { pin } }) });
export const signOut = () => api('/v1/session', { method: 'DELETE', as: 'reply' });

// '/v1/x?a=1' from ('/v1/x', {a: 1, b: ''}): what is empty is left out.
export function withQuery(path, values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== '' && value !== null && value !== undefined) query.set(name, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
