#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""packaging/run says no when it should: each fault, against programs that only pretend."""

import os
import signal
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from waiting import wait_for  # noqa: E402

RUN = HERE.parents[1] / "packaging" / "run"
PROGRAMS = ("counterfire-hub", "counterfire-feed", "counterfire-kds", "counterfirectl")
# fault -> what the script must say of it
FAULTS = {
    "other-digest": "boards DIFFER",
    "other-count": "boards DIFFER",
    "other-log": "boards DIFFER",
    "not-sound": "boards are equal",
    "hub-does-not-start": "the hub did not start",
    "display-dies": "display died",
    "feed-dies": "feed died",
    "feed-ends-badly": "feed ended with 6",
    "kds-ends-badly": "display ended with 6",
    "hub-ends-badly": "hub ended with 6",
}


class Place:
    """A directory with the pretending programs, and packaging/run over it."""

    def __init__(self):
        self._directory = tempfile.TemporaryDirectory()
        self.root = Path(self._directory.name)
        (self.root / "bin").mkdir()
        for name in PROGRAMS:
            (self.root / "bin" / name).symlink_to(HERE / "fake_programs.py")
        self.log = self.root / "log"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._directory.cleanup()

    def start(self, fault, *arguments):
        environment = {**os.environ, "FAKE": fault, "FAKE_LOG": str(self.log),
                       "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.Popen(
            ["bash", str(RUN), "--build", str(self.root), "--data", str(self.root / "data"),
             "--offscreen", *arguments], env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)

    def ended(self):
        return self.log.read_text().splitlines() if self.log.exists() else []


def run(fault):
    with Place() as place:
        process = place.start(fault, "--for", "1")
        out, _ = process.communicate(timeout=100)
        return process.returncode, out, place.ended()


class Run(unittest.TestCase):
    def test_each_fault_fails_and_is_named(self):
        with ThreadPoolExecutor(3) as pool:
            for fault, (code, out, _) in zip(FAULTS, pool.map(run, FAULTS)):
                with self.subTest(fault=fault):
                    self.assertEqual(1, code, out)
                    self.assertIn(FAULTS[fault], out)

    def test_all_well_is_0_and_stops_in_order(self):
        code, out, ended = run("")
        self.assertEqual(0, code, out)
        self.assertIn("boards are equal", out)
        self.assertIn("/t/y", out)
        self.assertEqual(
            ["counterfire-feed ended", "counterfire-kds ended", "counterfire-hub ended"],
            [line for line in ended if "ctl" not in line])

    def test_ctrl_c_stops_everything_in_order(self):
        with Place() as place:
            process = place.start("")
            for line in process.stdout:
                if "Ctrl-C" in line:
                    break
            # As a terminal does: to the whole process group.
            os.killpg(process.pid, signal.SIGINT)
            out, _ = process.communicate(timeout=60)
            self.assertEqual(0, process.returncode, out)
            self.assertEqual(
                ["counterfire-feed ended", "counterfire-kds ended", "counterfire-hub ended"],
                place.ended())

    def test_nothing_outlives_a_killed_script(self):
        with Place() as place:
            process = place.start("")
            for line in process.stdout:
                if "Ctrl-C" in line:
                    break
            process.kill()
            wait_for("the programs to end", lambda: len(place.ended()) == 3)
            process.communicate(timeout=60)

    def test_wrong_options_are_refused(self):
        for arguments in (["--for"], ["--for", "x"], ["--nonsense"], ["--size", "big"],
                          ["--port", "-1"]):
            with Place() as place:
                process = place.start("", *arguments)
                out, _ = process.communicate(timeout=60)
                self.assertEqual(2, process.returncode, out)
                self.assertEqual([], place.ended())


if __name__ == "__main__":
    unittest.main()
