#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the alert sounds: are they well formed, equally loud, and can they be told apart?

    kds-app/sounds/check_sounds.py [DIR]    prints what it measured; exit 1 if a sound is at fault

It reads the files alone and knows nothing of how they were made.
"""

import cmath
import math
import struct
import sys
import wave
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

NAMES = ("new.wav", "changed.wav", "voided.wav", "recalled.wav", "late.wav", "lost.wav")
RATE = 44100
SECONDS_MAX = 1.2
BYTES_MAX = 500_000  # all together
PEAK_MAX_DB = -1.0
RMS_SPREAD_MAX_DB = 1.0
MEAN_MAX = 3         # DC offset, in steps of 16 bit
EDGE = RATE // 1000  # the first and the last millisecond ...
EDGE_MAX = 0.25      # ... reach this share of the peak at most: an attack of 3 ms or more
BAND = (700.0, 4000.0)
BAND_SHARE_MIN = 0.9     # of the energy
FRAME = RATE // 20       # 50 ms
SPECTRUM = 4096
QUIET = 0.03             # a frame below this share of the loudest frame's RMS is a rest
SAME_PITCH = 0.7         # semitones
ALIKE_PITCH = 2.0
FRAMES_APART_MIN = 0.5   # the share of frames by which two sounds differ


@dataclass
class Sound:
    name: str
    peak_db: float
    rms_db: float
    seconds: float
    band_share: float
    pitches: list  # of each frame, in Hz; 0 for a rest
    contour: str   # of each note against the one before: = the same, + higher, - lower


def decibels(value):
    return 20 * math.log10(value / 32768) if value > 0 else -math.inf


def transform(values):
    """The Fourier transform of a power of two of values."""
    size = len(values)
    if size == 1:
        return values
    even, odd = transform(values[::2]), transform(values[1::2])
    turned = [cmath.rect(1, -2 * math.pi * k / size) * odd[k] for k in range(size // 2)]
    return ([e + t for e, t in zip(even, turned)] + [e - t for e, t in zip(even, turned)])


def spectrum(frame):
    """Energy of each frequency from 0 to half the rate, RATE / SPECTRUM apart."""
    window = [0.5 - 0.5 * math.cos(2 * math.pi * (i + 0.5) / FRAME) for i in range(FRAME)]
    values = [complex(s * w) for s, w in zip(frame, window)]
    values += [0j] * (SPECTRUM - len(values))
    return [abs(v) ** 2 for v in transform(values)[:SPECTRUM // 2]]


def pitches_and_band(samples):
    """The strongest frequency of each frame, and the share of all energy that lies in BAND."""
    padded = samples + [0] * (-len(samples) % FRAME)
    frames = [padded[i:i + FRAME] for i in range(0, len(padded), FRAME)]
    energies = [sum(s * s for s in frame) for frame in frames]
    quiet = max(energies) * QUIET ** 2
    pitches, total, inside = [], 0.0, 0.0
    for frame, energy in zip(frames, energies):
        if energy <= quiet:
            pitches.append(0.0)
            continue
        powers = spectrum(frame)
        pitches.append(powers.index(max(powers)) * RATE / SPECTRUM)
        total += sum(powers)
        inside += sum(p for i, p in enumerate(powers)
                      if BAND[0] <= i * RATE / SPECTRUM <= BAND[1])
    return pitches, inside / total if total else 0.0


def semitones(low, high):
    return 12 * math.log2(high / low)


def contour_of(pitches):
    """A glide is one step; a note after a rest is a step even where the pitch is the same."""
    steps, before, rested = "", 0.0, False
    for pitch in pitches:
        if pitch and before:
            distance = semitones(before, pitch)
            step = "=" if abs(distance) < SAME_PITCH else "+" if distance > 0 else "-"
            if rested or (step != "=" and not steps.endswith(step)):
                steps += step
        rested = not pitch
        before = pitch or before
    return steps


def frames_apart(a, b):
    """The share of frames in which only one of two sounds is heard, or each at another pitch."""
    length = max(len(a), len(b))
    a, b = a + [0.0] * (length - len(a)), b + [0.0] * (length - len(b))
    apart = sum(1 for x, y in zip(a, b)
                if bool(x) != bool(y) or (x and abs(semitones(x, y)) >= ALIKE_PITCH))
    return apart / length


def loudest_rms(samples):
    size = min(RATE // 5, len(samples))
    energy = loudest = sum(s * s for s in samples[:size])
    for leaving, entering in zip(samples, samples[size:]):
        energy += entering * entering - leaving * leaving
        loudest = max(loudest, energy)
    return math.sqrt(loudest / size)


def read(path):
    """(samples, what is wrong with the format)"""
    try:
        with wave.open(str(path), "rb") as file:
            found = (file.getnchannels(), 8 * file.getsampwidth(), file.getframerate())
            data = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        return [], f"cannot be read: {error}"
    if found != (1, 16, RATE):
        return [], "{} channels, {} bit, {} Hz; wanted 1, 16, {}".format(*found, RATE)
    samples = [s for (s,) in struct.iter_unpack("<h", data[:len(data) // 2 * 2])]
    return samples, "" if any(samples) else "is silent"


def measure(name, samples):
    pitches, share = pitches_and_band(samples)
    return Sound(name, decibels(max(map(abs, samples))), decibels(loudest_rms(samples)),
                 len(samples) / RATE, share, pitches, contour_of(pitches))


def faults_alone(sound, samples):
    """What is wrong with a sound, whatever the others are."""
    peak = max(map(abs, samples))
    if sound.seconds > SECONDS_MAX:
        yield f"{sound.seconds:.3f} s; at most {SECONDS_MAX}"
    if sound.peak_db > PEAK_MAX_DB:
        yield f"peak {sound.peak_db:.2f} dBFS; at most {PEAK_MAX_DB}"
    if samples[0] or samples[-1]:
        yield f"starts at {samples[0]} and ends at {samples[-1]}; both must be 0"
    if max(map(abs, samples[:EDGE])) > EDGE_MAX * peak:
        yield "starts with a click: too loud within 1 ms"
    if max(map(abs, samples[-EDGE:])) > EDGE_MAX * peak:
        yield "ends with a click: too loud in its last 1 ms"
    if abs(sum(samples)) > MEAN_MAX * len(samples):
        yield f"DC offset {sum(samples) / len(samples):.1f}; at most {MEAN_MAX}"
    if sound.band_share < BAND_SHARE_MIN:
        yield (f"{sound.band_share:.0%} of the energy between {BAND[0]:.0f} and {BAND[1]:.0f} Hz; "
               f"at least {BAND_SHARE_MIN:.0%}")


def faults_together(sounds):
    """What is wrong between sounds."""
    if not sounds:
        return
    low = min(sounds, key=lambda s: s.rms_db)
    high = max(sounds, key=lambda s: s.rms_db)
    if high.rms_db - low.rms_db > RMS_SPREAD_MAX_DB:
        yield (f"{high.name}: {high.rms_db:.2f} dBFS RMS, but {low.name} has {low.rms_db:.2f}; "
               f"at most {RMS_SPREAD_MAX_DB} dB apart")
    for a, b in combinations(sounds, 2):
        if a.contour == b.contour:
            yield f"{a.name}, {b.name}: the same melody contour, {a.contour or 'one note'}"
        apart = frames_apart(a.pitches, b.pitches)
        if apart < FRAMES_APART_MIN:
            yield (f"{a.name}, {b.name}: differ in {apart:.0%} of their frames; "
                   f"at least {FRAMES_APART_MIN:.0%}")


def check(directory):
    """(sounds measured, faults)"""
    sounds, faults = [], []
    for name in NAMES:
        samples, wrong = read(directory / name)
        if wrong:
            faults.append(f"{name}: {wrong}")
            continue
        sounds.append(measure(name, samples))
        faults += [f"{name}: {fault}" for fault in faults_alone(sounds[-1], samples)]
    size = sum(path.stat().st_size for path in directory.glob("*.wav"))
    if size > BYTES_MAX:
        faults.append(f"{size} bytes together; at most {BYTES_MAX}")
    return sounds, faults + list(faults_together(sounds))


def main(arguments):
    directory = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    sounds, faults = check(directory)
    for s in sounds:
        heard = sorted(p for p in s.pitches if p)
        print(f"{s.name:13} {s.seconds:.2f} s  peak {s.peak_db:6.2f}  RMS {s.rms_db:6.2f} dBFS  "
              f"in band {s.band_share:4.0%}  {heard[0]:4.0f} to {heard[-1]:4.0f} Hz  {s.contour}")
    for fault in faults:
        print(fault)
    print(f"{len(sounds)} sounds, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
