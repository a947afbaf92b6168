#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The coverage gate: every line of shared/order and shared/protocol is run by the tests.

    tests/tidy/coverage.py BUILD_DIR [--clear]

BUILD_DIR was built with the coverage preset and its tests have run. Names each line that was not
run as path:line, and fails if there is one; --clear forgets the counts of earlier runs.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GATED = ("shared/order/", "shared/protocol/")


def counts(reports, root):
    """path -> line -> times run, over all translation units and template instances."""
    lines = defaultdict(lambda: defaultdict(int))
    for report in reports:
        directory = report.get("current_working_directory", "")
        for file in report["files"]:
            name = os.path.normpath(os.path.join(directory, file["file"]))
            path = os.path.relpath(name, root)
            if path.startswith(GATED):
                for line in file["lines"]:
                    lines[path][line["line_number"]] += line["count"]
    return lines


def gcov_reports(build):
    """One per object; an object that was never run has counts of zero."""
    for note in sorted(build.rglob("*.gcno")):
        out = subprocess.run(["gcov", "--json-format", "--stdout", str(note)], cwd=build,
                             check=True, capture_output=True, text=True).stdout
        for line in out.splitlines():
            if line.strip():
                yield json.loads(line)


def ranges(numbers, executable):
    """Neighbours among the lines that can be run, together: [(first, last)]."""
    found, place = [], {number: i for i, number in enumerate(executable)}
    for number in numbers:
        if found and place[number] == place[found[-1][1]] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def judge(lines):
    """(what to print, whether the gate is passed)."""
    out, total, missed = [], 0, 0
    for path in sorted(lines):
        bad = sorted(number for number, count in lines[path].items() if count == 0)
        out += [f"{path}:{first}: not run by any test" + (f", to {last}" if last > first else "")
                for first, last in ranges(bad, sorted(lines[path]))]
        total += len(lines[path])
        missed += len(bad)
    if total == 0:
        return ["coverage: no line was measured"], False
    share = 100 * (total - missed) / total
    out.append(f"coverage: {total - missed} of {total} lines in {len(lines)} files of "
               f"{' and '.join(name.rstrip('/') for name in GATED)} ({share:.2f} %)")
    return out, missed == 0


def main(arguments):
    build = Path(arguments[0]).resolve()
    if "--clear" in arguments[1:]:
        for data in build.rglob("*.gcda"):
            data.unlink()
        return 0
    out, passed = judge(counts(gcov_reports(build), ROOT))
    print("\n".join(out))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
