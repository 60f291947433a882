"""A terminal in miniature, written from docs/protocol.md alone: nothing of branch_console is imported here."""

import base64
import hashlib
import json
import os
import time
import uuid
from datetime import UTC, datetime
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ZEROS = "0" * 64
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

Json = Any


def b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def jcs(value: Json) -> bytes:
    """RFC 8785 without floats; a lone surrogate becomes its three bytes."""
    return _jcs(value).encode("utf-8", "surrogatepass")


def _jcs(value: Json) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(_character(each) for each in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(_jcs(each) for each in value) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_jcs(key)}:{_jcs(value[key])}" for key in keys) + "}"
    raise TypeError(f"no canonical form of {type(value)}")


def _character(each: str) -> str:
    if each in _ESCAPES:
        return _ESCAPES[each]
    return f"\\u{ord(each):04x}" if ord(each) < 0x20 else each


def sha(value: Json) -> str:
    return hashlib.sha256(jcs(value)).hexdigest()


def uuid7() -> str:
    moment = time.time_ns() // 1_000_000
    value = moment << 80 | 7 << 76 | (int.from_bytes(os.urandom(10)) & ~(0xF << 76) & ~(3 << 62)) | 2 << 62
    return str(uuid.UUID(int=value & (1 << 128) - 1))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def rehash(entry: dict[str, Json], *, data_hash: bool = True) -> dict[str, Json]:
    """The entry with its hashes set right."""
    if data_hash:
        entry["data_hash"] = sha(entry["data"])
    entry["hash"] = sha({key: entry[key] for key in entry if key not in {"data", "hash"}})
    return entry


class Mini:
    """One terminal: its key, its journal, its connection."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=30)
        self.key = Ed25519PrivateKey.generate()
        self.terminal = ""
        self.branch = ""
        self.epoch = ""
        self.central_key: dict[str, str] = {}
        self.tenant_keys: dict[str, str] = {}
        self.token = ""
        self.entries: list[dict[str, Json]] = []
        self.clock = 0

    def close(self) -> None:
        self.http.close()

    @property
    def jwk(self) -> dict[str, str]:
        return {"kty": "OKP", "crv": "Ed25519", "x": b64(self.key.public_key().public_bytes_raw())}

    def enrol(self, code: str, name: str = "柜台一", **more: Json) -> httpx.Response:
        body = {"enrolment_code": code, "name": name, "public_key": self.jwk, **more}
        answer = self.http.post("/v1/terminals", json=body)
        if answer.status_code == 201:
            said = answer.json()
            self.terminal, self.branch, self.epoch = said["terminal"], said["branch"], said["epoch"]
            self.central_key, self.tenant_keys = said["central_key"], said["tenant_keys"]
        return answer

    def assertion(self, **changes: Json) -> str:
        issued = int(time.time())
        claims = {
            "iss": self.terminal,
            "sub": self.terminal,
            "aud": f"{self.url}/v1/token",
            "iat": issued,
            "exp": issued + 120,
            "jti": str(uuid.uuid4()),
            **changes,
        }
        signed = b64(json.dumps({"alg": "EdDSA", "typ": "JWT"}).encode()) + "." + b64(json.dumps(claims).encode())
        return f"{signed}.{b64(self.key.sign(signed.encode()))}"

    def ask_token(self, assertion: str | None = None, **changes: str) -> httpx.Response:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion or self.assertion(),
            **changes,
        }
        answer = self.http.post("/v1/token", data=form)
        if answer.status_code == 200:
            self.token = answer.json()["access_token"]
        return answer

    def write(self, type_: str, subject: str, data: Json, **changes: Json) -> dict[str, Json]:
        """Append to the journal."""
        self.clock = max(self.clock + 1, int(time.time() * 1000))
        entry = {
            "terminal": self.terminal,
            "seq": len(self.entries) + 1,
            "id": uuid7(),
            "type": type_,
            "version": 1,
            "branch": self.branch,
            "subject": subject,
            "staff": "g01",
            "at": now(),
            "clock": f"{self.clock:013d}-0000",
            "data": data,
            "prev": self.entries[-1]["hash"] if self.entries else ZEROS,
            **changes,
        }
        self.entries.append(rehash(entry))
        return entry

    def journey(self, name: str = "张三", steps: int = 2) -> str:
        """A journey of some entries; returns its subject."""
        subject = f"journey/{uuid7()}"
        flow = {"id": "ecny_personal", "version": 1}
        self.write("journey.started", subject, {"flow": flow, "target": "III", "name": name})
        for number in range(steps - 1):
            self.write("journey.step_started", subject, {"step": f"s{number}"})
        return subject

    def checkpoint(self, entry: dict[str, Json], **changes: Json) -> dict[str, Json]:
        point = {"terminal": entry["terminal"], "seq": entry["seq"], "hash": entry["hash"], "at": now()}
        point["signature"] = b64(self.key.sign(jcs(point)))
        return {**point, **changes}

    def body(self, entries: list[dict[str, Json]], checkpoint: dict[str, Json] | None = None) -> bytes:
        batch = {"entries": entries, "checkpoint": checkpoint or self.checkpoint(entries[-1])}
        return json.dumps(batch, ensure_ascii=True, separators=(",", ":")).encode()

    def headers(self, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Request-Nonce": b64(os.urandom(9)), **more}

    def post(self, body: bytes, **headers: str) -> httpx.Response:
        return self.http.post("/v1/journal", content=body, headers=self.headers(**headers))

    def push(self, first: int = 1, last: int | None = None) -> httpx.Response:
        """Push entries `first` to `last` of the journal."""
        return self.post(self.body(self.entries[first - 1 : last]))

    def head(self) -> httpx.Response:
        return self.http.get("/v1/journal/head", headers=self.headers())

    def beat(self, **report: Json) -> httpx.Response:
        """Ask for the head, and say how the terminal stands: all of its journal is here."""
        last = self.entries[-1]["hash"] if self.entries else ZEROS
        said = {"seq": len(self.entries), "hash": last, "pending": 0, "epoch": self.epoch, **report}
        return self.http.get("/v1/journal/head", params=said, headers=self.headers())

    def hold(self, body: Json) -> httpx.Response:
        return self.http.post("/v1/holds", json=body, headers=self.headers())

    def release(self, hold: str) -> httpx.Response:
        return self.http.delete(f"/v1/holds/{hold}", headers=self.headers())

    def facts(self, person: str, **keys: str) -> httpx.Response:
        return self.http.get(f"/v1/people/{person}/facts", params=keys, headers=self.headers())

    def stats(self, **query: Json) -> httpx.Response:
        return self.http.get("/v1/stats", params=query, headers=self.headers())

    def activity(self, **query: Json) -> httpx.Response:
        return self.http.get("/v1/stats/activity", params=query, headers=self.headers())

    def claimed(self, since: int | None = None, etag: str = "") -> httpx.Response:
        query = {} if since is None else {"since": since}
        more = {"If-None-Match": etag} if etag else {}
        return self.http.get("/v1/claimed-filter", params=query, headers=self.headers(**more))

    def feed(self, after: str | None = None, **query: Json) -> httpx.Response:
        if after is not None:
            query["after"] = after
        return self.http.get("/v1/feed", params=query, headers=self.headers())

    def read_feed(self, after: str | None = None, limit: int = 500) -> tuple[list[dict[str, Json]], str]:
        """Everything from `after` on, and the last cursor."""
        got: list[dict[str, Json]] = []
        while True:
            page = self.feed(after, limit=limit).raise_for_status().json()
            got += page["entries"]
            after = page["cursor"]
            if not page["more"]:
                return got, after

    def central_signed(self, checkpoint: dict[str, Json]) -> None:
        """Raises InvalidSignature unless central signed it."""
        message = {key: checkpoint[key] for key in ("terminal", "seq", "hash", "at")}
        key = Ed25519PublicKey.from_public_bytes(unb64(self.central_key["x"]))
        key.verify(unb64(checkpoint["signature"]), jcs(message))


def check_chain(entries: list[dict[str, Json]]) -> None:
    """Each writer's entries count up without gap and hang together, and every hash is right."""
    heads: dict[str, tuple[int, str]] = {}
    for entry in entries:
        seq, prev = heads.get(entry["terminal"], (0, ZEROS))
        assert (entry["seq"], entry["prev"]) == (seq + 1, prev), entry
        assert entry["hash"] == sha({key: entry[key] for key in entry if key not in {"data", "hash"}})
        if entry["data"] is not None:
            assert entry["data_hash"] == sha(entry["data"])
        heads[entry["terminal"]] = (entry["seq"], entry["hash"])
