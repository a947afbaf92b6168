#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the rules of the house: edges between rooms, lengths, words.

    tests/tidy/tidy.py [ROOT]     prints what breaks a rule as path:line: rule: why; exit 1 if any
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from rules_edges import check_edges  # noqa: E402
from rules_text import check_text, check_top_level, long_functions  # noqa: E402
from source import list_paths, read_all  # noqa: E402


def run(root):
    """(findings, files looked at, functions over the goal)."""
    findings, files, over = list(check_top_level(list_paths(root))), 0, []
    for source in read_all(root):
        files += 1
        findings += check_text(source)
        findings += check_edges(source)
        if not source.path.startswith("tests/"):
            over += [(source.path, *function) for function in long_functions(source)]
    return findings, files, over


def main(arguments):
    root = Path(arguments[0] if arguments else Path(__file__).resolve().parents[2])
    findings, files, over = run(root)
    for finding in sorted(findings, key=lambda f: (f.path, f.line)):
        print(finding)
    if files == 0:
        print(f"tidy: no file under {root}")
        return 1
    for path, name, line, length in over:
        print(f"note: {path}:{line}: {name} has {length} lines; the goal is 40")
    print(f"tidy: {files} files, {len(findings)} findings, {len(over)} functions over 40 lines")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
