# SPDX-License-Identifier: Apache-2.0
"""A kitchen display written from the wire contract alone.

    follow_stream.py ws|sse|poll HOST:PORT

Follows the kitchen stream and prints "at POS count N digest HEX" whenever it is level with the hub,
with the digest computed here. Ends with an error the moment anything is not as the contract says.
Needs Debian's python3-websockets for `ws`, nothing for the others.
"""
import asyncio
import hashlib
import json
import sys
import urllib.parse
import urllib.request

CLOSING = {"order_completed", "order_cancelled"}


class Board:
    """Open orders by id, with their seq; and where in the log this is."""

    def __init__(self):
        self.open = {}
        self.seen = {}
        self.pos = None

    def reset(self, orders, pos):
        self.open = {order["order_id"]: order["seq"] for order in orders}
        self.seen = dict(self.open)
        self.pos = pos

    def apply(self, event):
        assert event["pos"] == self.pos + 1, f"{event['pos']} after {self.pos}"
        order, seq = event["order_id"], event["seq"]
        if order in self.seen:
            assert seq == self.seen[order] + 1, f"seq {seq} after {self.seen[order]}"
        self.pos, self.seen[order] = event["pos"], seq
        if event["type"] in CLOSING:
            self.open.pop(order, None)
        elif order in self.open or event["type"] in ("order_placed", "order_recalled"):
            self.open[order] = seq

    def digest(self):
        total = sum(
            int.from_bytes(hashlib.sha256(f"{order}:{seq}".encode()).digest()[:8], "big")
            for order, seq in self.open.items())
        return f"{total % 2**64:016x}"

    def report(self):
        print(f"at {self.pos} count {len(self.open)} digest {self.digest()}", flush=True)


class Stream:
    """The messages of one connection, whatever carries them."""

    def __init__(self):
        self.board = Board()
        self.orders = []
        self.level = False

    def take(self, message):
        getattr(self, "on_" + message["t"], lambda _: None)(message)

    def on_welcome(self, message):
        assert message["mode"] == "snapshot" and message["reason"] == "first", message

    def on_snap(self, message):
        self.orders += message["orders"]

    def on_snap_end(self, message):
        self.board.reset(self.orders, message["at"])
        self.check(message)

    def on_ev(self, message):
        assert message["prev"] == self.board.pos, (message["prev"], self.board.pos)
        for event in message["events"]:
            self.board.apply(event)
        assert message["to"] == self.board.pos, (message["to"], self.board.pos)
        if self.level:
            self.board.report()

    def on_live(self, message):
        self.level = True
        self.check(message)
        self.board.report()

    def on_hb(self, message):
        if message["head"] == self.board.pos:
            self.check(message)

    def check(self, message):
        assert message["digest"] == self.board.digest(), (message, self.board.digest())
        assert message["count"] == len(self.board.open), (message, len(self.board.open))

    def on_bye(self, message):
        raise SystemExit(f"the hub says bye: {message}")


async def follow_websocket(hub):
    import websockets

    stream = Stream()
    async with websockets.connect(f"ws://{hub}/v1/kds/stream", max_size=8 << 20) as socket:
        await socket.send(json.dumps({"t": "hello", "v": 1, "device": "python", "name": "python",
                                      "cursor": None, "outbox_next": 1}))
        async for text in socket:
            message = json.loads(text)
            stream.take(message)
            if message["t"] in ("ev", "snap_end"):
                await socket.send(json.dumps({"t": "ack", "sid": message["sid"],
                                              "pos": stream.board.pos, "shown": True}))


def follow_events(hub):
    stream = Stream()
    request = urllib.request.Request(f"http://{hub}/v1/kds/stream",
                                     headers={"Accept": "text/event-stream"})
    name, data, last_id = "", "", ""
    with urllib.request.urlopen(request) as reply:
        for raw in reply:
            line = raw.decode().rstrip("\n")
            key, _, value = line.partition(": ")
            if key == "event":
                name = value
            elif key == "data":
                data += value
            elif key == "id":
                last_id = value
            elif not line and data:
                message = json.loads(data)
                assert message["t"] == name, (name, message)
                stream.take(message)
                if name == "ev":
                    assert int(last_id.split(".")[1]) == message["to"], last_id
                name, data = "", ""


def follow_polling(hub):
    def get(path):
        with urllib.request.urlopen(f"http://{hub}{path}") as reply:
            return json.load(reply)

    board = Board()
    snapshot = get("/v1/kds/snapshot")
    cursor = snapshot["cursor"]
    board.reset(snapshot["orders"], int(cursor.split(".")[1]))
    assert snapshot["digest"] == board.digest(), (snapshot["digest"], board.digest())
    board.report()
    while True:
        since = urllib.parse.quote(cursor)
        answer = get(f"/v1/kds/events?since={since}&limit=20&wait=25")
        assert len(answer["events"]) <= 20, len(answer["events"])
        for event in answer["events"]:
            board.apply(event)
        cursor = answer["cursor"]
        assert int(cursor.split(".")[1]) == board.pos, (cursor, board.pos)
        if not answer["more"]:
            assert answer["digest"] == board.digest(), (answer["digest"], board.digest())
            assert answer["count"] == len(board.open), (answer["count"], len(board.open))
            board.report()


def main():
    transport, hub = sys.argv[1:]
    if transport == "ws":
        asyncio.run(follow_websocket(hub))
    elif transport == "sse":
        follow_events(hub)
    else:
        follow_polling(hub)
    raise SystemExit("the stream ended")


if __name__ == "__main__":
    main()
