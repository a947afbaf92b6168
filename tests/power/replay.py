# SPDX-License-Identifier: Apache-2.0
"""In the guest: the disk as it was when each chosen entry of the log of writes had become durable
and nothing after it, or as it may have been while a flush was under way; mounted, opened and
compared with what had been acknowledged by then."""

import http.client
import json
import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import write_log
from guest_tools import DATA, MOUNT, WORK, load_modules, program, run, start_hub

SCRATCH = Path("/run/scratch.img")
SECTOR = 512
HUB_ONCE_IN = 8  # points at which the hub itself is started, too


class Disk:
    """The device's bytes, entry by entry."""

    def __init__(self, size):
        self._bytes = bytearray(size)
        self._unflushed = []  # (offset, what was there) of the writes before the next flush

    def apply(self, log, entry):
        if entry.length:
            new = write_log.data(log, entry)
            place = slice(entry.offset, entry.offset + entry.length)
            if not entry.is_ordered:
                self._unflushed.append((entry.offset, bytes(self._bytes[place])))
            self._bytes[place] = new
        # Anything else ends the group: what is logged after a flush was not part of it.
        if entry.length == 0 or entry.is_ordered:
            self._unflushed = []

    @property
    def can_tear(self):
        return bool(self._unflushed)

    def mount(self):
        # A new file each time: mounting replays the file system's journal, which is a write.
        with open(SCRATCH, "wb") as file:
            file.write(self._bytes)
        run("mount", "-o", "loop,noatime", SCRATCH, MOUNT)

    def mount_torn(self, dice):
        """As if the power had gone during the flush that is to come: of the writes it is for, each
        is there, or not, or only in some of its sectors."""
        whole = self._bytes
        self._bytes = bytearray(whole)
        for offset, old in reversed(self._unflushed):
            fate = dice.random()
            for at in range(0, len(old), SECTOR):
                if fate < 0.4 or (fate < 0.6 and dice.random() < 0.5):
                    self._bytes[offset + at:offset + at + SECTOR] = old[at:at + SECTOR]
        try:
            self.mount()
        finally:
            self._bytes = whole


def stored():
    """order -> highest seq, and the epoch; read with SQLite alone."""
    log = DATA / "counterfire.db"
    if not log.exists():
        return {}, None
    try:
        return read(log, "ro")
    except sqlite3.OperationalError:  # cut while the file was made: SQLite has to roll that back
        return read(log, "rw")


def read(log, mode):
    connection = sqlite3.connect(f"file:{log}?mode={mode}", uri=True)
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        if "event" not in tables:
            return {}, None
        rows = connection.execute("SELECT lower(hex(order_id)), max(seq) FROM event GROUP BY 1")
        epochs = [epoch for (epoch,) in connection.execute("SELECT epoch FROM meta")]
        return dict(rows), epochs[0] if epochs else None
    finally:
        connection.close()


def lost(acknowledged, have):
    return [f"{order}:{seq}" for order, seq in acknowledged.items()
            if have.get(order.replace("-", ""), 0) < seq]


def verified(acknowledged):
    """Empty when `counterfirectl verify` is content; a log that was never finished may be absent
    as long as nothing has been acknowledged."""
    done = subprocess.run([program("counterfirectl"), "verify", "--data", str(DATA)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode == 0 or not acknowledged:
        return ""
    return done.stdout


def opened_by_hub(acknowledged, epoch):
    """Empty when the hub serves what was acknowledged, in the same epoch."""
    hub = start_hub(7301)
    try:
        connection = http.client.HTTPConnection("127.0.0.1", 7301, timeout=60)
        for order, seq in list(acknowledged.items())[-3:]:
            connection.request("GET", f"/v1/orders/{order}/timeline")
            reply = connection.getresponse()
            events = json.loads(reply.read()).get("events", [])
            if len(events) < seq:
                return f"the hub serves {len(events)} events of {order}, {seq} were acknowledged"
    finally:
        hub.kill()
        hub.wait()
    after = stored()[1]
    return "" if epoch in (None, after) else f"the epoch was {epoch} and became {after}"


def judge(entry, acknowledged, with_hub, torn):
    complaint = verified(acknowledged)
    have, epoch = stored()
    missing = lost(acknowledged, have)
    point = {"index": entry.index, "flags": entry.flags, "acknowledged": len(acknowledged),
             "torn": torn, "lost": missing, "verify": complaint, "hub": ""}
    if with_hub and not missing:
        point["hub"] = opened_by_hub(acknowledged, epoch)
        point["started"] = True
    return point


def chosen(entries, count, seed):
    """Entries to stop after: a third marks, where everything acknowledged so far must be there, a
    third anything else; and a third flushes to stop within."""
    begin = next(e.index for e in entries if e.mark == "mounted")
    after = [e for e in entries if e.index > begin]
    marks = [e.index for e in after if e.is_mark]
    others = [e.index for e in after if not e.is_mark]
    flushes = [e.index for e in after if e.flags & write_log.FLUSH and e.length == 0
               and entries[e.index - 1].length and not entries[e.index - 1].is_ordered]
    dice = random.Random(seed)
    torn = dice.sample(flushes, min(count // 3, len(flushes)))
    some = dice.sample(marks, min(count // 3, len(marks)))
    rest = count - len(torn) - len(some)
    return set(some + dice.sample(others, min(rest, len(others)))), set(torn)


def main():
    load_modules("block/loop")
    part, parts = int(os.environ["CF_PART"]), int(os.environ["CF_PARTS"])
    size = int(Path("/sys/block/ubda/size").read_text()) * 512
    seed = os.environ["CF_SEED"]
    with open("/dev/ubdb", "rb") as log, open(WORK / f"points-{part}.jsonl", "w") as out:
        entries = list(write_log.entries(log))
        whole, torn = chosen(entries, int(os.environ["CF_POINTS"]), seed)
        disk, acknowledged, number = Disk(size), {}, 0

        def look(entry, mount, is_torn):
            nonlocal number
            number += 1
            # More often while the log is being made: a hub must start after that, too.
            with_hub = number % (HUB_ONCE_IN if acknowledged else 2) == 0
            mount()
            try:
                point = judge(entry, acknowledged, with_hub, is_torn)
            finally:
                run("umount", MOUNT)
            out.write(json.dumps(point) + "\n")
            out.flush()

        for entry in entries:
            mine = entry.index % parts == part
            if mine and entry.index in torn and disk.can_tear:
                dice = random.Random(f"{seed} {entry.index}")
                look(entry, lambda: disk.mount_torn(dice), True)
            if entry.is_mark and ":" in entry.mark:
                order, seq = entry.mark.split(":")
                acknowledged[order] = max(int(seq), acknowledged.pop(order, 0))
            disk.apply(log, entry)
            if mine and entry.index in whole:
                look(entry, disk.mount, False)
    print(f"{len(entries)} entries, {number} points")
    return 0


if __name__ == "__main__":
    sys.exit(main())
