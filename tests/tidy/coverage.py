#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The coverage gate: how much of each room's lines the tests must run.

    tests/tidy/coverage.py BUILD_DIR [--clear] [--all] [--only PREFIX]

BUILD_DIR was built with the coverage preset and its tests have run. Names each line that was not
run, as path:line, in the rooms that fall short (--all: in every room), and fails if one does;
--clear forgets the counts of earlier runs; --only judges the rooms under PREFIX.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Room -> percent of its lines. What hub and display both decide by is run to the last line; beside
# it stand failures that only a broken disk or a lost race can make.
GATES = {
    "shared/order": 100,
    "shared/kitchen": 100,
    "shared/protocol": 100,
    "hub/log": 95,
    "hub/order": 95,
    "hub/stream": 95,
    "kds-app/store": 95,
    "kds-app/sync": 95,
}


def room_of(path):
    """The gated room that the file lies in, or None."""
    room = "/".join(path.split("/")[:2])
    return room if room in GATES else None


def counts(reports, root):
    """path -> line -> times run, over all translation units and template instances."""
    lines = defaultdict(lambda: defaultdict(int))
    for report in reports:
        directory = report.get("current_working_directory", "")
        for file in report["files"]:
            name = os.path.normpath(os.path.join(directory, file["file"]))
            path = os.path.relpath(name, root)
            if room_of(path):
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


def missed_lines(lines, path):
    return sorted(number for number, count in lines[path].items() if count == 0)


def name_missed(lines, paths):
    return [f"{path}:{first}: not run by any test" + (f", to {last}" if last > first else "")
            for path in paths
            for first, last in ranges(missed_lines(lines, path), sorted(lines[path]))]


def judge(lines, name_all=False):
    """(what to print, whether the gate is passed)."""
    out, summary, passed = [], [], True
    for room, least in GATES.items():
        paths = sorted(path for path in lines if room_of(path) == room)
        total = sum(len(lines[path]) for path in paths)
        missed = sum(len(missed_lines(lines, path)) for path in paths)
        if total == 0:
            summary.append(f"coverage: {room}: no line was measured")
            passed = False
            continue
        enough = 100 * (total - missed) >= least * total
        passed = passed and enough
        if name_all or not enough:
            out += name_missed(lines, paths)
        summary.append(f"coverage: {room}: {total - missed} of {total} lines in {len(paths)} files "
                       f"({100 * (total - missed) / total:.2f} %, at least {least} %)"
                       + ("" if enough else ": NOT ENOUGH"))
    return out + summary, passed


def main(arguments):
    build = Path(arguments[0]).resolve()
    if "--clear" in arguments[1:]:
        for data in build.rglob("*.gcda"):
            data.unlink()
        return 0
    if "--only" in arguments[1:]:
        prefix = arguments[arguments.index("--only") + 1]
        for room in [room for room in GATES if not room.startswith(prefix)]:
            del GATES[room]
    out, passed = judge(counts(gcov_reports(build), ROOT), "--all" in arguments[1:])
    print("\n".join(out))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
