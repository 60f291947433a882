"""Every rule of Push, over a real socket."""

import gzip
import json
from typing import Any

import httpx
import pytest
import zstandard

from tests.fixtures.central import CentralProcess, unique_name
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini, rehash, sha, uuid7


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem, after checking that it is one."""
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["central-epoch"]
    assert answer.json()["status"] == status
    return dict(answer.json())


def stored(mini: Mini) -> int:
    return int(mini.head().json()["seq"])


def test_a_batch_is_accepted_and_its_repetition_gets_the_same_answer_for_ever(terminal: Mini) -> None:
    terminal.journey(steps=5)
    first = terminal.push()
    assert first.json() == {"accepted_through": 5, "head_hash": terminal.entries[4]["hash"], "quarantined": []}
    terminal.journey(steps=3)
    assert terminal.push(6).json()["accepted_through"] == 8
    assert terminal.push(1, 5).json() == first.json()
    assert stored(terminal) == 8


def test_a_batch_that_overlaps_the_head_stores_only_what_is_new(terminal: Mini, other: Mini) -> None:
    terminal.journey(steps=6)
    terminal.push(1, 4)
    assert terminal.push(3, 6).json()["accepted_through"] == 6
    own = [each for each in other.read_feed()[0] if each["terminal"] == terminal.terminal]
    assert own == terminal.entries


def test_head_is_empty_at_first_and_signed_always(terminal: Mini) -> None:
    said = terminal.head().json()
    assert (said["seq"], said["hash"], said["quarantined"]) == (0, "0" * 64, [])
    terminal.journey()
    terminal.push()
    said = terminal.head().json()
    assert (said["seq"], said["hash"]) == (2, terminal.entries[-1]["hash"])
    assert (said["checkpoint"]["terminal"], said["checkpoint"]["seq"]) == (terminal.terminal, 2)
    terminal.central_signed(said["checkpoint"])
    assert said["epoch"] == terminal.head().headers["central-epoch"]


def test_gap_says_where_to_start(terminal: Mini) -> None:
    terminal.journey(steps=6)
    terminal.push(1, 2)
    assert refused(terminal.push(4), 409, "journal-gap")["expected_seq"] == 3
    assert stored(terminal) == 2


def test_fork_is_refused_and_nothing_of_the_batch_stored(terminal: Mini) -> None:
    terminal.journey(steps=3)
    terminal.push()
    old = terminal.entries
    terminal.entries = old[:1]
    terminal.write("journey.step_started", old[0]["subject"], {"step": "another"})
    terminal.write("journey.step_started", old[0]["subject"], {"step": "third"})
    terminal.write("journey.step_started", old[0]["subject"], {"step": "fourth"})
    assert refused(terminal.push(), 409, "journal-fork")["seq"] == 2
    assert refused(terminal.push(3), 409, "journal-fork")["seq"] == 3
    assert terminal.head().json()["hash"] == old[-1]["hash"]


BROKEN = {
    "wrong hash": {"hash": "0" * 64},
    "hash in upper case": {"hash": "A" * 64},
    "broken chain": {"prev": "1" * 64},
    "data does not match": {"data_hash": "2" * 64},
    "no such member": {"extra": 1},
    "id is no uuid": {"id": "x"},
    "type": {"type": "Journey"},
    "version 0": {"version": 0},
    "version is a float": {"version": 1.0},
    "version is true": {"version": True},
    "subject": {"subject": "journey"},
    "staff": {"staff": "a b"},
    "at": {"at": "2026-01-01"},
    "clock": {"clock": "1"},
    "data is an array": {"data": []},
    "float": {"data": {"x": 1.5}},
    "whole float": {"data": {"x": [1.0]}},
    "large integer": {"data": {"x": 2**53}},
    "huge integer": {"data": {"x": 10**400}},
    "deep": {"data": json.loads('{"x":' + "[" * 70 + "]" * 70 + "}")},
}


@pytest.mark.parametrize("changes", BROKEN.values(), ids=BROKEN)
def test_bad_entry_is_refused_with_all_that_came_with_it(terminal: Mini, changes: dict[str, Any]) -> None:
    terminal.journey(steps=3)
    bad = {**terminal.entries[2], **changes}
    if "data" in changes and type(bad["data"]) is dict:
        text = json.dumps(bad["data"], separators=(",", ":"))
        bad["data_hash"] = sha(text)
    if "hash" not in changes:
        bad["hash"] = sha({key: str(bad[key]) for key in bad if key not in {"data", "hash"}})
        if not any(type(value) is float for value in bad.values()):
            rehash(bad, data_hash=False)
    batch = [*terminal.entries[:2], bad]
    refused(terminal.post(terminal.body(batch, terminal.checkpoint(bad))), 422, "bad-entry")
    assert stored(terminal) == 0


@pytest.mark.parametrize("spelling", ["1.0", "1e3", "-0.0", "NaN", "Infinity", "1E400", "9" * 5000])
def test_a_float_is_seen_however_it_is_spelt(terminal: Mini, spelling: str) -> None:
    entry = terminal.write("journey.step_started", f"journey/{uuid7()}", {"step": "@"})
    body = terminal.body([entry]).replace(b'"@"', spelling.encode())
    refused(terminal.post(body), 422, "bad-entry")


def test_a_doubled_member_is_refused(terminal: Mini) -> None:
    entry = terminal.write("journey.step_started", f"journey/{uuid7()}", {"step": "x"})
    body = terminal.body([entry]).replace(b'{"step":"x"}', b'{"step":"y","step":"x"}')
    refused(terminal.post(body), 422, "bad-entry")


def test_spaces_order_and_escapes_of_the_json_do_not_matter_and_are_kept(terminal: Mini, other: Mini) -> None:
    entry = terminal.write(
        "journey.step_started", f"journey/{uuid7()}", {"step": "步骤 é 𬭎 \u2028 \x1b", "é": 1, "𐀀": 2}
    )
    backwards = dict(reversed(entry.items()))
    text = json.dumps({"checkpoint": terminal.checkpoint(entry), "entries": [backwards]}, indent=1)
    assert terminal.post(text.encode()).status_code == 200
    assert other.feed().text.count('"\\u6b65\\u9aa4 \\u00e9') == 1
    assert other.read_feed()[0][-1] == entry


CHECKPOINTS: dict[str, dict[str, Any]] = {
    "another seq": {"seq": 1},
    "another hash": {"hash": "0" * 64},
    "another terminal": {"terminal": uuid7()},
    "signature": {"signature": "A" * 86},
    "no base64": {"signature": "!"},
    "at changed after signing": {"at": "2026-01-01T00:00:00.000Z"},
    "extra member": {"extra": 1},
}


@pytest.mark.parametrize("changes", CHECKPOINTS.values(), ids=CHECKPOINTS)
def test_bad_checkpoint_is_refused(terminal: Mini, changes: dict[str, Any]) -> None:
    terminal.journey()
    point = terminal.checkpoint(terminal.entries[-1], **changes)
    refused(terminal.post(terminal.body(terminal.entries, point)), 422, "bad-checkpoint")
    assert stored(terminal) == 0


def test_a_push_without_checkpoint_is_refused(terminal: Mini) -> None:
    terminal.journey()
    refused(terminal.post(json.dumps({"entries": terminal.entries}).encode()), 422, "bad-checkpoint")


def test_entries_of_another_terminal_or_branch_are_refused(
    shared_central: CentralProcess, terminal: Mini, other: Mini
) -> None:
    other.journey()
    refused(terminal.post(terminal.body(other.entries)), 403, "wrong-terminal")
    terminal.write(
        "journey.step_started", f"journey/{uuid7()}", {"step": "x"}, branch=shared_central.branch(unique_name())
    )
    refused(terminal.push(), 403, "wrong-branch")
    central = terminal.write("staff.registered", f"staff/{uuid7()}", {}, terminal=f"central/{terminal.branch}", seq=1)
    refused(terminal.post(terminal.body([central])), 403, "wrong-terminal")
    assert stored(terminal) == 0


UNFOLDABLE: dict[str, tuple[dict[str, Any], Any]] = {
    "unknown-type": ({"type": "journey.sang"}, {}),
    "unknown-version": ({"version": 9}, {}),
    "bad-data": ({}, {"step": 7}),
    "wrong-subject": ({"subject": f"staff/{uuid7()}"}, {"step": "x"}),
    "impossible-date": ({"at": "2026-02-30T25:00:00.000Z"}, {"step": "x"}),
    "unstorable-text": ({}, {"step": "a\x00b"}),
}


@pytest.mark.parametrize("code", UNFOLDABLE)
def test_what_cannot_be_folded_is_kept_named_and_stops_nobody(terminal: Mini, other: Mini, code: str) -> None:
    subject = terminal.journey()
    changes, data = UNFOLDABLE[code]
    terminal.write("journey.step_started", changes.pop("subject", subject), data, **changes)
    terminal.write("journey.step_started", subject, {"step": "behind"})
    answer = terminal.push().json()
    assert answer["accepted_through"] == 4
    assert [(each["seq"], each["code"]) for each in answer["quarantined"]] == [(3, code)]
    assert terminal.push().json() == answer
    assert [(each["seq"], each["code"]) for each in terminal.head().json()["quarantined"]] == [(3, code)]
    assert other.read_feed()[0][-4:] == terminal.entries


def test_a_lone_surrogate_is_kept_as_it_came(terminal: Mini, other: Mini) -> None:
    terminal.write("journey.step_started", f"journey/{uuid7()}", {"step": "a\ud800b"})
    terminal.write("journey.step_started", f"journey/{uuid7()}", {"step": "behind"})
    answer = terminal.push().json()
    assert [(each["seq"], each["code"]) for each in answer["quarantined"]] == [(1, "unstorable-text")]
    page = other.feed().content
    assert b'"a\\ud800b"' in page
    assert json.loads(page)["entries"][-2:] == terminal.entries


def test_raw_surrogate_bytes_are_no_utf8(terminal: Mini) -> None:
    entry = terminal.write("journey.step_started", f"journey/{uuid7()}", {"step": "a\ud800b"})
    body = terminal.body([entry]).replace(b"\\ud800", b"\xed\xa0\x80")
    refused(terminal.post(body), 400, "bad-request")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"entries":[],"checkpoint":{}}', b'{"entries":{}}', b"\xff", b"{" * 9000]
)
def test_what_is_no_push_is_a_bad_request(terminal: Mini, body: bytes) -> None:
    assert terminal.post(body).status_code in {400, 422}
    assert terminal.post(body).json()["code"] in {"bad-request", "bad-checkpoint"}


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_packed_bodies_are_unpacked(terminal: Mini, encoding: str) -> None:
    terminal.journey(steps=4)
    body = terminal.body(terminal.entries)
    packed = gzip.compress(body) if encoding == "gzip" else zstandard.compress(body)
    assert terminal.post(packed, **{"Content-Encoding": encoding}).json()["accepted_through"] == 4
    refused(terminal.post(body[:100], **{"Content-Encoding": encoding}), 400, "bad-request")
    refused(terminal.post(packed[:-9], **{"Content-Encoding": encoding}), 400, "bad-request")


def test_erased_data_is_gone_for_every_later_reader_and_the_chain_holds(
    shared_central: CentralProcess, terminal: Mini, other: Mini
) -> None:
    subject = terminal.journey("陈小红", steps=3)
    place = [{"terminal": terminal.terminal, "seq": 1}]
    other.write("data.erased", subject, {"entries": place, "why": "consent_withdrawn"})
    terminal.write(
        "data.erased",
        f"journey/{uuid7()}",
        {"entries": [{"terminal": terminal.terminal, "seq": 2}], "why": "consent_withdrawn"},
    )
    assert other.push().json()["quarantined"] == []  # the erasure comes before what it erases
    assert terminal.push().json()["quarantined"] == []
    assert terminal.push().status_code == 200
    third = enrolled(shared_central, terminal.branch)
    entries = {(each["terminal"], each["seq"]): each for each in third.read_feed()[0]}
    assert entries[terminal.terminal, 1] == {**terminal.entries[0], "data": None}
    assert entries[terminal.terminal, 2] == terminal.entries[1]  # of another subject than the erasure
    other.write(
        "data.erased", subject, {"entries": [{"terminal": terminal.terminal, "seq": 3}], "why": "consent_withdrawn"}
    )
    assert other.push(2).status_code == 200
    entries = {(each["terminal"], each["seq"]): each for each in third.read_feed()[0]}
    assert entries[terminal.terminal, 3] == {**terminal.entries[2], "data": None}
