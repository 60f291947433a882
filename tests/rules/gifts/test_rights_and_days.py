"""Leases, entitlements, attested facts, the state of campaigns, and the end of a day."""

from typing import Any

from branch_console.rules.gifts.day_entries import DayLine
from branch_console.rules.gifts.days import FIRST_DAY, day_digest
from branch_console.rules.gifts.subjects import campaign_subject, day_subject
from branch_console.rules.journal import Entry
from tests.rules.gifts.gift_help import CENTRAL, K01, K02, at, entry, fold, marks

LEASE = "lease/0190c0de-0000-7000-8000-00000000e001"
ENTITLEMENT = "entitlement/0190c0de-0000-7000-8000-00000000e002"
SEEN = "attestation/0190c0de-0000-7000-8000-00000000e003"
DAY = day_subject("SZ01", "2026-12-12")


def granted(minute: int, terminal: str = CENTRAL) -> Entry:
    data = {
        "campaign": "d12", "terminal": K01, "quantity": 5, "unit_cost_fen": 4500, "epoch": "e1", "expires_at": at(600),
    }  # fmt: skip
    return entry(minute, "lease.granted", data, subject=LEASE, staff=None, terminal=terminal)


def lease(minute: int, verb: str, data: Any, terminal: str = K01) -> Entry:
    return entry(minute, f"lease.{verb}", data, subject=LEASE, terminal=terminal)


def test_a_lease_is_custody_and_ends_once() -> None:
    assert fold([granted(1)]).status == "open"
    made = [granted(1), lease(2, "recalled", {"why": "paused"}, CENTRAL), lease(3, "returned", {"used": 2})]
    state = fold(made)
    assert (state.status, state.used, marks(state)) == ("returned", 2, [])
    crossed = fold([granted(1), lease(2, "returned", {"used": 2}), lease(3, "recalled", {"why": "x"}, CENTRAL)])
    assert (crossed.status, marks(crossed)) == ("returned", [])
    lost = fold([*made, lease(4, "written_off", {"reason": "终端丢失"})])
    assert (lost.status, marks(lost)) == ("returned", ["lease_ended"])


def test_a_lease_belongs_to_its_terminal_and_central() -> None:
    assert marks(fold([granted(1, K02)])) == ["not_central"]
    assert marks(fold([granted(1), lease(2, "returned", {"used": 0}, K02)])) == ["not_own_lease"]
    assert marks(fold([granted(1), lease(2, "recalled", {"why": "x"})])) == ["not_central"]
    assert marks(fold([granted(1), granted(2)])) == ["granted_twice"]
    over = fold([granted(1), lease(2, "returned", {"used": 6})])
    assert (over.status, over.used, marks(over)) == ("returned", 6, ["lease_overused"])


def issued(minute: int, terminal: str = CENTRAL, **changed: Any) -> Entry:
    data = {
        "campaign": "d12", "version": 1, "keys": {"person": "k1:zhang"}, "skus": ["RICE-5KG"], "value_fen": 6000,
        "expires_on": "2026-12-31", "home_branch": "SZ01", "epoch": "e1", "signature": "c2ln", **changed,
    }  # fmt: skip
    return entry(minute, "entitlement.issued", data, subject=ENTITLEMENT, staff=None, terminal=terminal)


def test_an_entitlement_is_issued_once_and_stays_away() -> None:
    away = entry(2, "entitlement.moved_away", {"why": "used_elsewhere"}, subject=ENTITLEMENT, terminal=CENTRAL)
    state = fold([issued(1), away, issued(3, value_fen=9)])
    assert (state.status, state.why, state.value_fen, marks(state)) == (
        "moved_away", "used_elsewhere", 6000, ["granted_twice"],
    )  # fmt: skip
    assert marks(fold([issued(1, K01)])) == ["not_central"]
    assert fold([issued(1, K01)]).status == ""
    assert fold([issued(1)._replace(data=None)]).erased


def attested(minute: int, **changed: Any) -> Entry:
    by = {name: changed.pop(name) for name in ("staff", "terminal") if name in changed}
    data = {
        "recipient": {"keys": {"person": "k1:zhang"}, "name": "张*丰"}, "fact": "points",
        "value": '{"spendable":500}', "reference": "T-20261212-0001", "seen_at": at(0), **changed,
    }  # fmt: skip
    return entry(minute, "fact.attested", data, subject=SEEN, **by)


def test_what_staff_saw_is_verified_by_central_only() -> None:
    def verified(terminal: str) -> Entry:
        data = {"outcome": "contradicted", "value": '{"spendable":5}'}
        return entry(5, "fact.verified", data, subject=SEEN, staff=None, terminal=terminal)

    state = fold([attested(1), verified(CENTRAL)])
    assert (state.fact, state.staff, state.outcome, state.true_value) == (
        "points", "g1", "contradicted", '{"spendable":5}',
    )  # fmt: skip
    assert marks(fold([attested(1), verified(K02)])) == ["not_central"]
    twice = fold([attested(1), attested(2, value='{"spendable":9}')])
    assert (twice.value, marks(twice)) == ('{"spendable":500}', ["attested_twice"])
    assert marks(fold([attested(1, staff=None)])) == ["nobody_attested"]


def status(minute: int, said: str, version: int, terminal: str = CENTRAL) -> Entry:
    data = {"id": "d12", "status": said, "version": version, "approved_by": "hq2", "left_count": 40}
    return entry(minute, "campaign.status_changed", data, subject=campaign_subject("d12"), terminal=terminal)


def test_a_campaign_goes_on_and_never_back() -> None:
    state = fold([status(1, "running", 1), status(2, "paused", 1), status(3, "running", 2)])
    assert (state.id, state.status, state.version, state.left_count, marks(state)) == ("d12", "running", 2, 40, [])
    assert marks(fold([status(1, "running", 2), status(2, "running", 1)])) == ["campaign_went_on"]
    ended = fold([status(1, "ended", 1), status(2, "running", 1)])
    assert (ended.status, marks(ended)) == ("ended", ["campaign_went_on"])
    assert marks(fold([status(1, "running", 1, K01)])) == ["not_central"]


LINE: dict[str, Any] = {
    "location": "shelf",
    "sku": "RICE-5KG",
    "lot": "",
    "opening": 5,
    "came": 0,
    "went": 2,
    "corrected": 0,
    "counted": 3,
}


def closed(minute: int, *, subject: str = DAY, staff: str = "s1", **changed: Any) -> Entry:
    data = {
        "day": "2026-12-12", "lines": [LINE], "open_reservations": 1, "unsynced": 2, "maker": "g1",
        "previous": FIRST_DAY, "digest": day_digest("2026-12-12", [DayLine(**LINE)], FIRST_DAY), **changed,
    }  # fmt: skip
    return entry(minute, "day.closed", data, subject=subject, staff=staff)


def test_the_first_signature_closes_the_day() -> None:
    state = fold([closed(1), closed(2, staff="s2")])
    assert (state.closed, state.signed_by, state.maker, marks(state)) == (True, "s1", "g1", ["day_closed_already"])
    assert (state.open_reservations, state.unsynced, state.lines[0].counted) == (1, 2, 3)
    assert marks(fold([closed(1, maker="s1")])) == ["approved_alone"]
    assert marks(fold([closed(1, digest="0" * 64)])) == ["digest_differs"]
    assert marks(fold([closed(1, since="2026-12-12")])) == ["wrong_day", "digest_differs"]
    wrong = fold([closed(1, subject=day_subject("SZ01", "2026-12-13"))])
    assert (wrong.closed, marks(wrong)) == (False, ["wrong_day"])


def test_the_digest_covers_day_lines_and_the_day_before_in_any_order_of_lines() -> None:
    one, two = DayLine(**LINE), DayLine(**{**LINE, "location": "quarantine"})
    digest = day_digest("2026-12-12", [one, two], FIRST_DAY)
    assert digest == day_digest("2026-12-12", [two, one], FIRST_DAY)
    others = {
        day_digest("2026-12-13", [one, two], FIRST_DAY),
        day_digest("2026-12-12", [one], FIRST_DAY),
        day_digest("2026-12-12", [one, two], FIRST_DAY, "2026-12-11"),
        day_digest("2026-12-12", [one, two], "1" * 64),
        day_digest("2026-12-12", [one, DayLine(**{**LINE, "location": "quarantine", "counted": 4})], FIRST_DAY),
    }
    assert len(others | {digest}) == 6
