"""The filter of who has claimed, read as docs/protocol.md says: nothing of branch_console reads it here."""

import hashlib
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.central.gift_help import key_of, run_campaign, somebody
from tests.central.test_restore import copy as copy_of
from tests.fixtures.central import CentralProcess
from tests.wire.conftest import enrolled
from tests.wire.mini import Json, Mini, jcs, unb64
from tests.wire.test_people import claim, know
from tests.wire.test_push import refused


def opened(mini: Mini, content: bytes) -> tuple[dict[str, Json], bytes]:
    """Header and content, after all checks that the page names."""
    first, _newline, body = content.partition(b"\n")
    header = json.loads(first)
    assert jcs(header) == first
    unsigned = {name: value for name, value in header.items() if name != "signature"}
    key = Ed25519PublicKey.from_public_bytes(unb64(mini.central_key["x"]))
    key.verify(unb64(header["signature"]), jcs(unsigned))
    assert (len(body), hashlib.sha256(body).hexdigest()) == (header["length"], header["sha256"])
    if header["kind"] == "filter":
        assert len(body) == 8 + header["bits"] // 8
        assert int.from_bytes(body[:8], "little") == header["hashes"]
        assert sum(header["canaries"].values()) >= 64
        assert len(header["canaries"]) == 128
        for canary, answer in header["canaries"].items():
            assert reports(header, body, int(canary, 16)) is answer
    return header, body


def reports(header: dict[str, Json], body: bytes, member: int) -> bool:
    state = member
    for _ in range(header["hashes"]):
        state = (state * 47026247687942121848144207491837418733 + 1) % 2**128
        bit = (state >> 32) % 2**64 % header["bits"]
        if not body[8 + bit // 8] >> bit % 8 & 1:
            return False
    return True


def member_of(mini: Mini, campaign: str, person: str) -> int:
    version = person[1 : person.index(":")]
    secret = unb64(mini.tenant_keys[version])
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"claimed:{campaign}".encode()).derive(secret)
    return int.from_bytes(hashlib.blake2b(f"{campaign}\n{person}".encode(), digest_size=8, key=key).digest(), "big")


def members(body: bytes) -> list[int]:
    return [int.from_bytes(body[place : place + 8], "big") for place in range(0, len(body), 8)]


@pytest.fixture
def mini(central: CentralProcess) -> Mini:
    """A terminal of a central that nobody else uses."""
    return enrolled(central, central.branch())


def test_who_has_claimed_is_reported_and_others_are_not(central: CentralProcess, mini: Mini) -> None:
    oil, phone_only = run_campaign(central), run_campaign(central, identity="phone")
    people, phones = [somebody(mini) for _ in range(40)], [key_of(mini, f"1310000{n:04}", "phone") for n in range(40)]
    for person, phone in zip(people, phones, strict=True):
        claim(central, "B1", oil.id, {"person": person, "phone": phone})
        claim(central, "B1", phone_only.id, {"person": person, "phone": phone})
    gone = somebody(mini)
    claim(central, "B1", oil.id, {"person": gone}, uses_right=False)
    insider = somebody(mini)
    know(central, insider, "insider", "true")
    header, body = opened(mini, mini.claimed().content)
    assert (header["kind"], header["epoch"], header["count"]) == ("filter", mini.epoch, 81 + 64)

    def hits(campaign: str, keys: list[str]) -> int:
        return sum(reports(header, body, member_of(mini, campaign, key)) for key in keys)

    assert (hits(oil.id, people), hits(phone_only.id, phones), hits("@insiders", [insider])) == (40, 40, 1)
    assert hits(oil.id, phones) + hits(phone_only.id, people) + hits("@insiders", people) + hits(oil.id, [gone]) < 4


def test_the_same_filter_is_not_sent_twice_and_deltas_are_exact(central: CentralProcess, mini: Mini) -> None:
    oil = run_campaign(central)
    claim(central, "B1", oil.id, {"person": somebody(mini)})
    first = mini.claimed()
    assert first.status_code == 200
    same = mini.claimed(etag=first.headers["etag"])
    assert (same.status_code, same.content) == (304, b"")
    since = opened(mini, first.content)[0]["sequence"]
    empty, body = opened(mini, mini.claimed(since).content)
    assert (empty["kind"], empty["since"], empty["sequence"], body) == ("delta", since, since, b"")
    later = [somebody(mini) for _ in range(3)]
    for person in later[:2]:
        claim(central, "B1", oil.id, {"person": person})
    one, body = opened(mini, mini.claimed(since).content)
    assert members(body) == sorted(member_of(mini, oil.id, person) for person in later[:2])
    assert one["sequence"] > since
    claim(central, "B1", oil.id, {"person": later[2]})
    two, body = opened(mini, mini.claimed(one["sequence"]).content)
    assert members(body) == [member_of(mini, oil.id, later[2])]
    both, body = opened(mini, mini.claimed(since).content)
    assert (both["sequence"], len(members(body))) == (two["sequence"], 3)
    for wrong in (since - 1, two["sequence"] + 1, 2**53 - 1):
        assert opened(mini, mini.claimed(wrong).content)[0]["kind"] == "filter"


def test_rebuilt_it_knows_all_and_forgets_what_was_given_up(central: CentralProcess, mini: Mini) -> None:
    oil = run_campaign(central)
    stays, goes = somebody(mini), somebody(mini)
    claim(central, "B1", oil.id, {"person": stays})
    name = claim(central, "B1", oil.id, {"person": goes})
    old = opened(mini, mini.claimed().content)[0]
    central.sql("UPDATE claim_right SET uses_right = false WHERE claim = %s", name)
    assert opened(mini, mini.claimed().content)[0] == old  # it is not built at every question
    assert json.loads(central.command("claimed", "rebuild", "--json")) == {"sequence": old["sequence"]}
    header, body = opened(mini, mini.claimed().content)
    assert header["built_at"] > old["built_at"]
    assert header["count"] == old["count"] - 1
    assert reports(header, body, member_of(mini, oil.id, stays))
    central.sql("UPDATE claimed_filter SET built_at = built_at - interval '21 hours'")
    assert opened(mini, mini.claimed().content)[0]["built_at"] > header["built_at"]  # it was stale


def test_deltas_reach_back_to_the_oldest_filter_that_is_kept(central: CentralProcess, mini: Mini) -> None:
    oil = run_campaign(central)
    sequences = []
    for _ in range(5):
        claim(central, "B1", oil.id, {"person": somebody(mini)})
        sequences.append(json.loads(central.command("claimed", "rebuild", "--json"))["sequence"])
    kinds = [opened(mini, mini.claimed(since).content)[0]["kind"] for since in sequences]
    assert kinds == ["filter", "filter", "delta", "delta", "delta"]
    assert central.sql("SELECT count(*) FROM claimed_member") == [(2,)]


def test_what_many_write_while_many_read_is_in_one_delta_or_the_next(central: CentralProcess, mini: Mini) -> None:
    """A reader that goes on from each answer's sequence sees every claim, however transactions overlap."""
    oil = run_campaign(central)
    since = opened(mini, mini.claimed().content)[0]["sequence"]
    people = [[somebody(mini) for _ in range(25)] for _ in range(4)]

    def write(keys: list[str]) -> None:
        for key in keys:
            claim(central, "B1", oil.id, {"person": key})

    writers = [threading.Thread(target=write, args=(keys,)) for keys in people]
    for each in writers:
        each.start()
    seen: list[int] = []
    last_time = False
    while True:
        header, body = opened(mini, mini.claimed(since).content)
        seen += members(body)
        since = header["sequence"]
        if last_time:
            break
        last_time = not any(each.is_alive() for each in writers)
    expected = {member_of(mini, oil.id, key) for keys in people for key in keys}
    assert sorted(seen) == sorted(expected)


def test_after_a_restore_there_is_no_delta_over_the_gap(
    postgres_url: str, make_database: Callable[[], str], tmp_path: Path
) -> None:
    central = CentralProcess(tmp_path / "home", make_database(), {}).start()
    mini = enrolled(central, central.branch())
    oil = run_campaign(central)
    claim(central, "B1", oil.id, {"person": somebody(mini)})
    mini.claimed()
    central.stop()
    name = str(central.sql("SELECT current_database()")[0][0])
    backup = copy_of(postgres_url, name, f"{name}_old")
    central.start()
    claim(central, "B1", oil.id, {"person": somebody(mini)})
    before = opened(mini, mini.claimed(opened(mini, mini.claimed().content)[0]["sequence"]).content)[0]
    central.stop()
    central.database = backup
    try:
        central.start()
        header, _body = opened(mini, mini.claimed(before["sequence"]).content)
        assert header["kind"] == "filter"
        assert header["epoch"] != before["epoch"]
        again = somebody(mini)
        claim(central, "B1", oil.id, {"person": again})
        delta, body = opened(mini, mini.claimed(header["sequence"]).content)
        assert members(body) == [member_of(mini, oil.id, again)]
        assert delta["sequence"] > before["sequence"]  # no sequence is used twice
    finally:
        central.stop()
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}_old WITH (FORCE)".encode())


def test_only_terminals_in_service_get_it(central: CentralProcess, mini: Mini) -> None:
    refused(mini.http.get("/v1/claimed-filter?since=-1", headers=mini.headers()), 400, "bad-request")
    central.revoke(mini.terminal)
    refused(mini.claimed(), 403, "terminal-revoked")
    mini.token = "x"
    refused(mini.claimed(), 401, "invalid-token")


def test_the_program_s_own_reader_agrees(central: CentralProcess, mini: Mini) -> None:
    from branch_console.security.claimed import INSIDERS, is_delta, read_delta, read_filter

    oil, person, later = run_campaign(central), somebody(mini), somebody(mini)
    claim(central, "B1", oil.id, {"person": person})
    tenant: dict[str, Any] = {version: unb64(key) for version, key in mini.tenant_keys.items()}
    known = read_filter(mini.claimed().content, mini.central_key, tenant)
    assert known.might_have(oil.id, person)
    claim(central, "B1", oil.id, {"person": later})
    know(central, later, "insider", "true")
    central.sql("UPDATE person_fact SET import = 9")
    content = mini.claimed(known.sequence).content
    assert is_delta(content)
    known.add(read_delta(content, mini.central_key))
    assert known.might_have(oil.id, later)
    assert known.might_have(INSIDERS, later)
    assert not known.might_have(oil.id, somebody(mini)) or not known.might_have(oil.id, somebody(mini))
