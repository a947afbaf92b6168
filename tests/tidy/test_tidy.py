#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each rule is shown to fail on a planted bad file, and to pass on its good twin."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

import tidy  # noqa: E402
from functions import functions_of  # noqa: E402
from source import Source  # noqa: E402

CPP = "// SPDX-License-Identifier: Apache-2.0\n"
HEADER = CPP + "#pragma once\n"
HASH = "# SPDX-License-Identifier: Apache-2.0\n"


def body(lines):
    return "void f()\n{\n" + "    g();\n" * (lines - 3) + "}\n"


# rule, file, bad text, good text (None: the rule has nothing to say of an absent file)
PLANTED = [
    ("file-length", "shared/base/a.cpp", CPP + "int a;\n" * 400, CPP + "int a;\n" * 399),
    ("file-length", "qml/A.qml", CPP + "// a\n" * 200, CPP + "// a\n" * 199),
    ("function-length", "shared/base/a.cpp", CPP + body(71), CPP + body(70)),
    ("function-length", "hub/web/a.js",
     CPP + "function f() {\n" + "g();\n" * 70 + "}\n", CPP + "function f() {\n}\n"),
    ("function-length", "tests/a.py",
     HASH + "def f():\n" + "    g()\n" * 70, HASH + "def f():\n    g()\n"),
    ("function-length", "packaging/a.sh",
     "#!/bin/sh\n" + HASH + "f() {\n" + "    g\n" * 70 + "}\n",
     "#!/bin/sh\n" + HASH + "f() {\n}\n"),
    ("columns", "shared/base/a.cpp", CPP + "//" + "x" * 99 + "\n", CPP + "//" + "x" * 98 + "\n"),
    ("columns", "shared/base/a.cpp", CPP + "\tint a;\n", CPP + "    int a;\n"),
    ("spdx", "shared/base/a.cpp", "int a;\n", CPP + "int a;\n"),
    ("spdx", "packaging/a", "#!/bin/sh\ntrue\n", "#!/bin/sh\n" + HASH + "true\n"),
    ("spdx", "CMakeLists.txt", "project(a)\n", HASH + "project(a)\n"),
    ("pragma-once", "shared/base/a.h", CPP + "int a;\n", HEADER + "int a;\n"),
    ("root-include", "hub/log/a.cpp", CPP + '#include "chain.h"\n',
     CPP + '#include "hub/log/chain.h"\n'),
    ("root-include", "hub/log/a.cpp", CPP + '#include "shared/../hub/log/chain.h"\n',
     CPP + '#include "a.moc"\n'),
    ("banned-word", "shared/base/a.cpp", CPP + "// TO" + "DO later\n", CPP + "// todos\n"),
    ("banned-word", "README.md", "This is a st" + "ub.\n", "This is stubborn.\n"),
    ("banned-word", "packaging/a.sh", "#!/bin/sh\n" + HASH + "# FIX" + "ME\n",
     "#!/bin/sh\n" + HASH + "# fixed\n"),
    ("banned-code", "kds-app/a.cpp", CPP + "auto *s = sender();\n", CPP + "// sender()\n"),
    ("banned-code", "kds-app/a.cpp", CPP + "connect(a, SIGNAL(b()), c, SLOT(d()));\n",
     CPP + "connect(a, &A::b, c, &C::d);\n"),
    ("banned-code", "kds-app/a.cpp", CPP + "Q_FOREACH(a, b) {}\n", CPP + "for (auto a : b) {}\n"),
    ("banned-code", "tests/a.cpp", CPP + "std::this_thread::sleep_for(1ms);\n",
     CPP + "QTRY_VERIFY(done);\n"),
    ("banned-code", "tests/a.cpp", CPP + "QTest::qSleep(10);\n", CPP + "QTest::keyClick(w, k);\n"),
    ("banned-code", "tests/a.cpp", CPP + "QTest::qWait(10);\n",
     CPP + "QTest::qWaitFor(done, 10);\n"),
    ("banned-code", "tests/a.cpp", CPP + "usleep(10);\n", CPP + "asleep(10);\n"),
    ("banned-code", "tests/a.cpp", CPP + "QSK" + 'IP("later");\n', CPP + 'QFAIL("no");\n'),
    ("banned-code", "tests/a.py", HASH + "time" + ".sleep(1)\n", HASH + "wait_for(ready)\n"),
    ("inline-html", "hub/web/a.html", "<script>a()</script>\n", '<script src="a.js"></script>\n'),
    ("inline-html", "hub/web/a.html", '<p onclick="a()">\n', '<p class="on">\n'),
    ("inline-html", "hub/web/a.html", '<p style="color:red">\n', '<p data-style="a">\n'),
    ("inline-html", "hub/web/a.html", "<style>p{}</style>\n", '<link rel="stylesheet">\n'),
    ("inline-html", "hub/web/a.html", '<a href="javascript:a()">\n', '<a href="/a">\n'),
    ("qml-bound", "qml/A.qml", CPP + "ListView { delegate: Item {} }\n",
     CPP + "pragma ComponentBehavior: Bound\nListView { delegate: Item {} }\n"),
    ("qml-import", "qml/A.qml", CPP + "import Qt.labs.settings\n",
     CPP + "import QtQuick.Layouts\nimport CounterFire.Ui\n"),
    ("top-level", "notes.txt", "a\n", None),
    ("top-level", "docs/a.md", "a\n", None),
    ("link", "shared/CMakeLists.txt",
     HASH + "target_link_libraries(cf_shared PUBLIC Qt6::Network)\n",
     HASH + "target_link_libraries(cf_shared\n  PUBLIC cf_options Qt6::Core)\n"),
    ("link", "hub/order/CMakeLists.txt",
     HASH + "target_link_libraries(cf_hub_core PUBLIC cf_shared SQLite::SQLite3)\n",
     HASH + "target_link_libraries(cf_hub_core PUBLIC cf_shared)\n"),
    ("gpl-only", "hub/CMakeLists.txt", HASH + "target_link_libraries(x Qt6::HttpServer)\n",
     HASH + "target_link_libraries(x Qt6::WebSockets)\n"),
    ("sans-io", "hub/stream/a.cpp", CPP + "auto t = QDateTime::currentDateTimeUtc();\n",
     CPP + "auto t = clock.now();\n"),
    ("sans-io", "shared/order/a.cpp", CPP + "auto t = std::chrono::system_clock::now();\n",
     CPP + "// system_clock::now\n"),
]

# file, an include it must not have, one it may
EDGES = [
    ("shared/order/a.h", "QNetworkReply", "QJsonObject"),
    ("shared/order/a.h", "QSqlQuery", "QHash"),
    ("shared/protocol/a.h", "QQmlEngine", "QJsonValue"),
    ("shared/protocol/a.h", "QFile", "QByteArray"),
    ("shared/base/a.h", "sqlite3.h", "chrono"),
    ("shared/base/a.h", "boost/json.hpp", "vector"),
    ("shared/base/a.h", "shared/order/board.h", "shared/base/result.h"),
    ("hub/log/a.h", "boost/asio.hpp", "sqlite3.h"),
    ("hub/log/a.h", "hub/order/order_service.h", "shared/order/board.h"),
    ("hub/order/a.h", "sys/socket.h", "QHash"),
    ("hub/order/a.h", "hub/log/sqlite_event_log.h", "hub/log/event_log.h"),
    ("hub/stream/a.h", "sqlite3.h", "memory"),
    ("hub/stream/a.h", "QTcpSocket", "deque"),
    ("hub/stream/a.h", "QTimer", "hub/order/order_service.h"),
    ("hub/net/a.h", "sqlite3.h", "boost/beast/http.hpp"),
    ("hub/net/a.h", "shared/order/transition.h", "shared/order/board.h"),
    ("hub/net/a.h", "kds-app/store/outbox.h", "hub/stream/order_hub.h"),
    ("hub/feed/a.h", "hub/order/order_service.h", "QNetworkReply"),
    ("kds-app/store/a.h", "QWebSocket", "sqlite3.h"),
    ("kds-app/store/a.h", "QQmlEngine", "QObject"),
    ("kds-app/sync/a.h", "sqlite3.h", "QWebSocket"),
    ("kds-app/sync/a.h", "kds-app/model/board_model.h", "kds-app/store/outbox.h"),
    ("kds-app/model/a.h", "QJsonObject", "QAbstractListModel"),
    ("kds-app/model/a.h", "shared/protocol/json_codec.h", "shared/order/board.h"),
    ("kds-app/model/a.h", "kds-app/sync/hub_client.h", "kds-app/store/outbox.h"),
    ("qml/a.h", "kds-app/store/outbox.h", "kds-app/model/board_model.h"),
]


def rules_broken(path, text):
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        findings, _, _ = tidy.run(Path(directory))
        return {(f.rule, f.path) for f in findings}


class Rules(unittest.TestCase):
    def test_each_rule_fails_on_a_planted_file(self):
        for rule, path, bad, _ in PLANTED:
            with self.subTest(rule=rule, text=bad[-60:]):
                place = path.split("/")[0] if rule == "top-level" else path
                self.assertIn((rule, place), rules_broken(path, bad))

    def test_each_rule_passes_on_the_good_twin(self):
        for rule, path, _, good in PLANTED:
            if good is not None:
                with self.subTest(rule=rule, text=good[-60:]):
                    self.assertEqual(set(), rules_broken(path, good))

    def test_each_edge_is_held(self):
        for path, bad, good in EDGES:
            with self.subTest(path=path, header=bad):
                self.assertEqual({("edge", path)}, rules_broken(path, self.include(bad)))
            with self.subTest(path=path, header=good):
                self.assertEqual(set(), rules_broken(path, self.include(good)))

    @staticmethod
    def include(header):
        return HEADER + (f'#include "{header}"\n' if "/" in header and header.split("/")[0] in (
            "shared", "hub", "kds-app") else f"#include <{header}>\n")

    def test_an_empty_tree_is_a_failure(self):
        with tempfile.TemporaryDirectory() as directory:
            self.assertEqual(1, tidy.main([directory]))


class Functions(unittest.TestCase):
    def measured(self, text):
        return functions_of(Source("a.cpp", text))

    def test_free_function_member_and_constructor(self):
        text = ("namespace a {\nclass B : public C\n{\npublic:\n    int d() const { return 1; }\n"
                "};\nB::B(int x)\n    : m_x(x)\n{\n}\n} // namespace a\n")
        self.assertEqual([("d", 5, 1), ("B::B", 7, 4)], self.measured(text))

    def test_tables_and_literals_are_no_functions(self):
        text = 'const int t[] = {\n1,\n2,\n};\nconst auto s = "f() {";\n// g() {\nchar c = \'{\';\n'
        self.assertEqual([], self.measured(text))

    def test_separators_and_templates_do_not_confuse(self):
        text = ("constexpr int a = 1'000;\nconstexpr int b = 2'000;\n"
                "template <class T>\nvoid f(T t)\n{\n    if (t) {\n    }\n}\nint g() {\n}\n")
        self.assertEqual([("f", 3, 6), ("g", 9, 2)], self.measured(text))


if __name__ == "__main__":
    unittest.main()
