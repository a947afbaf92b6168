#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the summary of packaging/test.

    tests/tidy/summary.py RESULTS JUNIT...

RESULTS holds a line for each step: name, TAB, ok | FAILED | ctest ok | ctest FAILED, TAB, seconds.
A step `ctest` is counted by its tests, which the JUnit files hold; every other step counts as one.
The last line is `N passed, N failed`; no test at all, or one that did not run, is a failure.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def read_tests(files):
    """(name, passed) of each test."""
    tests = []
    for file in files:
        if Path(file).exists():
            for case in ElementTree.parse(file).getroot().iter("testcase"):
                tests.append((case.get("name"), case.get("status") == "run"))
    return tests


def read_steps(results):
    for line in Path(results).read_text().splitlines():
        yield line.split("\t")


def summarise(results, junit):
    tests = read_tests(junit)
    good = sum(ok for _, ok in tests)
    passed, failed = good, len(tests) - good
    lines = []
    steps = list(read_steps(results))
    for name, result, seconds in steps:
        lines.append(f"{name:<12} {result.removeprefix('ctest '):<8} {seconds:>5} s")
        if not result.startswith("ctest"):
            passed += result == "ok"
            failed += result != "ok"
        elif result == "ctest FAILED" and failed == 0:
            lines.append("  FAILED ctest itself")
            failed += 1
    wants_tests = not steps or any(result.startswith("ctest") for _, result, _ in steps)
    if tests or wants_tests:
        lines.append(f"{good} of {len(tests)} tests passed")
    lines += [f"  FAILED {name}" for name, ok in tests if not ok]
    if wants_tests and not tests:
        lines.append("  no test was run")
        failed += 1
    lines.append(f"{passed} passed, {failed} failed")
    return lines, 1 if failed else 0


if __name__ == "__main__":
    OUT, CODE = summarise(sys.argv[1], sys.argv[2:])
    print("\n".join(OUT))
    sys.exit(CODE)
