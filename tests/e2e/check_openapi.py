# SPDX-License-Identifier: Apache-2.0
"""Holds a hub to its own description of itself.

    check_openapi.py HUB_BINARY

Starts a hub, takes /v1/openapi.json from it, and checks: the schemas are sound JSON Schema, the
examples are as their schemas say, and what each operation really answers (with a token, without
one, and with one that does not open it) has a status, a media type and a body that are described.
That every route is described, and nothing else, is tests/hub/net/test_net_openapi.cpp's to say.

An operation that is asked for with its own examples needs nothing here; what others need is in
VALUES, BODIES and FORMS, and what must be there first in Checker.prepare(). Needs Debian's
python3-jsonschema.
"""
import http.client
import json
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

import jsonschema

LIMIT = 30  # seconds; only a failure takes that long

# What may be asked without a required parameter having an example.
VALUES = {"name": "printers", "file": "tracker.js"}
# Bodies that depend on what is there.
BODIES = {
    "append_event": {"type": "item_ready", "payload": {"lines": ["1"]}},
}
# Answers that go on for ever: only their head is looked at.
STREAMS = {"kitchen_stream", "track_stream", "now_stream", "pickup_stream"}
HEADERS = {"kitchen_stream": {"Accept": "text/event-stream"}}
# What is asked beside, for answers of another form.
FORMS = {
    "list_orders": ["open=1", "q=47&status=open"],
    "report": ["format=csv"],
    "receipt": ["format=html", "format=pdf", "format=escpos&columns=32"],
    "guest_receipt": ["format=pdf"],
    "import_menu": ["dry_run=1"],
    "export_menu": ["delimiter=semicolon"],
}
# A printer that nobody has switched on: what is printed waits for it.
PRINTERS = {"rev": 0, "settings": {"printers": [{"id": "front", "host": "127.0.0.1", "port": 9}]}}
TOKENS = {"counter, integration, manager": "integration", "every role": "kitchen",
          "kitchen, manager": "kitchen", "manager": "manager"}


class Hub:
    """A hub with tokens, for the length of a with."""

    def __init__(self, binary):
        self.binary = binary

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="cf-openapi-")
        data = Path(self.directory.name) / "data"
        self.process = subprocess.Popen(
            [self.binary, "--data", str(data), "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        said = self.process.stdout.readline()  # "listening on URL", or nothing when it ends
        if not said:
            raise SystemExit("the hub does not start")
        self.port = urllib.parse.urlsplit(said.split()[-1]).port
        self.tokens = json.loads((data / "tokens.json").read_text())
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(LIMIT)
        self.directory.cleanup()

    def ask(self, method, target, role=None, body=None, headers=None, whole=True):
        """Status, media type, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LIMIT)
        headers = dict(headers or {})
        if role:
            headers["Authorization"] = f"Bearer {self.tokens[role]}"
        if isinstance(body, str):
            headers["Content-Type"] = "text/csv"
        elif body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        try:
            connection.request(method, target, body, headers)
            reply = connection.getresponse()
            media = (reply.getheader("content-type") or "").split(";")[0]
            return reply.status, media, reply.read() if whole else b""
        finally:
            connection.close()


class Checker:
    def __init__(self, hub):
        self.hub = hub
        self.faults = []
        status, _, body = hub.ask("GET", "/v1/openapi.json")
        if status != 200:
            raise SystemExit(f"/v1/openapi.json is answered {status}")
        self.description = json.loads(body)
        self.values = dict(VALUES)
        self.bodies = {**BODIES, "sign_in": {"token": hub.tokens["kitchen"]}}

    def fault(self, where, what):
        self.faults.append(f"{where}: {what}")

    def operations(self):
        for path, methods in self.description["paths"].items():
            for method, operation in methods.items():
                yield method.upper(), path, operation

    def validate(self, where, value, schema):
        whole = {**schema, "components": self.description["components"]}
        for error in list(jsonschema.Draft202012Validator(whole).iter_errors(value))[:3]:
            at = "/".join(str(step) for step in error.absolute_path)
            self.fault(where, f"at /{at}: {error.message[:300]}")

    def check_schemas(self):
        for name, schema in self.description["components"]["schemas"].items():
            try:
                jsonschema.Draft202012Validator.check_schema(schema)
            except jsonschema.SchemaError as error:
                self.fault(name, error.message)

    def check_examples(self):
        count = 0
        for method, path, operation in self.operations():
            contents = [operation.get("requestBody", {}).get("content", {})]
            contents += [one.get("content", {}) for one in operation["responses"].values()]
            for content in contents:
                for media in content.values():
                    if "example" in media:
                        count += 1
                        self.validate(f"{method} {path}, example", media["example"],
                                      media["schema"])
            for one in operation.get("parameters", []):
                if "example" in one and one["schema"].get("type") != "integer":
                    self.validate(f"{method} {path}, {one['name']}", one["example"],
                                  one["schema"])
        if count < 5:
            self.fault("examples", f"there are only {count}")

    def prepare(self):
        """An order and a printer, so that there is something to ask for."""
        status, _, body = self.hub.ask("PUT", "/v1/settings/printers", "manager", PRINTERS)
        if status != 200:
            raise SystemExit(f"the printer is answered {status}: {body!r}")
        order = self.description["paths"]["/v1/orders"]["post"]["requestBody"]["content"]
        status, _, body = self.hub.ask("POST", "/v1/orders", "manager",
                                       order["application/json"]["example"])
        placed = json.loads(body)
        if status != 201:
            raise SystemExit(f"the example of an order is answered {status}: {body!r}")
        self.values |= {"order_id": placed["order_id"], "token": placed["tracker_token"]}
        _, _, body = self.hub.ask("GET", "/v1/kds/snapshot", "manager")
        self.values["since"] = json.loads(body)["cursor"]

    def target(self, path, operation):
        query = {}
        for one in operation.get("parameters", []):
            value = one.get("example", self.values.get(one["name"]))
            if one["in"] == "path":
                if value is None:
                    raise SystemExit(f"{path}: say in VALUES what {{{one['name']}}} may be")
                path = path.replace("{%s}" % one["name"], urllib.parse.quote(str(value)))
            elif one["in"] == "query" and one["required"]:
                query[one["name"]] = value
        return path + ("?" + urllib.parse.urlencode(query) if query else "")

    def body_of(self, target, operation):
        if operation["operationId"] in self.bodies:
            return self.bodies[operation["operationId"]]
        contents = operation.get("requestBody", {}).get("content", {})
        body = next((one.get("example") for one in contents.values()), None)
        if isinstance(body, dict) and "rev" in body:  # of the document as it is
            body = {**body, "rev": json.loads(self.hub.ask("GET", target, "manager")[2])["rev"]}
        return body

    def check_answer(self, where, operation, answer):
        status, media, body = answer
        described = operation["responses"].get(str(status))
        if described is None:
            return self.fault(where, f"answered {status}, which is not described: {body[:200]!r}")
        if "$ref" in described:
            described = self.description["components"]["responses"][
                described["$ref"].rsplit("/", 1)[1]]
        content = described.get("content")
        if not content:
            return self.fault(where, f"{status} has a body") if body else None
        found = content.get(media) or content.get("*/*")
        if found is None:
            return self.fault(where, f"{status} is {media}, which is not described")
        if body and media.endswith("json"):
            self.validate(f"{where} ({status})", json.loads(body), found.get("schema", {}))
        return None

    def check_operation(self, method, path, operation):
        where = f"{method} {path}"
        name = operation["operationId"]
        role = TOKENS.get(operation["x-roles"])
        target = self.target(path, operation)
        body = self.body_of(target, operation)
        whole = name not in STREAMS
        headers = HEADERS.get(name)
        answer = self.hub.ask(method, target, role, body, headers, whole)
        if not 200 <= answer[0] < 300:
            self.fault(where, f"answered {answer[0]}: {answer[2][:300]!r}")
        self.check_answer(where, operation, answer)
        for form in FORMS.get(name, []):
            answer = self.hub.ask(method, f"{target}?{form}", role, body, headers)
            if answer[0] != 200:
                self.fault(f"{where}?{form}", f"answered {answer[0]}: {answer[2][:300]!r}")
            self.check_answer(f"{where}?{form}", operation, answer)
        if role:
            answer = self.hub.ask(method, target, None, body, headers)
            if answer[0] != 401:
                self.fault(where, f"without a token it is answered {answer[0]}")
            self.check_answer(where, operation, answer)
        if operation["x-roles"] == "manager":
            answer = self.hub.ask(method, target, "kitchen", body, headers)
            if answer[0] != 403:
                self.fault(where, f"with the kitchen's token it is answered {answer[0]}")

    def run(self):
        self.check_schemas()
        self.check_examples()
        self.prepare()
        count = 0
        # What changes things comes last, so that all the rest finds what was prepared.
        for method, path, operation in sorted(self.operations(), key=lambda one: one[0] != "GET"):
            self.check_operation(method, path, operation)
            count += 1
        return count


def main():
    with Hub(sys.argv[1]) as hub:
        checker = Checker(hub)
        count = checker.run()
    for fault in checker.faults:
        print(fault)
    print(f"{count} operations, {len(checker.faults)} faults")
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
