#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The reader of the log of writes, over a log made here byte by byte."""

import io
import struct
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

import write_log  # noqa: E402


def header(sector, sectors, flags, extra=b""):
    entry = struct.pack("<QQQQ", sector, sectors, flags, len(extra)) + extra
    return entry.ljust(512, b"\0")


def log(*pieces, count, magic=write_log.MAGIC):
    head = struct.pack("<QQQL", magic, 1, count, 512).ljust(512, b"\0")
    return io.BytesIO(head + b"".join(pieces))


class WriteLog(unittest.TestCase):
    def test_entries_in_order(self):
        file = log(header(8, 2, 0), b"a" * 1024, header(0, 0, write_log.FLUSH),
                   header(0, 0, write_log.MARK, b"order 1\0"),
                   header(4, 100, write_log.DISCARD),
                   header(16, 1, write_log.FUA), b"b" * 512, count=5)
        found = list(write_log.entries(file))
        self.assertEqual([e.flags for e in found], [0, 1, 8, 4, 2])
        self.assertEqual([e.mark for e in found], ["", "", "order 1", "", ""])
        self.assertEqual((found[0].offset, found[0].length), (4096, 1024))
        self.assertEqual(write_log.data(file, found[0]), b"a" * 1024)
        self.assertEqual(found[3].length, 0)
        self.assertEqual(write_log.data(file, found[4]), b"b" * 512)

    def test_other_bytes_are_no_log(self):
        with self.assertRaises(write_log.BadLog):
            list(write_log.entries(log(count=0, magic=1)))

    def test_torn_log_is_told(self):
        with self.assertRaises(write_log.BadLog):
            list(write_log.entries(log(header(8, 2, 0), b"a" * 600, count=2)))

    def test_mark_beyond_its_sector_is_refused(self):
        torn = header(0, 0, write_log.MARK)[:24] + struct.pack("<Q", 5000)
        with self.assertRaises(write_log.BadLog):
            list(write_log.entries(log(torn.ljust(512, b"\0"), count=1)))


if __name__ == "__main__":
    unittest.main()
