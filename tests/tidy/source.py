# SPDX-License-Identifier: Apache-2.0
"""The project's files as the rules see them."""

import os
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SOURCE_SUFFIXES = {".h", ".cpp", ".qml", ".js", ".css", ".html", ".py", ".sh", ".cmake"}
SKIPPED_DIRECTORIES = {".git", ".cache", "__pycache__", "node_modules"}
# Other people's code, kept as they released it.
VENDORED = "hub/web/vendor/"


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    rule: str
    detail: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.detail}"


@dataclass(frozen=True)
class Source:
    """One text file; `path` is relative to the project's root, with forward slashes."""

    path: str
    text: str

    @property
    def suffix(self):
        name = Path(self.path).name
        if name == "CMakeLists.txt":
            return ".cmake"
        suffix = Path(name).suffix
        if not suffix and self.text.startswith("#!"):
            program = self.text.split("\n", 1)[0]
            return ".py" if "python" in program else ".mk" if "make" in program else ".sh"
        return suffix

    @property
    def is_source(self):
        return self.suffix in SOURCE_SUFFIXES

    @property
    def is_cpp(self):
        return self.suffix in {".h", ".cpp"}

    @cached_property
    def lines(self):
        return self.text.splitlines()

    @cached_property
    def code(self):
        """The text with comments, string and character literals blanked; same lines and columns."""
        return blank(self.text) if self.suffix in {".h", ".cpp", ".qml", ".js"} else self.text

    @cached_property
    def code_lines(self):
        return self.code.splitlines()


# Comments, raw strings, strings, characters. A digit separator (1'000) is no character literal.
_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)"'
    r'|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])*\'|`(?:\\.|[^`\\])*`',
    re.DOTALL,
)


def blank(text):
    def spaces(match):
        token = match.group(0)
        inner = re.sub(r"[^\n]", " ", token)
        if token[0] in "\"'`R" and len(token) >= 2:
            return '"' + inner[1:-1] + '"'
        return inner

    return _TOKEN.sub(spaces, text)


def list_paths(root):
    """What git knows or would add; every file where there is no git."""
    try:
        out = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "-co", "--exclude-standard"],
            check=True, capture_output=True).stdout
        top = subprocess.run(
            ["git", "-C", str(root), "rev-parse", "--show-toplevel"],
            check=True, capture_output=True, text=True).stdout.strip()
        if os.path.realpath(top) == os.path.realpath(root):
            names = [name for name in out.decode().split("\0") if name]
            return sorted({name for name in names if (root / name).is_file()})
    except (OSError, subprocess.CalledProcessError):
        pass
    return sorted(walk(root))


def walk(root):
    for directory, names, files in os.walk(root):
        names[:] = [n for n in names
                    if n not in SKIPPED_DIRECTORIES and not n.startswith("build")]
        for name in files:
            yield (Path(directory) / name).relative_to(root).as_posix()


def read_all(root):
    """Text files only: a file with a NUL byte or that is not UTF-8 is none."""
    for path in list_paths(root):
        if path.startswith(VENDORED) and not path.endswith(".md"):
            continue
        data = (root / path).read_bytes()
        if b"\0" in data:
            continue
        try:
            yield Source(path, data.decode("utf-8"))
        except UnicodeDecodeError:
            continue
