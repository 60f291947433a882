"""Who may have claimed already: a signed, compact filter and the exact members that came after it.

The format is normative in docs/protocol.md. A member is 64 bits of a keyed hash of campaign and person. A filter that
was cut short still loads and then denies what it should know, so nothing is deserialised before signature, length and
hash are right, and nothing is asked before the canaries have answered. Whatever is wrong is a ClaimedError: a filter
never answers "not claimed" because it is broken. A hit is a "maybe" and never a refusal.
"""

import hashlib
import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from rbloom import Bloom

from branch_console.rules.canonical import Json, canonical
from branch_console.security.keys import hkdf
from branch_console.security.signing import Jwk, SignatureError, verify

INSIDERS = "@insiders"
"""The pseudo-campaign whose members are staff and their relatives; no campaign can have this name."""
VERSION = 1
MEMBER_BYTES = 8
CANARIES = 64
"""So many canaries are members; as many more are probes with whatever answer the filter gave when it was made."""

_PREFIX = 8  # bytes of the number of hashes, before the bits
_MOST_BYTES = 512 * 1_048_576
_MOST_HASHES = 64
_FIELDS = {
    "filter": {"kind", "version", "epoch", "sequence", "built_at", "count", "bits", "hashes", "length", "sha256"}
    | {"canaries", "signature"},
    "delta": {"kind", "version", "epoch", "since", "sequence", "built_at", "count", "length", "sha256", "signature"},
}
_NUMBERS = {"version", "sequence", "since", "count", "bits", "hashes", "length"}


class ClaimedError(ValueError):
    """The filter, the delta or the key cannot be trusted: what it would have said is unknown."""


class Hasher:
    """Members from campaigns and person keys, under the tenant's keys by version (32 bytes each)."""

    def __init__(self, tenant_keys: Mapping[str, bytes]) -> None:
        self._tenant_keys = dict(tenant_keys)
        self._campaign_keys: dict[tuple[str, str], bytes] = {}

    def member(self, campaign: str, person_key: str) -> int:
        """The 64 bits that stand for one person in one campaign. Raises ClaimedError for a key of unknown version."""
        version = person_key.partition(":")[0].removeprefix("k")
        key = self._campaign_keys.get((version, campaign))
        if key is None:
            tenant_key = self._tenant_keys.get(version)
            if tenant_key is None:
                raise ClaimedError("a person key of an unknown version")
            key = self._campaign_keys[version, campaign] = hkdf(tenant_key, f"claimed:{campaign}")
        message = f"{campaign}\n{person_key}".encode()
        return int.from_bytes(hashlib.blake2b(message, digest_size=MEMBER_BYTES, key=key).digest())


def as_hash(member: int) -> int:
    """The filter's own hash of a member: the member. Its bits are even already, and the same in every process."""
    return member


@dataclass(frozen=True, slots=True)
class Delta:
    """Exactly what was claimed after `since`, up to `sequence`; `members` are sorted."""

    epoch: str
    since: int
    sequence: int
    built_at: datetime
    members: "array[int]"


class ClaimedFilter:
    """A filter that was checked, and the deltas that were added to it. `built_at` is how new its knowledge is."""

    def __init__(self, bloom: Bloom, hasher: Hasher, header: Mapping[str, object], built_at: datetime) -> None:
        """Use `read_filter`."""
        self._bloom = bloom
        self._hasher = hasher
        self._later: array[int] = array("Q")
        self.epoch = str(header["epoch"])
        self.sequence = _number(header, "sequence")
        self.count = _number(header, "count")
        self.built_at = built_at

    def might_have(self, campaign: str, person_key: str) -> bool:
        """Whether the person may have claimed: False is certain as of `built_at`, True is not.

        Raises ClaimedError for a key of unknown version.
        """
        member = self._hasher.member(campaign, person_key)
        return member in self._bloom or _among(self._later, member)

    def add(self, delta: Delta) -> None:
        """Know what was claimed since. Raises ClaimedError for a delta of another epoch or with a gap before it."""
        if delta.epoch != self.epoch or not delta.since <= self.sequence <= delta.sequence:
            raise ClaimedError("the delta does not follow the filter")
        self._later = array("Q", sorted({*self._later, *delta.members}))
        self.sequence = delta.sequence
        self.built_at = max(self.built_at, delta.built_at)


def read_filter(content: bytes, central_key: Jwk, tenant_keys: Mapping[str, bytes]) -> ClaimedFilter:
    """Check a filter whole and load it. Raises ClaimedError."""
    header, body, built_at = _checked(content, central_key, "filter")
    bits, hashes = _number(header, "bits"), _number(header, "hashes")
    if bits == 0 or bits % 8 or len(body) != _PREFIX + bits // 8 or not 1 <= hashes <= _MOST_HASHES:
        raise ClaimedError("the size is not as the header says")
    if int.from_bytes(body[:_PREFIX], "little") != hashes:
        raise ClaimedError("the number of hashes is not as the header says")
    bloom = Bloom.load_bytes(body, as_hash)
    if bloom.size_in_bits != bits or not _about(bloom.approx_items, _number(header, "count")):
        raise ClaimedError("it does not hold as many keys as the header says")
    answers = _canaries(header)
    if sum(answers.values()) < CANARIES or any((member in bloom) is not said for member, said in answers.items()):
        raise ClaimedError("a canary answers otherwise than it should")
    return ClaimedFilter(bloom, Hasher(tenant_keys), header, built_at)


def read_delta(content: bytes, central_key: Jwk) -> Delta:
    """Check a delta and load it. Raises ClaimedError."""
    header, body, built_at = _checked(content, central_key, "delta")
    if len(body) != MEMBER_BYTES * _number(header, "count"):
        raise ClaimedError("it does not hold as many keys as the header says")
    members = unpack(body)
    if any(first >= second for first, second in pairwise(members)):
        raise ClaimedError("the keys are not in order")
    return Delta(str(header["epoch"]), _number(header, "since"), _number(header, "sequence"), built_at, members)


def is_delta(content: bytes) -> bool:
    """Whether what came says that it is a delta; nothing of it is checked by that."""
    return content[: content.find(b"\n")].find(b'"kind":"delta"') >= 0


def pack(members: Iterable[int]) -> bytes:
    """Members as the body of a delta: sorted, 8 bytes each, the highest first."""
    return _network_order(array("Q", sorted(set(members)))).tobytes()


def unpack(body: bytes) -> "array[int]":
    """The members in the body of a delta."""
    members = array("Q")
    members.frombytes(body)
    return _network_order(members)


def _network_order(members: "array[int]") -> "array[int]":
    if sys.byteorder == "little":
        members.byteswap()
    return members


def _unsigned(header: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in header.items() if name != "signature"}


def _checked(content: bytes, central_key: Jwk, kind: str) -> tuple[dict[str, object], bytes, datetime]:
    """The header, the body that it speaks of, and when it was made: form, signature, length and hash are right."""
    first, _newline, body = content.partition(b"\n")
    try:
        header = json.loads(first)
        if not isinstance(header, dict) or header.keys() != _FIELDS[kind] or canonical(header) != first:
            raise ClaimedError("the header is malformed")
        verify(central_key, canonical(_unsigned(header)), header["signature"])
        built_at = datetime.fromisoformat(str(header["built_at"]))
    except SignatureError as error:
        raise ClaimedError("the signature is wrong") from error
    except (ValueError, RecursionError, TypeError) as error:
        raise ClaimedError("the header is malformed") from error
    if (header["kind"], header["version"]) != (kind, VERSION) or built_at.tzinfo is None:
        raise ClaimedError("of another kind or version")
    if any(type(header[name]) is not int or header[name] < 0 for name in _NUMBERS & header.keys()):
        raise ClaimedError("the header is malformed")
    if not len(body) == header["length"] <= _MOST_BYTES or hashlib.sha256(body).hexdigest() != header["sha256"]:
        raise ClaimedError("the content is not what was signed")
    return header, body, built_at


def _canaries(header: Mapping[str, object]) -> dict[int, bool]:
    said = header["canaries"]
    if not isinstance(said, dict) or not all(type(answer) is bool for answer in said.values()):
        raise ClaimedError("the header is malformed")
    try:
        return {int(member, 16): answer for member, answer in said.items()}
    except ValueError as error:
        raise ClaimedError("the header is malformed") from error


def _number(header: Mapping[str, object], name: str) -> int:
    value = header[name]
    if type(value) is not int:
        raise ClaimedError("the header is malformed")
    return value


def _about(found: float, said: int) -> bool:
    """A filter can only estimate how many keys it holds: within 5 %, or 20 of a small number."""
    return abs(found - said) <= max(20, said * 0.05)


def _among(members: "array[int]", member: int) -> bool:
    place = bisect_left(members, member)
    return place < len(members) and members[place] == member
