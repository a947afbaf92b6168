#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Computes the protocol's test vectors from the text of the contract alone, in another language
than the product's: canonical bytes (RFC 8785), chain hash, digest.

    reference_vectors.py --write FILE    writes the vectors
    reference_vectors.py --check FILE    exits 1 when the file says anything else
"""
import hashlib
import json
import sys


def canonical(value):
    """RFC 8785 for what the vectors use: numbers that Python and ECMAScript print alike."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda k: k.encode("utf-16-be"))
        return "{" + ",".join(canonical(k) + ":" + canonical(value[k]) for k in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def digest(orders):
    total = 0
    for order in orders:
        text = f"{order['order_id']}:{order['seq']}".encode()
        total += int.from_bytes(hashlib.sha256(text).digest()[:8], "big")
    return f"{total % 2**64:016x}"


def uuid(n):
    return f"0192b3c4-0000-7000-8000-{n:012d}"


def event(pos, order, seq, kind, payload, actor=None):
    return {"pos": pos, "id": uuid(1000 + pos), "order_id": uuid(order), "seq": seq, "type": kind,
            "v": 1, "at": f"2026-11-21T12:00:{pos:02d}.{pos * 7:03d}Z",
            "actor": actor or {"kind": "kitchen", "id": "grill-1"}, "payload": payload}


EVENTS = [
    event(1, 1, 1, "order_placed",
          {"number": "47", "source": {"name": "till", "external_id": "T-1042"},
           "service_type": "takeaway", "currency": "EUR", "customer": {"name": "Ana Müller"},
           "items": [{"line_id": "1", "name": "Cheeseburger \"Deluxe\"", "quantity": 2,
                      "unit_price": 950, "note": "well done\nno onions",
                      "allergens": ["milk", "gluten"],
                      "modifiers": [{"group": "Extras", "name": "Bacon", "quantity": 1,
                                     "unit_price": 150}]}]},
          {"kind": "integration", "id": "till", "address": "192.0.2.7", "user_agent": "till/1.0"}),
    event(2, 1, 2, "order_paid", {"method": "card", "reference": "pi_123", "amount": 2200}),
    event(3, 2, 1, "order_placed",
          {"number": "48",
           "meta": {"t": 1790000000.125, "\u20ac": "\U0001f354", "\ufb33": 1, "\U0001f600": 2},
           "items": [{"line_id": "1", "name": "宫保鸡丁", "quantity": 1}]}),
    event(4, 1, 3, "item_ready", {"lines": ["1"]}),
    event(5, 1, 4, "order_started", {}),
    event(6, 1, 5, "order_ready", {}),
]

DIGESTS = [[], [(1, 5)], [(1, 5), (2, 1)], [(n, n) for n in range(1, 40)]]


def vectors():
    chain = bytes(32)
    events = []
    for e in EVENTS:
        text = canonical(e)
        chain = hashlib.sha256(chain + text.encode()).digest()
        events.append({"event": e, "canonical": text, "chain": chain.hex(),
                       "cursor": f"{'0' * 32}.{e['pos']}.{chain.hex()[:16]}"})
    digests = []
    for pairs in DIGESTS:
        orders = [{"order_id": uuid(o), "seq": s} for o, s in pairs]
        digests.append({"orders": orders, "digest": digest(orders)})
    return {"about": "Test vectors for CounterFire's log chain and board digest; see README.md.",
            "v": 1, "chain_0": "00" * 32, "events": events, "digests": digests}


def main():
    action, path = sys.argv[1:]
    text = json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n"
    if action == "--write":
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return 0
    with open(path, encoding="utf-8") as f:
        if f.read() == text:
            return 0
    print(f"{path} is not what the contract's text computes to", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
