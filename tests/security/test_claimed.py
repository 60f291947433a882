"""The filter of who has claimed: members are always reported, few others are, and what is broken is refused."""

import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch_console.rules.canonical import canonical
from branch_console.rules.masking import person_key
from branch_console.security import claimed
from branch_console.security.claimed import INSIDERS, ClaimedError, Hasher, read_delta, read_filter
from branch_console.security.claimed_make import make_delta, make_filter
from branch_console.security.signing import public_jwk, sign

SEED = bytes(range(32))
KEY = public_jwk(SEED)
TENANT = {"1": b"t" * 32, "2": b"u" * 32}
AT = datetime(2026, 12, 12, 3, 4, 5, 678000, tzinfo=UTC)
HASHER = Hasher(TENANT)


def people(count: int, start: int = 0, version: str = "1") -> list[str]:
    return [person_key(TENANT[version], version, "document", f"invented-{start + n}") for n in range(count)]


def made(keys: list[str], campaign: str = "d12-oil", sequence: int = 7) -> bytes:
    members = [HASHER.member(campaign, key) for key in keys]
    return make_filter(members, SEED, epoch="e1", sequence=sequence, at=AT)


SMALL = made(people(50))
DELTA = make_delta(
    [HASHER.member("d12-oil", key) for key in people(9, 5000)], SEED, epoch="e1", since=7, sequence=9, at=AT
)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    claims=st.sets(
        st.tuples(st.sampled_from(["d12-oil", "first-pay", INSIDERS]), st.integers(0, 10**6), st.sampled_from("12")),
        max_size=300,
    )
)
def test_members_are_always_reported(claims: set[tuple[str, int, str]]) -> None:
    pairs = [(campaign, people(1, number, version)[0]) for campaign, number, version in claims]
    content = make_filter([HASHER.member(*pair) for pair in pairs], SEED, epoch="e1", sequence=1, at=AT)
    known = read_filter(content, KEY, TENANT)
    assert all(known.might_have(*pair) for pair in pairs)


@pytest.mark.parametrize("count", [1_000, 20_000])
def test_hardly_anybody_else_is(count: int) -> None:
    known = read_filter(made(people(count)), KEY, TENANT)
    others = people(20_000, 10**9)
    wrong = sum(known.might_have("d12-oil", key) for key in others)
    assert wrong / len(others) < 0.01
    wrong = sum(known.might_have("other", key) for key in people(count))  # the same people, another campaign
    assert wrong / count < 0.01


def test_what_it_says_of_itself() -> None:
    known = read_filter(SMALL, KEY, TENANT)
    assert (known.epoch, known.sequence, known.built_at) == ("e1", 7, AT)
    assert known.count == 50 + claimed.CANARIES
    assert not claimed.is_delta(SMALL)
    assert claimed.is_delta(DELTA)


@pytest.mark.parametrize(
    ("content", "read"),
    [(SMALL, lambda content: read_filter(content, KEY, TENANT)), (DELTA, lambda content: read_delta(content, KEY))],
    ids=["filter", "delta"],
)
def test_cut_short_anywhere_it_is_refused(content: bytes, read: Callable[[bytes], object]) -> None:
    read(content)
    for length in range(len(content)):
        with pytest.raises(ClaimedError):
            read(content[:length])
    with pytest.raises(ClaimedError):
        read(content + b"\0")


@pytest.mark.parametrize(
    ("content", "read"),
    [(SMALL, lambda content: read_filter(content, KEY, TENANT)), (DELTA, lambda content: read_delta(content, KEY))],
    ids=["filter", "delta"],
)
def test_with_any_byte_changed_it_is_refused(content: bytes, read: Callable[[bytes], object]) -> None:
    choice = random.Random(7)
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= choice.randrange(1, 256)
        with pytest.raises(ClaimedError):
            read(bytes(changed))


def resigned(content: bytes, change: Callable[[dict[str, Any]], object], body: bytes | None = None) -> bytes:
    """The file with another header, or another body, rightly signed: what only central could do by a defect."""
    first, _newline, old = content.partition(b"\n")
    header = json.loads(first)
    header.pop("signature")
    if body is not None:
        header |= {"length": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    change(header)
    header["signature"] = sign(SEED, canonical(header))
    return canonical(header) + b"\n" + (old if body is None else body)


_BODY = SMALL.partition(b"\n")[2]
CANARY, ANSWER = next(iter(json.loads(SMALL.partition(b"\n")[0])["canaries"].items()))


@pytest.mark.parametrize(
    ("change", "body"),
    [
        (lambda header: header.update(version=2), None),
        (lambda header: header.update(kind="delta"), None),
        (lambda header: header.update(more=1), None),
        (lambda header: header.pop("count"), None),
        (lambda header: header.update(count=500), None),
        (lambda header: header.update(count=-1), None),
        (lambda header: header.update(count=True), None),
        (lambda header: header.update(sequence="7"), None),
        (lambda header: header.update(bits=header["bits"] + 64), None),
        (lambda header: header.update(bits=0), b"\x07" + bytes(7)),
        (lambda header: header.update(hashes=9), None),
        (lambda header: header.update(hashes=0), bytes(len(_BODY))),
        (lambda header: header.update(length=header["length"] + 1), None),
        (lambda header: header.update(sha256="0" * 64), None),
        (lambda header: header.update(built_at="yesterday"), None),
        (lambda header: header.update(built_at="2026-12-12T03:04:05"), None),
        (lambda header: header.update(canaries={}), None),
        (lambda header: header.update(canaries=[1]), None),
        (lambda header: header["canaries"].update(nothex=True), None),
        (lambda header: header["canaries"].update({CANARY: not ANSWER}), None),
        (lambda _header: None, _BODY[:8] + bytes(len(_BODY) - 8)),
        (lambda _header: None, _BODY[:-64]),
    ],
)
def test_what_does_not_fit_together_is_refused_even_when_signed(
    change: Callable[[dict[str, Any]], object], body: bytes | None
) -> None:
    with pytest.raises(ClaimedError):
        read_filter(resigned(SMALL, change, body), KEY, TENANT)


def test_bits_that_moved_are_found_by_the_canaries_even_when_signed() -> None:
    turned = _BODY[:8] + _BODY[9:] + _BODY[8:9]
    with pytest.raises(ClaimedError, match="canary"):
        read_filter(resigned(SMALL, lambda _header: None, turned), KEY, TENANT)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"{}\n", b"[]\n", b"null\n", b"[" * 100_000 + b"\n", b"\xff\n", b"1\n"]
)
def test_what_is_no_filter_at_all_is_refused(content: bytes) -> None:
    with pytest.raises(ClaimedError):
        read_filter(content, KEY, TENANT)
    with pytest.raises(ClaimedError):
        read_delta(content, KEY)


def test_another_central_s_filter_is_refused() -> None:
    with pytest.raises(ClaimedError, match="signature"):
        read_filter(SMALL, public_jwk(b"x" * 32), TENANT)


def test_a_key_of_an_unknown_version_is_unknown_and_not_unclaimed() -> None:
    with pytest.raises(ClaimedError):
        read_filter(SMALL, KEY, TENANT).might_have("d12-oil", "k3:abc")


def test_a_delta_adds_exactly_its_members() -> None:
    known = read_filter(SMALL, KEY, TENANT)
    later = people(9, 5000)
    before = [key for key in later if known.might_have("d12-oil", key)]
    assert len(before) < 3
    known.add(read_delta(DELTA, KEY))
    assert all(known.might_have("d12-oil", key) for key in later + people(50))
    assert known.sequence == 9
    known.add(read_delta(make_delta([], SEED, epoch="e1", since=9, sequence=9, at=AT.replace(hour=4)), KEY))
    assert known.built_at == AT.replace(hour=4)
    assert all(known.might_have("d12-oil", key) for key in later)


@pytest.mark.parametrize(
    ("epoch", "since", "sequence"), [("e2", 7, 9), ("e1", 8, 9), ("e1", 3, 6)], ids=["epoch", "gap", "older"]
)
def test_a_delta_that_does_not_follow_is_refused(epoch: str, since: int, sequence: int) -> None:
    known = read_filter(SMALL, KEY, TENANT)
    delta = read_delta(make_delta([1], SEED, epoch=epoch, since=since, sequence=sequence, at=AT), KEY)
    with pytest.raises(ClaimedError):
        known.add(delta)


@pytest.mark.parametrize("body", [b"\0" * 16, (2).to_bytes(8) + (1).to_bytes(8), b"\0" * 15])
def test_a_delta_out_of_order_or_of_another_length_is_refused(body: bytes) -> None:
    two = make_delta([1, 2], SEED, epoch="e1", since=7, sequence=9, at=AT)
    with pytest.raises(ClaimedError):
        read_delta(resigned(two, lambda _header: None, body), KEY)


def test_the_same_member_in_every_process() -> None:
    code = (
        "from branch_console.security.claimed import Hasher;print(Hasher({'1': b't' * 32}).member('d12-oil', 'k1:abc'))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert int(printed) == HASHER.member("d12-oil", "k1:abc")


def test_campaigns_have_keys_of_their_own() -> None:
    members = {HASHER.member(campaign, key) for campaign in ("a", "b") for key in ("k1:x", "k2:x", "k1:y")}
    assert len(members) == 6
