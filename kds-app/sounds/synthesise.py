#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the display's alert sounds.

    kds-app/sounds/synthesise.py DIR            writes them to DIR
    kds-app/sounds/synthesise.py --check DIR    exit 1 if those in DIR are not what this makes

Nothing is random. Samples are rounded last, so the last bit of a sine, where libraries differ, all
but never shows in them; where it does, it is by 1, and --check lets that pass.
"""

import argparse
import io
import math
import struct
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Tuple, Union

RATE = 44100
FULL_SCALE = 32767
# The loudest 200 ms of each sound have this RMS, in dB of full scale.
LOUDNESS_DB = -10.5
LOUDNESS_WINDOW = RATE // 5
HEADER_BYTES = 44

# Strengths of a note's partials: the fundamental, its octave, and so on. Only the square's lie
# above 4 kHz, for an edge.
BELL = (1.0, 0.4)
REED = (1.0, 0.5, 0.4, 0.25)
DARK = (1.0, 0.12)
FLUTE = (1.0, 0.3)
SQUARE = (1.0, 0.0, 0.3, 0.0, 0.1)
HORN = (1.0, 0.7, 0.5, 0.4)

# Pitches in Hz.
F5_SHARP, A5, B5_FLAT, C6, C6_SHARP, G6, B6 = 740.0, 880.0, 932.3, 1046.5, 1108.7, 1568.0, 1975.5


@dataclass(frozen=True)
class Note:
    """Times in seconds. `pitch` may be a function of the time since the note began."""

    start: float
    length: float
    pitch: Union[float, Callable[[float], float]]
    partials: Tuple[float, ...]
    decay: float = math.inf  # the time in which it falls to 1/e
    attack: float = 0.006
    release: float = 0.015


def warble(t):
    """An octave up and back in 0.8 s, with a fast tremble."""
    arch = 0.5 - 0.5 * math.cos(2 * math.pi * t / 0.8)
    return 930.0 * 2 ** arch * (1 + 0.025 * math.sin(2 * math.pi * 20 * t))


SOUNDS = {
    "new.wav": (Note(0, 0.5, C6, BELL, decay=0.25, release=0.1),
                Note(0.15, 0.55, G6, BELL, decay=0.25, release=0.2)),
    "changed.wav": tuple(Note(0.15 * i, 0.1, A5, REED) for i in range(3)),
    "voided.wav": (Note(0, 0.25, C6_SHARP, DARK, attack=0.015, release=0.04),
                   Note(0.25, 0.4, F5_SHARP, DARK, attack=0.015, decay=0.4, release=0.12)),
    "recalled.wav": (Note(0, 0.8, warble, FLUTE, attack=0.02, release=0.05),),
    "late.wav": tuple(Note(0.2 * i, 0.15, B6, SQUARE, attack=0.004) for i in range(2)),
    "lost.wav": tuple(Note(0.3 * i, 0.3, F5_SHARP if i % 2 else B5_FLAT, HORN, attack=0.012)
                      for i in range(4)),
}


def swell(x):
    """From 0 to 1 without a corner."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, x))


def add_note(mix, note):
    first, count = round(note.start * RATE), round(note.length * RATE)
    turns = 0.0
    for i in range(count):
        t = i / RATE
        tone = sum(strength * math.sin(2 * math.pi * ((turns * k) % 1.0))
                   for k, strength in enumerate(note.partials, 1) if strength)
        ends = swell(t / note.attack) * swell((count - 1 - i) / RATE / note.release)
        mix[first + i] += tone * ends * math.exp(-t / note.decay)
        turns += (note.pitch(t) if callable(note.pitch) else note.pitch) / RATE


def loudest_rms(samples):
    """Of the loudest stretch of 200 ms; of the whole where it is shorter."""
    size = min(LOUDNESS_WINDOW, len(samples))
    energy = loudest = math.fsum(s * s for s in samples[:size])
    for leaving, entering in zip(samples, samples[size:]):
        energy += entering * entering - leaving * leaving
        loudest = max(loudest, energy)
    return math.sqrt(loudest / size)


def synthesise(notes):
    """Samples of 16 bit."""
    mix = [0.0] * max(round(n.start * RATE) + round(n.length * RATE) for n in notes)
    for note in notes:
        add_note(mix, note)
    gain = FULL_SCALE * 10 ** (LOUDNESS_DB / 20) / loudest_rms(mix)
    return [math.floor(gain * value + 0.5) for value in mix]


def wave_bytes(samples):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return out.getvalue()


def difference(found, made):
    """What is wrong with the file `found`, or nothing."""
    if found == made:
        return ""
    if len(found) != len(made):
        return f"{len(found)} bytes; the script makes {len(made)}"
    if found[:HEADER_BYTES] != made[:HEADER_BYTES]:
        return "its header is not the one that the script makes"
    pairs = zip(struct.iter_unpack("<h", found[HEADER_BYTES:]),
                struct.iter_unpack("<h", made[HEADER_BYTES:]))
    for i, ((a,), (b,)) in enumerate(pairs):
        if abs(a - b) > 1:
            return f"sample {i} is {a}; the script makes {b}"
    return ""


def check(directory):
    """One line for each file that is not what the script makes."""
    problems = [f"{path.name}: the script makes no such file"
                for path in sorted(directory.glob("*.wav")) if path.name not in SOUNDS]
    for name, notes in SOUNDS.items():
        path = directory / name
        if not path.is_file():
            problems.append(f"{name}: is not there")
            continue
        wrong = difference(path.read_bytes(), wave_bytes(synthesise(notes)))
        if wrong:
            problems.append(f"{name}: {wrong}")
    return problems


def main(arguments):
    parser = argparse.ArgumentParser(description="Makes the display's alert sounds.")
    parser.add_argument("directory", type=Path, metavar="DIR")
    parser.add_argument("--check", action="store_true",
                        help="write nothing; exit 1 if the files in DIR are not these")
    options = parser.parse_args(arguments)
    if options.check:
        problems = check(options.directory)
        print("\n".join(problems) or f"{len(SOUNDS)} sounds are what the script makes")
        return 1 if problems else 0
    options.directory.mkdir(parents=True, exist_ok=True)
    for name, notes in SOUNDS.items():
        (options.directory / name).write_bytes(wave_bytes(synthesise(notes)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
