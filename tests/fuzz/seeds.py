#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the seeds of tests/fuzz/corpus: what a hub and a display really say, from the golden
files.

Usage: seeds.py [DIRECTORY]; the default is corpus/ beside this file. Files are named after what
they hold, so that a second run changes nothing. What fuzzing found beside them stays.
"""
import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE.parent / "shared" / "golden"
ORDER = b'{"items":[{"name":"Burger","quantity":2,"modifiers":[{"name":"Bacon"}]}],"payment":{}}'
FULL = (b'{"source":{"name":"till","external_id":"T-1"},"number":"47","service_type":"takeaway",'
        b'"customer":{"name":"Ana"},"due_at":"2026-11-21T12:00:00+01:00","currency":"EUR",'
        b'"meta":{"a":[1,2.5,null]},"items":[{"line_id":"1","name":"Burger","quantity":2,'
        b'"unit_price":950,"course":1,"allergens":["milk"]}]}')
HELLO = b'{"t":"hello","v":1,"device":"d-1","name":"grill","cursor":null,"outbox_next":1}'
EPOCH = b"00112233445566778899aabbccddeeff"


def lines(name):
    return (GOLDEN / name).read_bytes().splitlines()


def routes():
    yield b"POST /v1/orders\tContent-Type: application/json\tIdempotency-Key: k\n" + ORDER
    yield b"POST /v1/orders\n" + FULL
    for kind, payload in (("order_started", "{}"), ("item_ready", '{"lines":["1"]}'),
                          ("items_added", '{"items":[{"name":"x","quantity":1}]}'),
                          ("item_voided", '{"lines":["1","2"]}'), ("order_recalled", "{}"),
                          ("order_note_added", '{"note":"n"}'), ("course_fired", '{"course":2}'),
                          ("item_moved", '{"lines":["1"],"station":"fry"}')):
        yield (f'POST /v1/orders/ORDER/events\n{{"type":"{kind}","payload":{payload},'
               f'"expected_seq":2,"command_id":"c"}}').encode()
    yield b"POST /v1/orders/ORDER/events\n" + lines("display_command.jsonl")[0]
    for target in (b"/v1/orders?open=1", b"/v1/orders/ORDER", b"/v1/orders/ORDER/timeline",
                   b"/v1/kds/snapshot?device=d-1", b"/v1/kds/events?limit=9&wait=25&since="
                   + EPOCH + b".0.0000000000000000", b"/v1/track/TOKEN",
                   b"/v1/track/TOKEN/events?wait=1&since=" + EPOCH + b".1", b"/t/TOKEN",
                   b"/t/TOKEN?lang=ar", b"/pickup?lang=zh", b"/v1/pickup?wait=1&since=x",
                   b"/web/theme.css",
                   b"/metrics", b"/v1/displays", b"/web/tracker.js", b"/v1/debug/stats"):
        yield b"GET " + target + b"\tAccept: text/plain"
    yield b"GET /v1/kds/stream\tAccept: text/event-stream\tLast-Event-ID: " + EPOCH + b".1.x"
    yield b"GET /v1/pickup/stream\tAccept: text/event-stream\tLast-Event-ID: x"
    yield b"GET /t/TOKEN\tAccept-Language: zh-Hant;q=0.7, *, es-MX;q=0.9"
    yield b"!GET /v1/orders\tAuthorization: Bearer kitchen-token"
    yield (b"!GET /v1/kds/stream?access_token=kitchen-token\tUpgrade: websocket"
           b"\tConnection: upgrade")
    yield b"!POST /v1/orders\tAuthorization: Bearer integration-token\n" + ORDER


def request():
    head = b" /v1/orders?a=b%20c HTTP/1.1\r\nHost: h\r\n"
    yield b"GET" + head + b"\r\n"
    yield b"POST" + head + b"Content-Length: 2\r\n\r\n{}GET" + head + b"\r\n"
    yield b"POST" + head + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    yield b"POST" + head + b"Expect: 100-continue\r\nContent-Length: 1\r\n\r\nx"
    yield b"GET http://h/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    yield (b"GET" + head + b"Upgrade: websocket\r\nConnection: Upgrade\r\n"
           b"Accept: text/event-stream, */*;q=0.1\r\nLast-Event-ID: " + EPOCH + b".1\r\n\r\n")


def stream():
    command = (b'{"t":"cmd","n":1,"order_id":"ORDER","type":"order_started","payload":{},'
               b'"expected_seq":2}')
    ack = b'{"t":"ack","sid":SID,"pos":2,"shown":true}'
    ahead = HELLO.replace(b"null", b'"EPOCH.9.0123456789abcdef"')
    resume = HELLO.replace(b"null", b'"EPOCH.0.0000000000000000"')
    yield b"\xff".join((HELLO, b"$", ack, command, b"$", command, b"", b"", b""))
    yield b"\xff".join((resume, b"$", ack, b'{"t":"new"}', command))
    yield b"\xff".join((ahead, b"$", b"", b"$"))


def display():
    events = lines("messages.jsonl")
    welcome, snap, snap_end, ev, live, beat, res, bye = (events[i] for i in range(3, 11))
    empty = b'"digest":"0000000000000000"'
    snap = b'{"t":"snap","sid":17,"at":0,"part":1,"parts":1,"orders":[],"recent":[]}'
    snap_end = b'{"t":"snap_end","sid":17,"at":0,"h":"0000000000000000","count":0,' + empty + b"}"
    live = b'{"t":"live","sid":17,"at":0,"count":0,' + empty + b"}"
    yield b"\xff".join((welcome, snap, snap_end, live, b"@", ev, b"@", b"*", b"*", res, beat, bye))
    yield b"\xff".join((welcome, events[4], snap_end, live, b"!", welcome, ev))
    snapshot = (b'?{"cursor":"' + EPOCH + b'.0.0000000000000000","orders":[],"recent":[],"count":0,'
                + empty + b',"outbox_last":3}')
    page = (b'?{"cursor":"' + EPOCH + b'.1.0000000000000001","events":['
            + ev[ev.index(b'[') + 1:ev.index(b',{"actor"')] + b'],"more":true,"count":1,' + empty
            + b"}") if b',{"actor"' in ev else b"?{}"
    yield b"\xff".join((snapshot, page, b"*", b"?", snapshot))


def seeds():
    golden = lines("messages.jsonl") + lines("display_command.jsonl")
    texts = [EPOCH + b".18234.9f3c00112233aabb", EPOCH + b".7", b"2026-11-21T12:03:10.000Z",
             b"0192b3c4-d5e6-7000-8000-000000000000",
             b'{"b":[1e21,-0.5,"\\u00e9\\ud83d\\ude00"],"a":{}}']
    edits = [b"\x00" + bytes((kind, 0, page, 16, 4, 65, 66, 67)) for kind in range(4)
             for page in (0, 16, 32)]
    return {"text": texts, "messages": golden, "request": request(), "routes": routes(),
            "stream": stream(), "display": display(),
            "cache": edits + [b"\x80SQLite format 3\x00", b"\x80"],
            "log": [edit[1:] for edit in edits],
            "config": [b"--data\n/x\n--port\n7300\n--demo", b"--bind\n[::1]:7300\n--tls-cert\na",
                       b'{"integration":"' + b"a" * 64 + b'","kitchen":"' + b"b" * 64
                       + b'","manager":"' + b"c" * 64 + b'"}']}


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "corpus"
    for target, inputs in seeds().items():
        directory = root / target
        directory.mkdir(parents=True, exist_ok=True)
        for data in inputs:
            (directory / hashlib.sha1(data).hexdigest()).write_bytes(data)


if __name__ == "__main__":
    main()
