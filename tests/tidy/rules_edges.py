# SPDX-License-Identifier: Apache-2.0
"""Who may know whom: includes between rooms, what lies outside the project, and link lists."""

import re
from dataclasses import dataclass, field

from source import Finding

# What a room may not know, by the headers that would tell it.
OUTSIDE = {
    "network": r"QTcp\w*|QUdp\w*|QNetwork\w*|QWebSocket\w*|QSsl\w*|QLocal(Socket|Server)"
               r"|QHost\w+|QAbstractSocket|Qt(Network|WebSockets)(/.*)?|sys/socket\.h|netinet/.*"
               r"|netdb\.h|arpa/.*|curl/.*|boost/(asio|beast).*",
    "sql": r"QSql\w*|QtSql(/.*)?|sqlite3\w*\.h",
    "files": r"QFile\w*|QDir\w*|QSaveFile|QTemporary\w+|QSettings|QLockFile|QStandardPaths"
             r"|fstream|filesystem|fcntl\.h|unistd\.h|sys/stat\.h",
    "qml": r"QQml\w*|QQuick\w*|QJSEngine|QJSValue|Qt(Qml|Quick)(/.*)?",
    "screen": r"QGui\w*|QWindow|QWidget|QPainter|QFont\w*|QtGui(/.*)?|QtWidgets(/.*)?",
    "json": r"QJson\w*|QCbor\w*",
    "boost": r"boost/.*",
    "time": r"QTimer|QElapsedTimer|QDeadlineTimer|QThread\w*|thread|mutex|future"
            r"|condition_variable",
}


@dataclass(frozen=True)
class Room:
    """A directory; `may` and `not_even` are prefixes of project paths, longest match decides."""

    may: tuple
    must_not: tuple = ()
    not_even: tuple = field(default=())


_EVENT_LOG = "hub/log/event_log.h"
# What may be asked of the ledger, without its SQL.
_LEDGER = ("hub/reports/ledger_reader.h", "hub/reports/local_days.h",
           "hub/reports/report.h", "hub/reports/report_limits.h", "hub/reports/report_text.h")
_KEYFRAMES = "hub/log/keyframes.h"
# No network, files or screen anywhere a room does not live by them; `time` in the sans-IO cores.
_PURE = ("network", "sql", "files", "qml", "screen", "boost", "time")
ROOMS = {
    "shared/base": Room(("shared/base",), ("network", "sql", "files", "qml", "screen", "boost")),
    "shared/order": Room(("shared/base", "shared/order", "shared/protocol/canonical_json.h"),
                         _PURE),
    "shared/kitchen": Room(("shared/base", "shared/order", "shared/kitchen"), _PURE),
    "shared/protocol": Room(("shared",), _PURE),
    "shared/sqlite": Room(("shared/sqlite",), tuple(one for one in _PURE if one != "sql")),
    "hub/log": Room(("shared", "hub/log"), ("network", "qml", "screen", "boost")),
    "hub/settings": Room(("shared", "hub/settings"), _PURE),
    "hub/order": Room(("shared", "hub/order", "hub/settings", _EVENT_LOG), _PURE),
    "hub/stream": Room(("shared", "hub/order", "hub/settings", "hub/stream", _EVENT_LOG), _PURE),
    "hub/reports": Room(("shared", "hub/log", "hub/reports"), ("network", "qml", "screen", "boost"),
                        ("shared/order/transition.h",)),
    "hub/parquet": Room(("hub/parquet",), ("network", "sql", "qml", "screen", "boost")),
    "hub/past": Room(("shared", "hub/past", _EVENT_LOG, _KEYFRAMES), _PURE),
    "hub/health": Room(("shared", "hub/health", _EVENT_LOG, _KEYFRAMES, "hub/log/backup_note.h"),
                        _PURE),
    # Fonts and pictures in memory; no socket, no database.
    "hub/receipts": Room(("shared", "hub/settings", "hub/receipts", _EVENT_LOG),
                         ("network", "sql", "files", "qml", "boost", "time")),
    "hub/printing": Room(("shared", "hub/settings", "hub/receipts", "hub/printing", "hub/log"),
                         ("qml", "screen", "boost"), ("shared/order/transition.h",)),
    "hub/net": Room(("shared", "hub/order", "hub/settings", "hub/stream", "hub/past",
                     "hub/health", "hub/net", "hub/receipts", "hub/printing/print_desk.h",
                     _EVENT_LOG, *_LEDGER),
                    ("sql", "qml", "screen"), ("shared/order/transition.h",)),
    "hub/app": Room(("shared", "hub"), ("qml", "screen"), ("hub/ctl", "hub/feed")),
    "hub/ctl": Room(("shared", "hub/log", "hub/ctl"), ("qml", "screen", "boost")),
    "hub/feed": Room(("shared", "hub/feed"), ("sql", "qml", "screen", "boost"),
                     ("shared/order/transition.h",)),
    "kds-app/store": Room(("shared", "kds-app/store"), ("network", "qml", "screen", "boost")),
    "kds-app/sync": Room(("shared", "kds-app/store", "kds-app/sync"),
                         ("sql", "qml", "screen", "boost")),
    "kds-app/model": Room(("shared", "kds-app/store", "kds-app/model"),
                          ("network", "sql", "json", "boost"),
                          ("shared/protocol/json_codec.h", "shared/protocol/canonical_json.h",
                           "shared/order/payload.h")),
    "kds-app/app": Room(("shared", "kds-app", "qml"), ("sql", "boost")),
    "qml": Room(("kds-app/model", "qml"), ("network", "sql", "files", "json", "boost")),
    "hub": Room(("shared", "hub"), ("qml", "screen")),
    "kds-app": Room(("shared", "kds-app", "qml"), ("sql", "boost")),
}

# target -> what it may link besides itself.
LINKS = {
    "cf_shared": {"cf_options", "Qt6::Core"},
    "cf_sqlite": {"cf_options", "Qt6::Core", "SQLite::SQLite3"},
    "cf_hub_log": {"cf_shared", "cf_sqlite", "SQLite::SQLite3"},
    "cf_hub_core": {"cf_shared"},
    "cf_hub_report_terms": {"cf_shared"},
    "cf_hub_reports": {"cf_hub_log", "cf_hub_report_terms", "cf_sqlite", "Threads::Threads"},
    "cf_hub_past": {"cf_shared"},
    "cf_hub_health": {"cf_shared", "LibArchive::LibArchive"},
    "cf_hub_receipts": {"cf_hub_core", "${DRAWING_LINK_LIBRARIES}"},
    "cf_hub_printing": {"cf_hub_receipts", "cf_hub_log", "cf_hub_core", "cf_sqlite",
                        "Threads::Threads"},
    "cf_hub_api": {"cf_hub_core", "cf_hub_health", "cf_hub_past", "cf_hub_receipts",
                   "cf_hub_report_terms", "OpenSSL::Crypto"},
    "cf_hub_net": {"cf_hub_api", "OpenSSL::SSL", "OpenSSL::Crypto", "Boost::headers",
                   "Boost::boost", "Threads::Threads"},
    "cf_kds_store": {"cf_shared", "cf_sqlite", "SQLite::SQLite3"},
    "cf_kds_sync": {"cf_kds_store", "Qt6::WebSockets", "Qt6::Network"},
    "cf_kds_model": {"cf_kds_store", "Qt6::Qml"},
    "cf_ui": {"cf_options", "cf_kds_model", "Qt6::Quick", "Qt6::Qml", "Qt6::Gui",
              "Qt6::QuickControls2"},
}

_ANYWHERE = {"PUBLIC", "PRIVATE", "INTERFACE", "cf_options", "cf_shared"}

QML_IMPORTS = re.compile(r"QtQuick(\.\w+)*|QtQml(\.\w+)*|CounterFire(\.\w+)*|\"[\w./]+\"")
# GPL-only modules may not enter an Apache-2.0 product.
GPL_ONLY = re.compile(r"\bQt6?::?(HttpServer|VirtualKeyboard|Charts|DataVisualization|Lottie)\b"
                      r"|Qt(HttpServer|VirtualKeyboard|Charts|DataVisualization)\b")

_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
_LINK = re.compile(r"target_link_libraries\s*\(\s*(\w+)([^)]*)\)")
_TEMPORAL = re.compile(
    r"\b(currentDateTime\w*|currentMSecsSinceEpoch|currentSecsSinceEpoch"
    r"|(steady|system|high_resolution)_clock::now|QRandomGenerator|random_device)")


def room_of(path):
    parts = path.split("/")
    for size in (2, 1):
        name = "/".join(parts[:size])
        if name in ROOMS and len(parts) > size:
            return name
    return None


def _under(path, prefix):
    return path == prefix or path.startswith(prefix + "/")


def check_includes(source):
    if not source.is_cpp:
        return
    name = room_of(source.path)
    if name is None:
        return
    room = ROOMS[name]
    for number, line in enumerate(source.lines, 1):
        match = _INCLUDE.match(line)
        if match:
            yield from _check_include(source, number, name, room, match.group(2))
    if "time" in room.must_not:
        for number, line in enumerate(source.code_lines, 1):
            match = _TEMPORAL.search(line)
            if match:
                yield Finding(source.path, number, "sans-io",
                              f"{match.group(0)}: time and randomness are passed in")


def _check_include(source, number, name, room, header):
    for group in room.must_not:
        if re.fullmatch(OUTSIDE[group], header):
            yield Finding(source.path, number, "edge", f"{name} must not know {group}: {header}")
    top = header.split("/")[0]
    if "/" not in header or top not in {"shared", "hub", "kds-app", "qml", "tests"}:
        return
    if any(_under(header, prefix) for prefix in room.not_even):
        yield Finding(source.path, number, "edge", f"{name} must not know {header}")
    elif not any(_under(header, prefix) for prefix in room.may):
        yield Finding(source.path, number, "edge", f"{name} must not include {header}")


def check_links(source):
    if source.suffix != ".cmake":
        return
    text = re.sub(r"#[^\n]*", "", source.text)
    for match in _LINK.finditer(text):
        target = match.group(1)
        line = text.count("\n", 0, match.start()) + 1
        allowed = LINKS.get(target)
        if allowed is None:
            continue
        for library in match.group(2).split():
            if library not in allowed | _ANYWHERE:
                yield Finding(source.path, line, "link", f"{target} must not link {library}")


def check_licences(source):
    if source.suffix not in {".cmake", ".h", ".cpp", ".qml"} or source.path.startswith("tests/"):
        return
    for number, line in enumerate(source.code_lines, 1):
        match = GPL_ONLY.search(line)
        if match:
            yield Finding(source.path, number, "gpl-only", f"{match.group(0)} is GPL-only")


def check_qml_imports(source):
    if source.suffix != ".qml" or not source.path.startswith("qml/"):
        return
    for number, line in enumerate(source.lines, 1):
        match = re.match(r"\s*import\s+(\S+)", line)
        if match and not QML_IMPORTS.fullmatch(match.group(1)):
            yield Finding(source.path, number, "qml-import",
                          f"{match.group(1)}: the pages know the models and Qt Quick only")


def check_edges(source):
    for check in (check_includes, check_links, check_licences, check_qml_imports):
        yield from check(source)
