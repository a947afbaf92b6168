#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The gates of packaging/test can fail: coverage, clang-tidy, the summary, the docs."""

import os
import subprocess
import sys
import tempfile
import unittest
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import coverage  # noqa: E402
import docs  # noqa: E402
import summary  # noqa: E402


def report(name, lines):
    return {"current_working_directory": "/p/build",
            "files": [{"file": name,
                       "lines": [{"line_number": n, "count": c} for n, c in lines.items()]}]}


class Coverage(unittest.TestCase):
    """With two rooms: one to be run to the last line, one nearly."""

    GATES = {"shared/order": 100, "hub/log": 95}
    ALL_RUN = [report("/p/shared/order/b.cpp", {1: 1}), report("/p/hub/log/b.cpp", {1: 1})]

    def judged(self, *reports):
        with mock.patch.object(coverage, "GATES", self.GATES):
            return coverage.judge(coverage.counts(list(reports) + self.ALL_RUN, "/p"))

    def test_a_line_that_is_not_run_fails_and_is_named(self):
        out, passed = self.judged(report("../shared/order/a.cpp", {3: 1, 4: 0}))
        self.assertFalse(passed)
        self.assertEqual("shared/order/a.cpp:4: not run by any test", out[0])
        self.assertIn("shared/order: 2 of 3 lines in 2 files", out[1])
        self.assertIn("NOT ENOUGH", out[1])

    def test_neighbours_are_named_together(self):
        out, _ = self.judged(report("/p/shared/order/a.cpp", {3: 0, 5: 0, 7: 1, 8: 0}))
        self.assertEqual(["shared/order/a.cpp:3: not run by any test, to 5",
                          "shared/order/a.cpp:8: not run by any test"], out[:-2])

    def test_a_line_run_in_any_object_is_run(self):
        _, passed = self.judged(report("../shared/order/a.h", {3: 0}),
                                report("/p/shared/order/a.h", {3: 7}))
        self.assertTrue(passed)

    def test_each_room_has_its_share(self):
        def file(missed):
            return report("/p/hub/log/a.cpp", {n: int(n > missed) for n in range(1, 100)})
        out, passed = self.judged(file(5))
        self.assertTrue(passed)
        self.assertIn("hub/log: 95 of 100 lines in 2 files (95.00 %, at least 95 %)", out[-1])
        out, passed = self.judged(file(6))
        self.assertFalse(passed)
        self.assertEqual("hub/log/a.cpp:1: not run by any test, to 6", out[0])

    def test_other_rooms_are_not_gated(self):
        out, passed = self.judged(report("/p/hub/a.cpp", {1: 0}),
                                  report("/p/hub/net/a.cpp", {1: 0}))
        self.assertTrue(passed)
        self.assertEqual(2, len(out))

    def test_a_room_that_was_not_measured_fails(self):
        with mock.patch.object(coverage, "GATES", self.GATES):
            out, passed = coverage.judge(coverage.counts(self.ALL_RUN[:1], "/p"))
        self.assertFalse(passed)
        self.assertEqual("coverage: hub/log: no line was measured", out[-1])


JUNIT = """<testsuite tests="4" failures="1" disabled="0" skipped="1">
<testcase name="a" status="run" time="1"/>
<testcase name="b" status="fail" time="1"><failure/></testcase>
<testcase name="c" status="notrun"><skipped/></testcase>
<testcase name="d" status="run" time="1"/></testsuite>"""


class Summary(unittest.TestCase):
    def written(self, steps, junit=None):
        with tempfile.TemporaryDirectory() as directory:
            results = Path(directory) / "results"
            results.write_text("".join("\t".join(step) + "\n" for step in steps))
            files = []
            if junit is not None:
                (Path(directory) / "a.xml").write_text(junit)
                files = [str(Path(directory) / "a.xml")]
            return summary.summarise(str(results), files)

    def test_all_well(self):
        lines, code = self.written([("build", "ok", "3"), ("tests", "ctest ok", "4")],
                                   '<testsuite><testcase name="a" status="run"/></testsuite>')
        self.assertEqual(("2 passed, 0 failed", 0), (lines[-1], code))

    def test_a_failed_step_fails(self):
        lines, code = self.written([("build", "FAILED", "3")],
                                   '<testsuite><testcase name="a" status="run"/></testsuite>')
        self.assertEqual(("1 passed, 1 failed", 1), (lines[-1], code))

    def test_failed_and_skipped_tests_fail(self):
        lines, code = self.written([("build", "ok", "3")], JUNIT)
        self.assertEqual(("3 passed, 2 failed", 1), (lines[-1], code))
        self.assertTrue(any("b" in line and "FAILED" in line for line in lines))

    def test_no_test_is_a_failure(self):
        for steps in ([], [("tests", "ctest ok", "3")]):
            for junit in (None, "<testsuite></testsuite>"):
                lines, code = self.written(steps, junit)
                self.assertEqual(("0 passed, 1 failed", 1), (lines[-1], code))

    def test_a_ctest_that_fails_without_a_failed_test_fails(self):
        lines, code = self.written([("tests", "ctest FAILED", "3")],
                                   '<testsuite><testcase name="a" status="run"/></testsuite>')
        self.assertEqual(("1 passed, 1 failed", 1), (lines[-1], code))

    def test_a_step_that_has_no_tests_alone(self):
        lines, code = self.written([("qmllint", "ok", "3")])
        self.assertEqual(("1 passed, 0 failed", 0), (lines[-1], code))


class Docs(unittest.TestCase):
    def found(self, text, helps=None):
        with tempfile.TemporaryDirectory() as directory:
            (Path(directory) / "here.md").write_text(text)
            return ([f.rule for f in docs.check_links("a.md", text, Path(directory))]
                    + [f.rule for f in docs.check_options("a.md", text, helps or {})])

    def test_a_link_must_lead_somewhere(self):
        self.assertEqual([], self.found("[a](here.md) [b](http://x/y) [c](#d) `[e](f)`"))
        self.assertEqual(["link"], self.found("[a](gone.md)"))
        self.assertEqual([], self.found("```sh\n[a](gone.md)\n```\n"))

    def test_an_option_must_exist(self):
        helps = {"counterfire-hub": "  --data DIR\n"}
        self.assertEqual([], self.found("```sh\ncounterfire-hub --data=/x\n```\n", helps))
        self.assertEqual(["option"], self.found(
            "```sh\nbin/counterfire-hub \\\n  --dat /x # y\n```\n", helps))

    def test_a_command_handed_on_has_the_options_of_the_other_program(self):
        helps = {"counterfirectl": "  --data DIR\n", "counterfire-prove": "  --seeds N\n"}
        self.assertEqual([], self.found("```sh\ncounterfirectl prove --seeds 2\n```\n", helps))
        self.assertEqual(["option", "option"], self.found(
            "```sh\ncounterfirectl prove --data /x\ncounterfirectl verify --seeds 2\n```\n", helps))

    def test_a_tested_block_is_run_against_the_hub(self):
        def hub(_):
            return nullcontext(("127.0.0.1:1", Path("/d")))
        text = ("a\n<!-- tested: 1 /d/x -->\n```sh\n"
                "echo 127.0.0.1:7300 /var/lib/counterfire/x\n```\n")
        with mock.patch.object(docs, "demo_hub", hub):
            self.assertEqual([], list(docs.run_blocks("a.md", text, Path("/bin"))))
            for bad in (text.replace("echo", "true"), text.replace("echo", "false;echo")):
                self.assertEqual(["tested"],
                                 [f.rule for f in docs.run_blocks("a.md", bad, Path("/bin"))])


class Install(unittest.TestCase):
    """packaging/install-dependencies against a dpkg and an apt-get of the test's."""

    def installed(self, apt, provides=""):
        script = HERE.parents[1] / "packaging" / "install-dependencies"
        with tempfile.TemporaryDirectory() as directory:
            there = Path(directory)
            tools = {"dpkg-query": f'[[ ${{4-}} ]] || printf "install ok installed:{provides}\\n"\n'
                                   f'test -e "{there}/${{4-none}}" && '
                                   f'printf "install ok installed"',
                     "apt-get": apt, "sleep": "true", "id": "echo 0",
                     "env": 'shift; exec "$@"'}
            for name, body in tools.items():
                (there / name).write_text(
                    f'#!/bin/bash\necho "$@" >>"{there}/{name}.log"\nTHERE="{there}"\n{body}\n')
                (there / name).chmod(0o755)
            result = subprocess.run(["bash", str(script), "run"], capture_output=True, text=True,
                                    env={**os.environ, "PATH": f"{there}:/usr/bin:/bin"})
            log = there / "apt-get.log"
            calls = log.read_text().splitlines() if log.exists() else []
            again = subprocess.run(["bash", str(script), "run"], capture_output=True, text=True,
                                   env={**os.environ, "PATH": f"{there}:/usr/bin:/bin"})
            after = log.read_text().splitlines() if log.exists() else []
            return result, calls, again, after

    INSTALLS = 'for a; do [[ $a == -* || $a == *=* ]] || touch "$THERE/$a"; done'

    def test_installs_what_lacks_and_then_asks_nothing(self):
        result, calls, again, after = self.installed(self.INSTALLS)
        self.assertEqual((0, 0), (result.returncode, again.returncode), result.stderr)
        self.assertEqual(["update", "install"], [self.verb(call) for call in calls])
        self.assertEqual(calls, after)

    def test_takes_what_another_package_provides(self):
        result, calls, _, _ = self.installed(self.INSTALLS, provides="ninja-build (= 1), cmake")
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertNotIn("cmake", calls[1].split())
        self.assertNotIn("ninja-build", calls[1].split())
        self.assertIn("ccache", calls[1].split())

    def test_tries_three_times_and_fails(self):
        result, calls, _, _ = self.installed("exit 1")
        self.assertEqual((1, 3), (result.returncode, len(calls)))
        self.assertIn("apt-get update failed", result.stderr)

    def test_says_what_is_still_missing(self):
        result, _, _, _ = self.installed("true")
        self.assertEqual(1, result.returncode)
        self.assertIn("still missing after installing: g++", result.stderr)

    @staticmethod
    def verb(call):
        return next(word for word in call.split() if word in ("update", "install"))


if __name__ == "__main__":
    unittest.main()
