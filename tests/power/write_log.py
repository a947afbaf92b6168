# SPDX-License-Identifier: Apache-2.0
"""Reads what the device-mapper target log-writes has written.

The format is the kernel's (Documentation/admin-guide/device-mapper/log-writes.rst and
drivers/md/dm-log-writes.c): a super block in the first sector, then one sector of header for each
entry, each followed by the sectors that were written. A mark's text stands in its header's sector.
Entries are in the order in which they became durable: a write is logged when the flush after it is
done, or when it is done itself if it was FUA.
"""

import struct
from dataclasses import dataclass

MAGIC = 0x6A736677736872
VERSION = 1
FLUSH, FUA, DISCARD, MARK = 1, 2, 4, 8
_SUPER = struct.Struct("<QQQL")
_ENTRY = struct.Struct("<QQQQ")


class BadLog(Exception):
    """This is no log of writes, or a torn one."""


@dataclass(frozen=True)
class Entry:
    index: int
    flags: int
    offset: int  # bytes, on the device
    length: int  # bytes
    at: int      # bytes, where its data is in the log
    mark: str

    @property
    def is_mark(self):
        return bool(self.flags & MARK)

    @property
    def is_ordered(self):
        """Durable by itself, not by a flush that comes later."""
        return bool(self.flags & (FLUSH | FUA | MARK))

    @property
    def is_discard(self):
        return bool(self.flags & DISCARD)


def _read(file, at, length):
    file.seek(at)
    data = file.read(length)
    if len(data) != length:
        raise BadLog(f"the log ends at byte {at + len(data)}, {length} were expected at {at}")
    return data


def entries(file):
    """Every entry, in order; `file` is open for reading in binary."""
    magic, version, count, sector = _SUPER.unpack(_read(file, 0, _SUPER.size))
    if magic != MAGIC or version != VERSION or sector < 512 or sector % 512:
        raise BadLog(f"magic {magic:#x}, version {version}, sectors of {sector} bytes")
    at = sector
    for index in range(count):
        header = _read(file, at, sector)
        first, sectors, flags, extra = _ENTRY.unpack_from(header)
        mark = ""
        if flags & MARK:
            if extra > sector - _ENTRY.size:
                raise BadLog(f"entry {index}: a mark of {extra} bytes")
            mark = header[_ENTRY.size:_ENTRY.size + extra].rstrip(b"\0").decode()
        at += sector
        length = 0 if flags & DISCARD else sectors * sector
        yield Entry(index, flags, first * sector, length, at, mark)
        at += length


def data(file, entry):
    return _read(file, entry.at, entry.length)
