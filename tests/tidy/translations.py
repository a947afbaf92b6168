#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a cook reads is translated, in every language: kds-app/translations/*.ts.

    tests/tidy/translations.py [--sources] [ROOT]    prints what is wrong; exit 1 if anything is

A message is finished, keeps the source's places (%1) and its leading sign (▶), and is in all files.
With --sources lupdate reads the sources: the files must have just the messages that those have.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = "kds-app/translations"
SOURCES = ("kds-app", "qml")
TOOLS = "/usr/lib/qt6/bin"
PLACE = re.compile(r"%(?:L?\d{1,2}|n)")


class Unreadable(Exception):
    pass


def read(path):
    """(context, source, comment) -> (what the translation is marked as, its texts)"""
    try:
        root = ElementTree.parse(str(path)).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise Unreadable(f"cannot be read: {error}") from error
    messages = {}
    for context in root.iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""),
                   message.findtext("comment", ""))
            found = message.find("translation")
            if found is None:
                messages[key] = ("unfinished", [])
                continue
            forms = found.findall("numerusform") or [found]
            messages[key] = (found.get("type", ""), [form.text or "" for form in forms])
    return messages


def described(key):
    context, source, comment = key
    return f'{context}: "{source}"' + (f" ({comment})" if comment else "")


def sign(text):
    """The symbol that a text begins with; ? is one where it stands for "not known"."""
    first = text[:1]
    return first if first and (unicodedata.category(first)[0] == "S" or first == "?") else ""


def places(text):
    return sorted(PLACE.findall(text))


def faults_alone(messages):
    """What is wrong with one language, whatever the others are."""
    for key, (mark, texts) in messages.items():
        if mark:
            yield f"{described(key)}: is {mark}"
        if not texts or not all(text.strip() for text in texts):
            yield f"{described(key)}: is empty"
            continue
        for text in texts:
            if places(text) != places(key[1]):
                yield (f'{described(key)}: has the places {" ".join(places(key[1])) or "none"}, '
                       f'"{text}" has {" ".join(places(text)) or "none"}')
            if sign(text) != sign(key[1]):
                yield (f'{described(key)}: begins with the sign {sign(key[1]) or "none"}, '
                       f'"{text}" with {sign(text) or "none"}')


def faults_together(languages):
    """Messages that one file has and another lacks."""
    everything = {key: name for name, messages in languages.items() for key in messages}
    for name, messages in languages.items():
        for key, other in everything.items():
            if key not in messages:
                yield f"{name}: {described(key)}: is missing; {other} has it"


def updated(root, names):
    """name -> the messages that it has after lupdate has read the sources."""
    tool = shutil.which("lupdate", path=TOOLS) or shutil.which("lupdate")
    if not tool:
        raise Unreadable("lupdate is not installed; it is in qt6-l10n-tools")
    with tempfile.TemporaryDirectory() as directory:
        copies = [shutil.copy(root / FILES / name, directory) for name in names]
        done = subprocess.run(
            [tool, *SOURCES, "-locations", "none", "-no-obsolete", "-ts", *copies],
            cwd=root, capture_output=True, text=True)
        if done.returncode != 0:
            raise Unreadable(f"lupdate failed: {done.stderr.strip()}")
        return {Path(copy).name: read(copy) for copy in copies}


def faults_of_sources(languages, after):
    for name, messages in languages.items():
        for key in after[name]:
            if key not in messages:
                yield f"{name}: {described(key)}: is missing; the sources have it"
        for key in messages:
            if key not in after[name]:
                yield f"{name}: {described(key)}: is in no source"


def check(root, with_sources):
    """(languages, faults)"""
    languages, faults = {}, []
    for path in sorted((root / FILES).glob("*.ts")):
        try:
            languages[path.name] = read(path)
        except Unreadable as error:
            faults.append(f"{path.name}: {error}")
            continue
        faults += [f"{path.name}: {fault}" for fault in faults_alone(languages[path.name])]
    if not languages:
        return languages, faults + [f"no translation in {FILES}"]
    faults += faults_together(languages)
    if with_sources:
        try:
            faults += faults_of_sources(languages, updated(root, list(languages)))
        except Unreadable as error:
            faults.append(str(error))
    return languages, faults


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sources", action="store_true")
    parser.add_argument("root", nargs="?", type=Path, default=ROOT)
    options = parser.parse_args(arguments)
    languages, faults = check(options.root, options.sources)
    for fault in faults:
        print(fault)
    messages = len({key for one in languages.values() for key in one})
    print(f"translations: {len(languages)} files, {messages} messages, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
