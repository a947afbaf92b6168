#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The translations are whole and those of the sources, and their check can fail."""

import io
import shutil
import sys
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import translations  # noqa: E402

SPANISH = "counterfire_es.ts"
ARABIC = "counterfire_ar.ts"
SIGNED = '<source>★ rush</source>\n        <translation>★ urgente</translation>'
PLACED = '<source>Table %1</source>\n        <translation>Mesa %1</translation>'


def said(*arguments):
    out = io.StringIO()
    with redirect_stdout(out):
        status = translations.main([str(argument) for argument in arguments])
    return status, out.getvalue()


class OnACopy(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = Path(holder.name)
        self.files = self.root / translations.FILES

    def demand_fault(self, *expected, sources=False):
        status, out = said(*["--sources"] * sources, self.root)
        self.assertEqual(1, status, out)
        for line in expected:
            self.assertIn(line, out.splitlines())
        self.assertIn(f"messages, {len(expected)} faults", out)


class Files(OnACopy):
    """The project's own translations, each time with one mistake."""

    def setUp(self):
        super().setUp()
        shutil.copytree(translations.ROOT / translations.FILES, self.files)

    def change(self, old, new, name=SPANISH):
        text = (self.files / name).read_text(encoding="utf-8")
        self.assertEqual(1, text.count(old), f"{old} in {name}")
        (self.files / name).write_text(text.replace(old, new), encoding="utf-8")

    def test_they_pass(self):
        status, out = said(self.root)
        self.assertEqual(0, status, out)
        self.assertRegex(out, r"^translations: 3 files, \d{3} messages, 0 faults\n$")

    def test_one_is_unfinished(self):
        self.change(PLACED, PLACED.replace("<translation>", '<translation type="unfinished">'))
        self.demand_fault(f'{SPANISH}: Kitchen: "Table %1": is unfinished')

    def test_one_has_vanished(self):
        self.change(PLACED, PLACED.replace("<translation>", '<translation type="vanished">'))
        self.demand_fault(f'{SPANISH}: Kitchen: "Table %1": is vanished')

    def test_one_is_empty(self):
        self.change(PLACED, PLACED.replace("Mesa %1", " "))
        self.demand_fault(f'{SPANISH}: Kitchen: "Table %1": is empty')

    def test_one_is_not_there(self):
        self.change(PLACED, PLACED.split("\n", 1)[0])
        self.demand_fault(f'{SPANISH}: Kitchen: "Table %1": is unfinished',
                          f'{SPANISH}: Kitchen: "Table %1": is empty')

    def test_a_place_is_lost(self):
        self.change(PLACED, PLACED.replace("Mesa %1", "Mesa"))
        self.demand_fault(f'{SPANISH}: Kitchen: "Table %1": has the places %1, "Mesa" has none')

    def test_a_place_is_another(self):
        self.change(PLACED, PLACED.replace("Mesa %1", "Mesa %2"))
        self.demand_fault(f'{SPANISH}: Kitchen: "Table %1": has the places %1, "Mesa %2" has %2')

    def test_a_place_is_there_twice(self):
        self.change(PLACED, PLACED.replace("Mesa %1", "%1 %1"))
        self.demand_fault(f'{SPANISH}: Kitchen: "Table %1": has the places %1, "%1 %1" has %1 %1')

    def test_a_sign_is_lost(self):
        self.change(SIGNED, SIGNED.replace("★ urgente", "urgente"))
        self.demand_fault(
            f'{SPANISH}: TicketHeader: "★ rush": begins with the sign ★, "urgente" with none')

    def test_a_sign_is_another(self):
        self.change(SIGNED, SIGNED.replace("★ urgente", "▲ urgente"))
        self.demand_fault(
            f'{SPANISH}: TicketHeader: "★ rush": begins with the sign ★, "▲ urgente" with ▲')

    def test_a_sign_that_the_source_has_not(self):
        self.change(PLACED, PLACED.replace("Mesa %1", "★ %1"))
        self.demand_fault(
            f'{SPANISH}: Kitchen: "Table %1": begins with the sign none, "★ %1" with ★')

    def test_one_file_lacks_a_message(self):
        self.change(f"    <message>\n        {PLACED}\n    </message>\n", "")
        self.demand_fault(
            f'{SPANISH}: Kitchen: "Table %1": is missing; counterfire_zh.ts has it')

    def test_one_file_has_a_message_more(self):
        message = PLACED.replace("Table", "Chair")
        self.change(f"        {PLACED}\n    </message>\n",
                    f"        {PLACED}\n    </message>\n    <message>\n{message}</message>\n")
        self.demand_fault(
            f'{ARABIC}: Kitchen: "Chair %1": is missing; {SPANISH} has it',
            f'counterfire_zh.ts: Kitchen: "Chair %1": is missing; {SPANISH} has it')

    def test_one_cannot_be_read(self):
        self.change("</TS>", "", name=ARABIC)
        status, out = said(self.root)
        self.assertEqual(1, status)
        self.assertIn(f"{ARABIC}: cannot be read: ", out)
        self.assertIn("translations: 2 files", out)

    def test_there_is_none(self):
        shutil.rmtree(self.files)
        self.demand_fault(f"no translation in {translations.FILES}")


TS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Kitchen</name>
    <message>
        <source>Table %1</source>
        <translation>Mesa %1</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
</context>
</TS>
"""
CPP = """struct Kitchen {{
    Q_DECLARE_TR_FUNCTIONS(Kitchen)
}};
QString text() {{ return Kitchen::tr("{}"); }}
"""


class Sources(OnACopy):
    """lupdate over sources of the test's, and over the project's own."""

    def setUp(self):
        super().setUp()
        self.files.mkdir(parents=True)
        (self.root / "qml").mkdir()
        self.say("Table %1", "Keys")
        (self.files / SPANISH).write_text(TS, encoding="utf-8")

    def say(self, in_cpp, in_qml):
        (self.root / "kds-app" / "words.cpp").write_text(CPP.format(in_cpp))
        (self.root / "qml" / "Page.qml").write_text(
            f'import QtQuick\nText {{ text: qsTr("{in_qml}") }}\n')

    def test_the_projects_files_are_those_of_its_sources(self):
        status, out = said("--sources")
        self.assertEqual(0, status, out)

    def test_all_well(self):
        self.assertEqual((0, "translations: 1 files, 2 messages, 0 faults\n"),
                         said("--sources", self.root))

    def test_a_text_is_another(self):
        self.say("Chair %1", "Keys")
        self.demand_fault(
            f'{SPANISH}: Kitchen: "Chair %1": is missing; the sources have it',
            f'{SPANISH}: Kitchen: "Table %1": is in no source', sources=True)
        self.assertEqual(0, said(self.root)[0])

    def test_a_page_says_something_else(self):
        self.say("Table %1", "Doors")
        self.demand_fault(
            f'{SPANISH}: Page: "Doors": is missing; the sources have it',
            f'{SPANISH}: Page: "Keys": is in no source', sources=True)

    def test_the_files_stay_as_they_are(self):
        self.say("Chair %1", "Doors")
        said("--sources", self.root)
        self.assertEqual(TS, (self.files / SPANISH).read_text(encoding="utf-8"))

    def test_lupdate_fails(self):
        shutil.rmtree(self.root / "qml")
        status, out = said("--sources", self.root)
        self.assertEqual(1, status)
        self.assertIn("lupdate failed: ", out)

    def test_lupdate_is_not_there(self):
        with mock.patch.object(shutil, "which", lambda *_, **__: None):
            self.demand_fault("lupdate is not installed; it is in qt6-l10n-tools", sources=True)


if __name__ == "__main__":
    unittest.main()
