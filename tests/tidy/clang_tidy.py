#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy over the project's sources, in parallel, and remembers what was clean.

    tests/tidy/clang_tidy.py BUILD_DIR [--jobs N] [--cache DIR] [--only PREFIX ...]

BUILD_DIR has been built: its compile commands and ninja's dependency log say what each source is
made of. A source is run again when any of that changed: its own text or a header's of the project
(by content), a system header (by size and time), the command, the checks, clang-tidy itself.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("shared/", "hub/", "kds-app/", "qml/", "tests/")


# g++'s, and clang-tidy is to see what each source includes by itself.
PRECOMPILED = re.compile(r" -Winvalid-pch -include \S+")


def plain_commands(build):
    """The compile commands without the precompiled header, also in build/clang-tidy."""
    entries = json.loads((build / "compile_commands.json").read_text())
    for entry in entries:
        entry["command"] = PRECOMPILED.sub("", entry["command"])
    directory = build / "clang-tidy"
    directory.mkdir(exist_ok=True)
    (directory / "compile_commands.json").write_text(json.dumps(entries))
    return entries


def dependencies(build):
    """object file -> what it was made of, absolute; from ninja's dependency log."""
    out = subprocess.run(["ninja", "-C", str(build), "-t", "deps"],
                         check=True, capture_output=True, text=True).stdout
    found, current = {}, None
    for line in out.splitlines():
        if line.startswith("    ") and current is not None:
            current.append(os.path.normpath(os.path.join(build, line.strip())))
        elif ": #deps" in line:
            current = found.setdefault(line.split(": #deps")[0], [])
    return found


def sources(build, only):
    """(path from the root, command, dependencies), each source once."""
    made_of = dependencies(build)
    precompiled = {os.path.normpath(os.path.join(build, name)): files
                   for name, files in made_of.items() if name.endswith(".gch")}
    seen = {}
    for entry in plain_commands(build):
        file = os.path.normpath(os.path.join(entry["directory"], entry["file"]))
        path = os.path.relpath(file, ROOT)
        if not path.startswith(ROOMS) or path in seen or not path.startswith(tuple(only)):
            continue
        output = re.search(r" -o (\S+)", entry["command"]).group(1)
        files = []
        for name in made_of.get(output, []):
            files += precompiled.get(name, [name])
        seen[path] = (path, entry["command"], files)
    return sorted(seen.values())


class Key:
    """What a result depends on, as a hash."""

    def __init__(self, build):
        self._build = str(build)
        version = subprocess.run(["clang-tidy", "--version"], check=True, capture_output=True)
        config = (ROOT / ".clang-tidy").read_bytes()
        self._base = version.stdout + config + Path(__file__).read_bytes()
        self._files = {}

    def of(self, command, made_of):
        key = hashlib.sha256(self._base)
        key.update(command.replace(self._build, "BUILD").replace(str(ROOT), "ROOT").encode())
        for path in made_of:
            key.update(self._file(path))
        return key.hexdigest()

    def _file(self, path):
        if path not in self._files:
            try:
                if path.startswith(str(ROOT)):
                    content = hashlib.sha256(Path(path).read_bytes()).hexdigest()
                else:
                    status = os.stat(path)
                    content = f"{path} {status.st_size} {int(status.st_mtime)}"
            except OSError:
                content = f"{path} is gone"
            self._files[path] = content.encode()
        return self._files[path]


def check(build, path):
    # Flags that only g++ knows are no finding.
    call = ["clang-tidy", "-p", str(build / "clang-tidy"), "--quiet",
            "--extra-arg=-Wno-unknown-warning-option",
            "--extra-arg=-Wno-unused-command-line-argument"]
    result = subprocess.run(call + [str(ROOT / path)], capture_output=True, text=True,
                            cwd=build)
    text = "\n".join(line for line in result.stdout.splitlines() if line.strip())
    if result.returncode != 0 and not text:
        text = result.stderr.strip() or f"clang-tidy ended with {result.returncode}"
    return result.returncode, text


class Printer:
    """A finding in a header comes once, however many sources include it."""

    def __init__(self):
        self._seen = set()
        self._lock = threading.Lock()

    def file(self, passed, seconds, path, text):
        with self._lock:
            print(f"{'ok  ' if passed else 'FAIL'} {seconds:6.1f} s  {path}")
            for block in re.split(r"(?m)^(?=\S+:\d+:\d+: (?:error|warning))", text):
                if not passed and block and block not in self._seen:
                    self._seen.add(block)
                    print(block.rstrip().replace(str(ROOT) + "/", ""))
            sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "clang-tidy-cache")
    parser.add_argument("--only", nargs="+", default=[""])
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    key, work, cached = Key(build), [], 0
    everything = sources(build, arguments.only)
    for path, command, made_of in everything:
        mark = arguments.cache / key.of(command, made_of)
        if made_of and mark.exists():
            os.utime(mark)
            cached += 1
        else:
            work.append((path, made_of, mark))

    def one(item):
        path, made_of, mark = item
        began = time.monotonic()
        code, text = check(build, path)
        printer.file(code == 0, time.monotonic() - began, path, text)
        if code == 0 and made_of:
            mark.touch()
        return code

    printer = Printer()
    with ThreadPoolExecutor(arguments.jobs) as pool:
        failed = sum(code != 0 for code in pool.map(one, work))
    print(f"clang-tidy: {len(everything)} sources, {cached} known to be clean, "
          f"{failed} with findings")
    if not everything:
        print("clang-tidy: nothing to look at is a failure")
    return 1 if failed or not everything else 0


if __name__ == "__main__":
    sys.exit(main())
