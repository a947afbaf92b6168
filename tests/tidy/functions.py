# SPDX-License-Identifier: Apache-2.0
"""How long functions are, found without a compiler: by braces, in text without literals."""

import ast
import re

_CONTAINER = re.compile(r"\b(?:namespace|class|struct|union|enum|extern)\b[^()]*$")
_ACCESS = re.compile(
    r"(\s*(public|protected|private|Q_SIGNALS)?\s*(Q_SLOTS)?\s*:(?!:)"
    r"|\s*Q_[A-Z_]+\s*(\([^)]*\))?)+")
_NAME = re.compile(r"([~\w:]+(?:\s*operator\s*\S+?)?)\s*\(")


def without_preprocessor(code):
    """Blanks directives, with their continuation lines."""
    out, continued = [], False
    for line in code.split("\n"):
        directive = continued or line.lstrip().startswith("#")
        continued = directive and line.rstrip().endswith("\\")
        out.append("" if directive else line)
    return "\n".join(out)


def cpp_functions(source):
    """(name, first line, lines) of each function defined outside any other, body included."""
    code = without_preprocessor(source.code)
    found = []
    head_start, parens, containers = 0, 0, 0
    i, end = 0, len(code)
    while i < end:
        c = code[i]
        if c in "([":
            parens += 1
        elif c in ")]":
            parens -= 1
        elif c == "{":
            head = code[head_start:i]
            if parens == 0 and _CONTAINER.search(_without_template(head)):
                containers += 1
                head_start = i + 1
            else:
                close = matching_brace(code, i)
                if parens == 0 and "(" in head:
                    found.append(_measure(code, head_start, i, close))
                    head_start = close + 1
                i = close
        elif c == "}" and parens == 0:
            containers -= 1
            head_start = i + 1
        elif c == ";" and parens == 0:
            head_start = i + 1
        i += 1
    return found


def _without_template(head):
    """`template <class T>` names no container."""
    return re.sub(r"template\s*<[^{}()]*?>(?=\s*[\w\[:~])", "", head)


def _measure(code, head_start, brace, close):
    head = code[head_start:brace]
    access = _ACCESS.match(head)
    if access:
        head_start += access.end()
        head = head[access.end():]
    first = head_start + len(head) - len(head.lstrip())
    name = _NAME.search(head)
    start_line = code.count("\n", 0, first) + 1
    return (name.group(1) if name else "?", start_line, code.count("\n", first, close) + 1)


def matching_brace(code, start):
    depth = 0
    for i in range(start, len(code)):
        if code[i] == "{":
            depth += 1
        elif code[i] == "}":
            depth -= 1
            if depth == 0:
                return i
    return len(code) - 1


_SCRIPT_HEAD = re.compile(
    r"\bfunction\s*(\w*)\s*\([^)]*\)[^{};]*\{"
    r"|\b(?:const|let)\s+(\w+)\s*=\s*(?:async\s*)?\([^)]*\)\s*=>\s*\{"
    r"|\b(on[A-Z]\w*)\s*:\s*(?:\([^)]*\)\s*=>\s*)?\{")


def script_functions(source):
    """JavaScript, alone or in QML: named functions and signal handlers. A wrapper without a name
    is not counted: it holds the others."""
    code, found, last = source.code, [], 0
    for match in _SCRIPT_HEAD.finditer(code):
        name = match.group(1) or match.group(2) or match.group(3)
        if not name or match.start() < last:
            continue
        last = matching_brace(code, match.end() - 1)
        line = code.count("\n", 0, match.start()) + 1
        found.append((name, line, code.count("\n", match.start(), last) + 1))
    return found


def python_functions(source):
    tree = ast.parse(source.text)
    return [(node.name, node.lineno, node.end_lineno - node.lineno + 1)
            for node in ast.walk(tree)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def shell_functions(source):
    found, start, name = [], 0, ""
    for number, line in enumerate(source.lines, 1):
        head = re.match(r"(\w+)\(\) [{(]$", line)
        if head:
            name, start = head.group(1), number
        elif start and line in ("}", ")"):
            found.append((name, start, number - start + 1))
            start = 0
    return found


def functions_of(source):
    suffix = source.suffix
    if source.is_cpp:
        return cpp_functions(source)
    if suffix in {".js", ".qml"}:
        return script_functions(source)
    if suffix == ".py":
        return python_functions(source)
    if suffix == ".sh":
        return shell_functions(source)
    return []
