// SPDX-License-Identifier: Apache-2.0
// A bell made here: nothing to load. Browsers let a page sound only after a touch or a key:
// unlock() belongs into the handler of one.
const Context = window.AudioContext || window.webkitAudioContext;
const NOTES = [[880, 0], [1174.66, 0.16], [1567.98, 0.32]]; // Hz, s after the first
const RING = 1.4; // s, one ring and its echo
let context = null;

export const canRing = Boolean(Context || navigator.vibrate);

// True when what is rung from now on can be heard.
export async function unlock() {
  if (!Context) return false;
  context = context || new Context();
  // Never settles in a page that nobody has touched.
  await Promise.race([context.resume(), new Promise((go) => setTimeout(go, 300))]);
  return context.state === 'running';
}

function strike(hertz, at, loudness) {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = 'triangle';
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(loudness, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 1);
  tone.connect(volume);
  volume.connect(context.destination);
  tone.start(at);
  tone.stop(at + 1.05);
}

// `times` rings; false when nothing can be heard.
export function ring(times, loudness) {
  if (!context || context.state !== 'running') return false;
  for (let i = 0; i < times; i += 1)
    for (const [hertz, after] of NOTES)
      strike(hertz, context.currentTime + 0.02 + i * RING + after, loudness || 0.35);
  return true;
}

export function vibrate(pattern) {
  return Boolean(navigator.vibrate && navigator.vibrate(pattern));
}
