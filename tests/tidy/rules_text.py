# SPDX-License-Identifier: Apache-2.0
"""Rules a file can break by itself: lengths, first lines, words."""

import re
from html.parser import HTMLParser

from functions import functions_of
from source import Finding

FILE_LINES_MAX = 400
QML_LINES_MAX = 200
FUNCTION_LINES_MAX = 70
FUNCTION_LINES_GOAL = 40
COLUMNS_MAX = 100
SPDX = "SPDX-License-Identifier: Apache-2.0"
TOP_LEVEL = {"CMakeLists.txt", "hub", "kds-app", "shared", "qml", "tests", "packaging",
             "README.md", "LICENSE", "CMakePresets.json"}

# Spelt with a bracket so that this file does not break its own rule.
_WORDS = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK|s[t]ub|n[o]t i[m]plemented)\b")
# (suffixes, only under, expression, why); looked for in code, not in comments or strings.
_CODE_BANS = [
    ({".h", ".cpp"}, "", re.compile(r"\bsender\s*\(\s*\)"),
     "sender() hides who called; connect with a lambda that knows"),
    ({".h", ".cpp"}, "", re.compile(r"\b(SIGNAL|SLOT)\s*\("), "string connects fail at run time"),
    ({".h", ".cpp"}, "", re.compile(r"\b(Q_FOREACH|foreach)\s*\("), "use a range for"),
    ({".h", ".cpp"}, "", re.compile(r"\bgoto\b"), "no goto"),
    ({".h", ".cpp"}, "", re.compile(r"\b(strcpy|strcat|sprintf|gets|popen)\s*\(|std::system\s*\("),
     "unbounded, or a shell"),
    ({".h", ".cpp"}, "tests/", re.compile(r"\bsleep(_for|_until)?\s*\(|\bu(sleep)\s*\("),
     "a test waits on a condition, never on time"),
    ({".h", ".cpp"}, "tests/", re.compile(r"\bQ(Test::q(Sleep|Wait)\s*\(|Thread::m?u?sleep\s*\()"),
     "a test waits on a condition, never on time"),
    ({".py"}, "tests/", re.compile(r"\btime\.sleep\s*\("),
     "a test waits on a condition, never on time"),
    ({".h", ".cpp", ".qml"}, "tests/", re.compile(r"\b(Q[S]KIP|QEXPECT_F[A]IL)\b"),
     "a test that may not run proves nothing"),
]
# A file that polls something outside the process, by a bounded loop, may pause in one place.
PAUSE_FILES = {"tests/tidy/waiting.py"}


def check_text(source):
    checks = [file_length, function_length, columns, first_line, pragma_once, root_includes,
              banned_words, banned_code, html_rules, qml_rules]
    for check in checks:
        yield from check(source)


def file_length(source):
    bound = QML_LINES_MAX if source.suffix == ".qml" else FILE_LINES_MAX
    if source.is_source and len(source.lines) > bound:
        yield Finding(source.path, len(source.lines), "file-length",
                      f"{len(source.lines)} lines; at most {bound}")


def function_length(source):
    for name, line, length in functions_of(source):
        if length > FUNCTION_LINES_MAX:
            yield Finding(source.path, line, "function-length",
                          f"{name} has {length} lines; at most {FUNCTION_LINES_MAX}")


def long_functions(source):
    """Over the goal, within the bound: counted, not refused."""
    return [f for f in functions_of(source)
            if FUNCTION_LINES_GOAL < f[2] <= FUNCTION_LINES_MAX]


def columns(source):
    # Pages and their styles are served as they are: a break is a byte on every customer's phone.
    if not source.is_source or source.suffix in {".html", ".css"}:
        return
    for number, line in enumerate(source.lines, 1):
        if len(line) > COLUMNS_MAX:
            yield Finding(source.path, number, "columns", f"{len(line)} columns; at most 100")
        if "\t" in line:
            yield Finding(source.path, number, "columns", "a tab")


def first_line(source):
    if not source.is_source or source.suffix == ".html":
        return
    lines = source.lines
    allowed = 2 if lines and lines[0].startswith("#!") else 1
    if not any(SPDX in line for line in lines[:allowed]):
        yield Finding(source.path, 1, "spdx", f"the first line must say {SPDX}")


def pragma_once(source):
    if source.suffix == ".h" and "#pragma once" not in source.lines[:3]:
        yield Finding(source.path, 1, "pragma-once", "a header starts with #pragma once")


def root_includes(source):
    if not source.is_cpp:
        return
    for number, line in enumerate(source.lines, 1):
        match = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
        if match and "/" not in match.group(1) and not match.group(1).endswith(".moc"):
            yield Finding(source.path, number, "root-include",
                          f'"{match.group(1)}" is not named from the root')
        if match and ".." in match.group(1).split("/"):
            yield Finding(source.path, number, "root-include", "an include with ..")


def banned_words(source):
    if not source.is_source and source.suffix != ".md":
        return
    for number, line in enumerate(source.lines, 1):
        match = _WORDS.search(line)
        if match:
            yield Finding(source.path, number, "banned-word", match.group(1))


def banned_code(source):
    for suffixes, under, expression, why in _CODE_BANS:
        if source.suffix not in suffixes or not source.path.startswith(under):
            continue
        if source.suffix == ".py" and source.path in PAUSE_FILES:
            continue
        for number, line in enumerate(source.code_lines, 1):
            match = expression.search(line)
            if match:
                yield Finding(source.path, number, "banned-code",
                              f"{match.group(0).strip()}: {why}")


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []
        self._script = None

    def handle_starttag(self, tag, attrs):
        names = {name for name, _ in attrs}
        for name in sorted(names):
            if name.startswith("on") or name == "style":
                self.found.append((self.getpos()[0], f"{name}= on <{tag}>"))
        if tag == "style":
            self.found.append((self.getpos()[0], "<style>"))
        if tag == "script" and "src" not in names:
            kind = dict(attrs).get("type", "")
            if kind != "application/json":
                self.found.append((self.getpos()[0], "inline <script>"))
        for name, value in attrs:
            if name in {"href", "src", "action"} and (value or "").strip().lower().startswith(
                    "javascript:"):
                self.found.append((self.getpos()[0], f"javascript: in {name}"))


def html_rules(source):
    """The pages are served with a policy that allows no inline script or style."""
    if source.suffix != ".html":
        return
    page = _Page()
    page.feed(source.text)
    for line, what in page.found:
        yield Finding(source.path, line, "inline-html", what)


def qml_rules(source):
    if source.suffix != ".qml" or source.path.startswith("tests/"):
        return
    if re.search(r"\bdelegate\s*:", source.code) and not re.search(
            r"^pragma ComponentBehavior\s*:\s*Bound", source.text, re.MULTILINE):
        yield Finding(source.path, 1, "qml-bound",
                      "a file with a delegate says `pragma ComponentBehavior: Bound`")


def check_top_level(paths):
    for name in sorted({path.split("/")[0] for path in paths}):
        if name not in TOP_LEVEL and not name.startswith("."):
            yield Finding(name, 1, "top-level", "nothing else belongs at the top")
