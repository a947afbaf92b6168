# SPDX-License-Identifier: Apache-2.0
"""In the guest: the real hub on ext4 over log-writes, orders posted to it from several threads, and
every acknowledgement marked in the log of writes as soon as it is there."""

import fcntl
import http.client
import json
import os
import struct
import sys
import threading
from pathlib import Path

from guest_tools import MOUNT, load_modules, run, start_hub

DISK, LOG, NAME = "/dev/ubda", "/dev/ubdb", "cut"
PORT = 7300
BURST = 30
PAUSE = 0.25  # seconds between bursts: long enough for the hub to find itself idle
DM_TARGET_MSG = 0xC138FD0E


class Marker:
    """Writes marks without starting a program for each."""

    def __init__(self):
        self._control = os.open("/dev/mapper/control", os.O_RDWR)

    def mark(self, text):
        message = struct.pack("<Q", 0) + f"mark {text}".encode() + b"\0"
        size = 312 + len(message)
        head = struct.pack("<6Ii3IQ", 4, 0, 0, size, 312, 0, 0, 0, 0, 0, 0)
        buffer = bytearray(head.ljust(48, b"\0") + NAME.encode().ljust(128, b"\0"))
        buffer += bytes(312 - len(buffer)) + message
        fcntl.ioctl(self._control, DM_TARGET_MSG, buffer)


class Till(threading.Thread):
    def __init__(self, number, orders, marker):
        super().__init__(daemon=True)
        self._name, self._orders, self._marker = f"t{number}", orders, marker
        self._http = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.acknowledged = 0
        self.trouble = None

    def run(self):
        try:
            for n in range(self._orders):
                self._one(n)
                if n % BURST == BURST - 1:
                    threading.Event().wait(PAUSE)
        except Exception as trouble:  # whatever it is, the run is worth nothing
            self.trouble = trouble

    def _post(self, target, body, key):
        self._http.request("POST", target, json.dumps(body), {"Idempotency-Key": key})
        reply = self._http.getresponse()
        answer = json.loads(reply.read())
        if reply.status not in (200, 201):
            raise RuntimeError(f"{reply.status} {answer}")
        return answer

    def _one(self, n):
        key = f"{self._name}-{n}"
        items = [{"name": "Dish", "quantity": 1, "unit_price": 950}]
        order = self._post("/v1/orders", {"number": key, "items": items,
                                          "payment": {"method": "card", "amount": 950}}, key)
        self._acknowledge(order["order_id"], order["seq"])
        for type_ in ("order_started", "order_ready", "order_completed")[:n % 4]:
            moved = self._post(f"/v1/orders/{order['order_id']}/events",
                               {"type": type_, "command_id": f"{key}-{type_}"}, "")
            self._acknowledge(order["order_id"], moved["seq"])

    def _acknowledge(self, order, seq):
        self._marker.mark(f"{order}:{seq}")
        self.acknowledged += 1


def main():
    load_modules("md/dm-mod", "md/dm-log-writes")
    Path("/dev/mapper").mkdir(exist_ok=True)
    sectors = int(Path("/sys/block/ubda/size").read_text())
    run("dmsetup", "create", NAME, "--noudevsync", "--table",
        f"0 {sectors} log-writes {DISK} {LOG}")
    run("dmsetup", "mknodes")
    device = f"/dev/mapper/{NAME}"
    run("mkfs.ext4", "-q", "-m", "0", "-J", "size=4", "-O", "^resize_inode",
        "-E", "lazy_itable_init=0,lazy_journal_init=0", device)
    run("mount", "-o", "noatime", device, MOUNT)
    marker = Marker()
    marker.mark("mounted")
    preload = os.environ["CF_PRELOAD"]
    start_hub(PORT, {} if preload == "none" else {"LD_PRELOAD": preload})
    tills = [Till(n, int(os.environ["CF_ORDERS"]) // int(os.environ["CF_TILLS"]), marker)
             for n in range(int(os.environ["CF_TILLS"]))]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
        if till.trouble:
            raise till.trouble
    marker.mark("end")
    print(f"acknowledged {sum(till.acknowledged for till in tills)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
