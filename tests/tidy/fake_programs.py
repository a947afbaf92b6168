#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stands in for CounterFire's programs in the test of packaging/run: called by their names, it does
as little as that script looks at, and fails as FAKE says (a word of FAULTS in test_run.py)."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from waiting import wait_for

FAKE = os.environ.get("FAKE", "")
BOARD = {"pos": 7, "count": 2, "digest": "00000000000000aa"}


def option(name):
    return sys.argv[sys.argv.index(name) + 1]


class Hub(BaseHTTPRequestHandler):
    ANSWERS = {
        "/readyz": {},
        "/v1/orders?open=1": {"orders": [{"order_id": "x"}]},
        "/v1/orders/x": {"tracker_url": "/t/y"},
        "/v1/kds/snapshot": {"cursor": "e.7.h", "count": 2, "digest": BOARD["digest"]},
    }

    def do_GET(self):
        body = json.dumps(self.ANSWERS[self.path]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def hub():
    if FAKE == "hub-does-not-start":
        sys.exit(3)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    Path(option("--port-file")).write_text(f"{server.server_port}\n")
    server.serve_forever()


def forever(look=lambda: None):
    wait_for("nothing", look, seconds=120)


def feed():
    if FAKE == "feed-dies":
        sys.exit(4)
    forever()


def display():
    board = dict(BOARD)
    if FAKE == "other-digest":
        board["digest"] = "00000000000000ab"
    if FAKE == "other-count":
        board["count"] = 3
    Path(option("--status-file")).write_text(json.dumps({**board, "link": "live"}))

    def look():
        Path(option("--screenshot")).write_text("png")
        if FAKE == "display-dies":
            sys.exit(5)
    forever(look)


def ctl():
    if sys.argv[1] == "digest":
        digest = "00000000000000ac" if FAKE == "other-log" else BOARD["digest"]
        print(json.dumps({**BOARD, "digest": digest}))
    else:
        print("sound")
        sys.exit(FAKE == "not-sound")


def main():
    name = Path(sys.argv[0]).name
    ending = 6 if FAKE == f"{name.removeprefix('counterfire-')}-ends-badly" else 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ending))
    note = os.environ["FAKE_LOG"]
    try:
        {"counterfire-hub": hub, "counterfire-feed": feed,
         "counterfire-kds": display, "counterfirectl": ctl}[name]()
    finally:
        with open(note, "a", encoding="utf-8") as out:
            out.write(f"{name} ended\n")


if __name__ == "__main__":
    main()
