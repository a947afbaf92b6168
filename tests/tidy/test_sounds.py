#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The alert sounds are what their script makes and measure well, and both checks can fail."""

import functools
import io
import math
import shutil
import struct
import sys
import tempfile
import unittest
import wave
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

SOUNDS = Path(__file__).resolve().parents[2] / "kds-app" / "sounds"
sys.path.insert(0, str(SOUNDS))
sys.dont_write_bytecode = True

import check_sounds  # noqa: E402
import synthesise  # noqa: E402

RATE = synthesise.RATE


def remembering(function):
    """Measures no sound twice."""
    known = {}

    @functools.wraps(function)
    def remembered(name, samples):
        key = (name, tuple(samples))
        if key not in known:
            known[key] = function(name, samples)
        return known[key]
    return remembered


MEASURE = remembering(check_sounds.measure)
SYNTHESISE = functools.lru_cache(maxsize=None)(synthesise.synthesise)


class OnACopy(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.copy = Path(holder.name)
        for path in SOUNDS.glob("*.wav"):
            shutil.copy(path, self.copy)
        for module, name, memory in ((check_sounds, "measure", MEASURE),
                                     (synthesise, "synthesise", SYNTHESISE)):
            patch = mock.patch.object(module, name, memory)
            patch.start()
            self.addCleanup(patch.stop)

    def samples(self, name):
        return check_sounds.read(self.copy / name)[0]

    def write(self, name, samples, channels=1, rate=RATE):
        with wave.open(str(self.copy / name), "wb") as file:
            file.setnchannels(channels)
            file.setsampwidth(2)
            file.setframerate(rate)
            clipped = [max(-32768, min(32767, round(s))) for s in samples]
            file.writeframes(struct.pack(f"<{len(clipped)}h", *clipped))

    def said(self, main, *arguments):
        out = io.StringIO()
        with redirect_stdout(out):
            status = main([*arguments, str(self.copy)])
        return status, out.getvalue()


class Measured(OnACopy):
    def demand_fault(self, expected):
        status, said = self.said(check_sounds.main)
        self.assertEqual(1, status)
        self.assertIn(expected, said)

    def test_the_sounds_pass(self):
        status, said = self.said(check_sounds.main)
        self.assertEqual(0, status, said)
        self.assertIn("6 sounds, 0 faults", said)

    def test_one_is_missing(self):
        (self.copy / "lost.wav").unlink()
        self.demand_fault("lost.wav: cannot be read")

    def test_one_is_no_wave_file(self):
        (self.copy / "new.wav").write_text("la la la")
        self.demand_fault("new.wav: cannot be read")

    def test_two_channels(self):
        self.write("late.wav", self.samples("late.wav"), channels=2)
        self.demand_fault("late.wav: 2 channels")

    def test_another_rate(self):
        self.write("late.wav", self.samples("late.wav"), rate=48000)
        self.demand_fault("late.wav: 1 channels, 16 bit, 48000 Hz")

    def test_silence(self):
        self.write("late.wav", [0] * RATE)
        self.demand_fault("late.wav: is silent")

    def test_too_long(self):
        self.write("lost.wav", self.samples("lost.wav") + [0] * 441)
        self.demand_fault("lost.wav: 1.210 s")

    def test_too_much_together(self):
        (self.copy / "spare.wav").write_bytes(b"\1" * 200_000)
        self.demand_fault("bytes together; at most 500000")

    def test_the_peak_is_too_high(self):
        self.write("new.wav", [1.1 * s for s in self.samples("new.wav")])
        self.demand_fault("new.wav: peak")

    def test_one_is_softer(self):
        self.write("voided.wav", [0.85 * s for s in self.samples("voided.wav")])
        self.demand_fault("but voided.wav has -11.9")

    def test_it_starts_with_a_click(self):
        self.write("voided.wav", [0] + self.samples("voided.wav")[1000:])
        self.demand_fault("voided.wav: starts with a click")

    def test_it_ends_with_a_click(self):
        self.write("late.wav", self.samples("late.wav")[:-1000] + [0])
        self.demand_fault("late.wav: ends with a click")

    def test_it_starts_or_ends_beside_0(self):
        samples = self.samples("new.wav")
        self.write("new.wav", samples[:-1] + [1])
        self.demand_fault("new.wav: starts at 0 and ends at 1;")
        self.write("new.wav", [-1] + samples[1:])
        self.demand_fault("new.wav: starts at -1 and ends at 0;")

    def test_dc_offset(self):
        self.write("changed.wav", [s + 40 for s in self.samples("changed.wav")])
        self.demand_fault("changed.wav: DC offset")

    def test_a_hum_below_the_band(self):
        self.write("late.wav", [s + 4000 * math.sin(2 * math.pi * 220 * i / RATE)
                                for i, s in enumerate(self.samples("late.wav"))])
        self.demand_fault("of the energy between 700 and 4000 Hz")

    def test_a_melody_twice(self):
        shutil.copy(self.copy / "late.wav", self.copy / "changed.wav")
        self.demand_fault("changed.wav, late.wav: the same melody contour, =")
        self.demand_fault("changed.wav, late.wav: differ in 0% of their frames")

    def test_a_melody_twice_at_another_pitch(self):
        self.write("new.wav", self.samples("new.wav")[::-1])
        self.demand_fault("new.wav, voided.wav: the same melody contour, -")


class Made(OnACopy):
    def demand_fault(self, expected):
        status, said = self.said(synthesise.main, "--check")
        self.assertEqual((1, expected), (status, said.strip()))

    def test_the_sounds_are_what_the_script_makes(self):
        self.assertEqual((0, "6 sounds are what the script makes\n"),
                         self.said(synthesise.main, "--check"))

    def test_what_it_writes_is_what_it_checks(self):
        for path in self.copy.glob("*.wav"):
            path.unlink()
        self.assertEqual(0, self.said(synthesise.main)[0])
        self.assertEqual(0, self.said(synthesise.main, "--check")[0])

    def test_a_sample_may_differ_by_one_and_no_more(self):
        samples = self.samples("new.wav")
        samples[5000] += 1
        self.write("new.wav", samples)
        self.assertEqual(0, self.said(synthesise.main, "--check")[0])
        samples[5000] += 1
        self.write("new.wav", samples)
        self.demand_fault(f"new.wav: sample 5000 is {samples[5000]}; "
                          f"the script makes {samples[5000] - 2}")

    def test_another_length(self):
        data = (self.copy / "lost.wav").read_bytes()
        (self.copy / "lost.wav").write_bytes(data[:-2])
        self.demand_fault(f"lost.wav: {len(data) - 2} bytes; the script makes {len(data)}")

    def test_another_header(self):
        self.write("lost.wav", self.samples("lost.wav"), rate=48000)
        self.demand_fault("lost.wav: its header is not the one that the script makes")

    def test_one_is_missing(self):
        (self.copy / "voided.wav").unlink()
        self.demand_fault("voided.wav: is not there")

    def test_one_too_many(self):
        (self.copy / "spare.wav").write_bytes(b"")
        self.demand_fault("spare.wav: the script makes no such file")


if __name__ == "__main__":
    unittest.main()
