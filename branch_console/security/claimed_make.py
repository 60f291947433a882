"""Making the filter of who has claimed, and its deltas: what central does. Read by claimed.py."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from rbloom import Bloom

from branch_console.rules.canonical import Json, canonical
from branch_console.rules.journal import format_at
from branch_console.security.claimed import CANARIES, MEMBER_BYTES, VERSION, as_hash, pack
from branch_console.security.signing import sign

WRONG_HITS = 0.004
"""One in 250 who never claimed is sent to ask online. Far fewer would make a stolen filter a list of members."""
_AT_LEAST = 1024  # keys that a filter has room for


def make_filter(members: Iterable[int], seed: bytes, *, epoch: str, sequence: int, at: datetime) -> bytes:
    """A signed filter of these members. `seed` is central's signing key."""
    distinct = set(members)
    canaries = _invent(f"canary {sequence}")
    distinct.update(canaries)
    bloom = Bloom(max(len(distinct), _AT_LEAST), WRONG_HITS, as_hash)
    bloom.update(distinct)
    body = bloom.save_bytes()
    answers = {**dict.fromkeys(canaries, True), **{probe: probe in bloom for probe in _invent(f"probe {sequence}")}}
    header: dict[str, Json] = {
        "kind": "filter",
        "version": VERSION,
        "epoch": epoch,
        "sequence": sequence,
        "built_at": format_at(at),
        "count": len(distinct),
        "bits": bloom.size_in_bits,
        "hashes": int.from_bytes(body[:8], "little"),
        "canaries": {f"{member:016x}": answer for member, answer in answers.items()},
    }
    return _signed(header, body, seed)


def make_delta(members: Iterable[int], seed: bytes, *, epoch: str, since: int, sequence: int, at: datetime) -> bytes:
    """A signed list of exactly these members."""
    body = pack(members)
    header: dict[str, Json] = {
        "kind": "delta",
        "version": VERSION,
        "epoch": epoch,
        "since": since,
        "sequence": sequence,
        "built_at": format_at(at),
        "count": len(body) // MEMBER_BYTES,
    }
    return _signed(header, body, seed)


def _signed(header: dict[str, Json], body: bytes, seed: bytes) -> bytes:
    header |= {"length": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    return canonical({**header, "signature": sign(seed, canonical(header))}) + b"\n" + body


def _invent(name: str) -> list[int]:
    """Members that are nobody's."""
    return [
        int.from_bytes(hashlib.blake2b(f"{name} {number}".encode(), digest_size=MEMBER_BYTES).digest())
        for number in range(CANARIES)
    ]
