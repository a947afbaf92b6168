#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the project's Markdown says is true.

    tests/tidy/docs.py [--bin DIR] [ROOT]

Links inside the project lead somewhere. With --bin, the directory of the binaries: every option
that a ```sh block gives to one of them is in its --help, and each block under a comment

    <!-- tested: WORDS -->

is run by bash against a fresh demo hub and must print WORDS. In it 127.0.0.1:7300 stands for that
hub, /var/lib/counterfire for its data, and /var/backups for a directory beside it.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from source import Finding, list_paths  # noqa: E402
from waiting import wait_for  # noqa: E402

_LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)")
_BLOCK = re.compile(
    r"(?:^<!-- tested: (?P<words>.+?) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL)
_PROGRAMS = ("counterfire-hub", "counterfire-feed", "counterfire-kds", "counterfirectl",
             "counterfire-prove", "counterfire-torment")
# Commands that are another program's command line.
_HANDED_ON = {("counterfirectl", "prove"): "counterfire-prove"}


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def check_links(path, text, root):
    prose = _BLOCK.sub(lambda match: "\n" * match.group(0).count("\n"), text)
    for match in _LINK.finditer(prose):
        target = match.group(1).split("#")[0]
        if not target or re.match(r"[a-z]+:", target):
            continue
        if not (root / path).parent.joinpath(target).exists():
            yield Finding(path, line_of(prose, match.start()), "link", f"{target} is not there")


def blocks(text):
    """(line, words or None, body) of each ```sh block."""
    for match in _BLOCK.finditer(text):
        if match.group("kind") == "sh":
            yield line_of(text, match.start()), match.group("words"), match.group("body")


def options_used(body):
    """(program, option) of each call; a backslash continues a line."""
    for line in body.replace("\\\n", " ").splitlines():
        words = line.split("#")[0].split()
        for place, word in enumerate(words):
            program = word.rsplit("/", 1)[-1]
            if program in _PROGRAMS:
                program = _HANDED_ON.get((program, *words[place + 1:place + 2]), program)
                for option in words[place + 1:]:
                    if option.startswith("-"):
                        yield program, option.split("=")[0]


def check_options(path, text, helps):
    for line, _, body in blocks(text):
        for program, option in options_used(body):
            known = helps.get(program)
            if known is not None and not re.search(
                    rf"(?<![\w-]){re.escape(option)}(?![\w-])", known):
                yield Finding(path, line, "option", f"{program} has no {option}")


def read_helps(binaries):
    found = {}
    for program in _PROGRAMS:
        if (binaries / program).exists():
            result = subprocess.run([binaries / program, "--help"], capture_output=True, text=True,
                                    timeout=60, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
            found[program] = result.stdout + result.stderr
    return found


@contextmanager
def demo_hub(binaries):
    """(address, data directory) of a hub of our own."""
    with tempfile.TemporaryDirectory() as directory:
        data, port, log = (Path(directory) / name for name in ("data", "port", "log"))
        with open(log, "wb") as output:
            hub = subprocess.Popen(
                [binaries / "counterfire-hub", "--demo", "--listen", "127.0.0.1:0",
                 "--data", data, "--port-file", port], stdout=output, stderr=output)
        try:
            wait_for("the hub's port",
                     lambda: hub.poll() is not None or port.exists() and port.read_text().strip())
            if hub.poll() is not None:
                raise AssertionError(f"the hub did not start: {log.read_text()}")
            yield f"127.0.0.1:{port.read_text().strip()}", data
        finally:
            if hub.poll() is None:
                hub.send_signal(signal.SIGTERM)
            hub.wait(timeout=30)


def run_blocks(path, text, binaries):
    marked = [block for block in blocks(text) if block[1] is not None]
    if not marked:
        return
    with demo_hub(binaries) as (address, data):
        for line, words, body in marked:
            script = body.replace("127.0.0.1:7300", address)
            script = script.replace("/var/lib/counterfire", str(data))
            script = script.replace("/var/backups", str(data.parent))
            result = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True,
                timeout=60, env={**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}"})
            if result.returncode != 0 or words not in result.stdout:
                yield Finding(path, line, "tested", f"exit {result.returncode}, printed "
                              f"{(result.stdout + result.stderr)[-600:]!r}, not {words!r}")


def check(root, binaries):
    findings, run = [], 0
    helps = read_helps(binaries) if binaries else {}
    for path in list_paths(root):
        if path.endswith(".md"):
            text = (root / path).read_text(encoding="utf-8")
            findings += check_links(path, text, root)
            findings += check_options(path, text, helps)
            if binaries:
                findings += run_blocks(path, text, binaries)
                run += sum(words is not None for _, words, _ in blocks(text))
    return findings, run


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=Path)
    parser.add_argument("root", type=Path, nargs="?", default=Path(__file__).resolve().parents[2])
    options = parser.parse_args(arguments)
    findings, run = check(options.root, options.bin.resolve() if options.bin else None)
    for finding in findings:
        print(finding)
    print(f"docs: {run} blocks run, {len(findings)} findings")
    if options.bin and run == 0:
        print("docs: no block to run is a failure")
        return 1
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
