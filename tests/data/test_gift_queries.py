"""What is asked about gifts: lists, rights that were used, caps of an outage, leases, entitlements, signals."""

from datetime import timedelta
from typing import Any

from branch_console.rules.gifts.ledger import Slot
from branch_console.rules.journal import Data, format_at
from data import gift_queries as ask
from data.store import Store
from tests.data.gifts import (
    PERSON,
    SKU,
    about,
    central,
    fill,
    give,
    given_back,
    hand_over,
    receive_from,
    reservation,
    ruling,
    voucher,
)
from tests.data.world import NOW, OTHER, OWN, Writer, act, later, phone, receive, started, subject

TODAY = "2026-03-02"


def key(name: str) -> dict[str, str]:
    return {"person": f"k1:{name:A<43}"}


def listed(store: Store, tab: ask.ClaimTab, **more: Any) -> list[str]:
    found = ask.claims(store, tab=tab, now=NOW, **more)
    assert more or ask.count_claims(store, tab=tab, now=NOW) == len(found)
    return [each.subject for each in found]


def test_tabs_and_pages(store: Store) -> None:
    fill(store, 20)
    old = give(store, "old", now=later(days=-1))
    given = give(store, "given")
    act(store, about("claim", "kept"), ("claim.reserved", reservation()))
    act(store, about("claim", "voucher"), ("claim.vouchered", voucher()))
    act(
        store,
        about("claim", "left"),
        ("claim.reserved", reservation()),
        ("claim.released", {"why": "customer_left", "note": None}),
    )
    receive_from(store, central().write(old, "claim.adjudicated", ruling("duplicate_offset"), staff=None))
    kept, code, left = (about("claim", name) for name in ("kept", "voucher", "left"))
    assert listed(store, "open") == [code, kept]
    assert listed(store, "today") == [left, code, kept, given]
    assert listed(store, "exceptions") == [old]
    assert listed(store, "all") == [left, code, kept, given, old]
    assert listed(store, "all", offset=1, limit=2) == [code, kept]
    row = ask.claim(store, code)
    assert row is not None
    assert (row.number, row.expires_at, row.status) == ("V-0000001", "2026-03-09", "vouchered")
    act(store, old, ("claim.settled", {"how": "accepted_as_loss", "reason": "written off"}))
    assert listed(store, "exceptions") == []
    settled = ask.claim(store, old)
    assert settled is not None
    assert (settled.exceptional, settled.settled, settled.outcome) == (True, True, "duplicate_offset")
    assert ask.claim(store, about("claim", "none")) is None


def test_rights_are_used_by_scope_and_freed_by_release_expiry_and_reopening(store: Store) -> None:
    fill(store, 20)
    given = give(store, 1)
    kept = about("claim", 2)
    act(store, kept, ("claim.reserved", reservation(campaign="OTHER", minutes=30)))
    other_phone = {"person": "k1:" + "Z" * 43, "phone": PERSON["phone"]}
    give(store, 3, keys=other_phone)

    def used(keys: dict[str, str], minutes: int = 0) -> dict[str, list[str]]:
        found = ask.claims_of_keys(store, keys, NOW + timedelta(minutes=minutes))
        return {scope: [each.subject for each in some] for scope, some in found.items()}

    assert used(PERSON) == {"person": [given, kept], "phone": [given, kept, about("claim", 3)]}
    assert used({"phone": PERSON["person"]}) == {"phone": []}
    assert used(PERSON, 30)["person"] == [given]
    (use,) = ask.claims_of_keys(store, {"person": PERSON["person"]}, later(hours=1))["person"]
    assert (use.campaign, use.day, use.quantity, use.status) == ("D11-OIL", TODAY, 1, "handed_over")
    act(store, kept, ("claim.released", {"why": "refused"}))
    act(store, given, ("claim.returned", given_back(reopens=False)))
    assert used({"person": PERSON["person"]}) == {"person": [given]}
    receive_from(store, central().write(about("claim", 3), "claim.adjudicated", ruling("reversed"), staff=None))
    assert used(PERSON) == {"person": [given], "phone": [given]}


def test_a_gift_that_came_back_may_be_had_again(store: Store) -> None:
    fill(store)
    given = give(store, 1)
    act(store, given, ("claim.returned", given_back(reopens=True)))
    assert ask.claims_of_keys(store, PERSON, NOW) == {"person": [], "phone": []}
    assert ask.net_balances(store, "quarantine") == {Slot("quarantine", SKU, "", None): 1}


def test_caps_of_an_outage_count_what_central_cannot_know(store: Store) -> None:
    fill(store, 30)
    provisional = ("provisional", None)
    give(store, "before", right=provisional)
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW)
    assert ask.offline_use(store, "D11-OIL", "s-wang", NOW) == (0, 0, 0)
    moment = later(hours=1)
    give(store, 1, right=provisional, now=moment)
    give(store, 2, right=provisional, now=moment, campaign="OTHER")
    give(store, 3, right=provisional, now=moment, staff="s-li")
    give(store, 4, right=("lease", "l-1"), now=moment)
    act(store, about("claim", 5), ("claim.reserved", reservation(right=provisional, now=moment)), now=moment)
    act(store, about("claim", 5), ("claim.released", {"why": "refused"}), now=moment)
    receive_from(store, Writer().write(about("claim", 6), "claim.handed_over", hand_over(right=provisional)))
    assert ask.offline_use(store, "D11-OIL", "s-wang", moment) == (2, 3, 2)
    assert ask.offline_use(store, "D11-OIL", "s-wang", moment, rights=("provisional", "lease")) == (3, 4, 3)
    head = store.head()
    store.acknowledge(head.seq, head.hash, [], "epoch-1", NOW)
    assert ask.offline_use(store, "D11-OIL", "s-wang", moment) == (0, 0, 0)
    assert ask.offline_use(store, "D11-OIL", "s-wang", moment, since=later(minutes=30)) == (2, 3, 2)


def test_a_clock_set_back_frees_no_cap(store: Store) -> None:
    fill(store)
    give(store, 1, right=("provisional", None), now=later(days=-40))
    assert ask.offline_use(store, "D11-OIL", "s-wang", NOW, since=NOW) == (1, 1, 1)


def test_velocity_counts_the_last_hour_and_the_business_day(store: Store) -> None:
    fill(store, 20)
    midnight = NOW.replace(hour=16, minute=0) - timedelta(days=1)  # 00:00 in Shanghai
    for at, moment in enumerate(
        (midnight - timedelta(minutes=1), midnight, NOW - timedelta(minutes=61), NOW - timedelta(minutes=59))
    ):
        give(store, at, now=moment)
    give(store, "other", staff="s-li", now=NOW - timedelta(minutes=5))
    assert ask.velocity(store, "s-wang", NOW) == (2, 4, 1, 3)


def granted(terminal: str = OWN, quantity: int = 2, campaign: str = "D11-OIL") -> Data:
    return {
        "campaign": campaign, "terminal": terminal, "quantity": quantity, "unit_cost_fen": 3000, "epoch": "epoch-1",
        "expires_at": format_at(later(days=7)),
    }  # fmt: skip


def test_a_lease_is_used_by_what_was_taken_under_it(store: Store) -> None:
    fill(store, 20)
    writer = central()
    lease, theirs = about("lease", 1), about("lease", 2)
    receive_from(
        store,
        writer.write(lease, "lease.granted", granted(quantity=4), staff=None),
        writer.write(theirs, "lease.granted", granted(OTHER), staff=None),
    )
    right = ("lease", lease[6:])
    act(store, about("claim", 1), ("claim.reserved", reservation(right=right)))
    assert [each.left for each in ask.leases(store, NOW)] == [3]
    assert [each.left for each in ask.leases(store, later(hours=1))] == [4]
    give(store, 2, right=right)
    act(store, about("claim", 2), ("claim.returned", given_back(reopens=True)))
    assert [(each.used, each.left) for each in ask.leases(store, NOW)] == [(2, 2)]
    receive_from(store, writer.write(about("claim", 2), "claim.adjudicated", ruling("reversed"), staff=None))
    assert [(each.used, each.left) for each in ask.leases(store, NOW)] == [(2, 2)], "central has counted it"
    assert ask.used_under_right(store, *right, now=later(hours=1)) == 1
    assert ask.leases(store, NOW, "OTHER") == []
    receive_from(store, writer.write(lease, "lease.recalled", {"why": "ended"}, staff=None))
    assert [(each.status, each.left) for each in ask.leases(store, NOW)] == [("recalled", 0)]
    act(store, lease, ("lease.returned", {"used": 1}))
    assert ask.leases(store, NOW) == []


def test_entitlements_of_a_person_until_they_are_used_moved_or_over(store: Store) -> None:
    fill(store)
    writer = central()

    def issue(name: str, until: str = "2026-03-31") -> str:
        data: Data = {
            "campaign": "D11-OIL", "version": 1, "keys": dict(PERSON.items()), "skus": [SKU], "value_fen": 5000,
            "expires_on": until, "home_branch": "SZFT", "epoch": "epoch-1", "signature": "s",
        }  # fmt: skip
        receive_from(store, writer.write(about("entitlement", name), "entitlement.issued", data, staff=None))
        return about("entitlement", name)

    one, two, over = issue("one"), issue("two", "2026-03-10"), issue("over", "2026-03-01")
    found = ask.entitlements(store, PERSON, NOW)
    assert [each.subject for each in found] == [two, one]
    assert (found[0].keys, found[0].skus, found[0].id) == (PERSON, [SKU], two[12:])
    assert ask.entitlements(store, {"person": PERSON["phone"]}, NOW) == []
    give(store, 1, right=("entitlement", one[12:]))
    assert [each.subject for each in ask.entitlements(store, PERSON, NOW)] == [two]
    act(store, about("claim", 1), ("claim.returned", given_back(reopens=True)))
    assert [each.subject for each in ask.entitlements(store, PERSON, NOW)] == [two]
    receive_from(store, writer.write(two, "entitlement.moved_away", {"why": "used_elsewhere"}, staff=None))
    assert ask.entitlements(store, PERSON, NOW) == []
    assert [each.subject for each in ask.entitlements(store, PERSON, later(days=-2))] == [over]


def test_what_was_attested_counts_for_the_day(store: Store) -> None:
    data: Data = {
        "recipient": {"keys": dict(PERSON.items()), "name": "单*龙", "phone": ""},
        "fact": "first_wallet", "value": "true", "reference": "TX-2026-1", "seen_at": format_at(NOW),
    }  # fmt: skip
    attested = about("attestation", 1)
    act(store, attested, ("fact.attested", data))
    (found,) = ask.attested(store, {"phone": PERSON["phone"]}, NOW)
    assert (found.fact, found.value, found.staff, found.outcome) == ("first_wallet", "true", "s-wang", None)
    verified: Data = {"outcome": "contradicted", "value": "false"}
    receive_from(store, central().write(attested, "fact.verified", verified, staff=None))
    (found,) = ask.attested(store, PERSON, NOW)
    assert (found.outcome, found.true_value) == ("contradicted", "false")
    assert ask.attested(store, PERSON, later(days=1)) == []


def test_facts_that_were_not_so_are_a_signal(store: Store) -> None:
    fill(store, 2)
    for number in (1, 2, 3):
        data: Data = {
            "recipient": {"keys": dict(PERSON.items()), "name": "单*龙", "phone": ""},
            "fact": "first_wallet", "value": "true", "reference": f"TX-2026-{number}", "seen_at": format_at(NOW),
        }  # fmt: skip
        act(store, about("attestation", number), ("fact.attested", data))
    give(store, "on it", keys=PERSON, now=later(hours=1))
    give(store, "other", keys=key("other"), now=later(hours=1))
    assert "attested_wrong" not in {each.signal for each in ask.signals(store, later(hours=1))}
    writer = central()
    for number, outcome in ((1, "contradicted"), (2, "confirmed")):
        verified: Data = {"outcome": outcome, "value": None}
        receive_from(store, writer.write(about("attestation", number), "fact.verified", verified, staff=None))
    (found,) = (each for each in ask.signals(store, later(hours=1)) if each.signal == "attested_wrong")
    assert (found.staff, found.times, found.of, found.claims) == ("s-wang", 1, 2, (about("claim", "on it"),))


def test_campaigns_count_the_claims_of_the_day(store: Store) -> None:
    fill(store)
    status: Data = {"id": "D11-OIL", "status": "running", "version": 1, "approved_by": "赵六"}
    receive_from(store, central().write(about("campaign", 1), "campaign.status_changed", status, staff=None))
    give(store, 1)
    give(store, 2, now=later(days=-1))
    give(store, 3, campaign="OTHER")
    assert [(each.campaign, each.claims_today) for each in ask.campaigns(store, NOW)] == [("D11-OIL", 1)]


def test_signals_name_what_is_odd_and_nothing_else(store: Store) -> None:
    fill(store, 200)
    at = later(hours=1)
    for number in range(6):
        give(store, number, keys=key(str(number)), now=at)
    assert ask.signals(store, at) == []
    limits = ask.Limits(pair=2, persons=2, often=2, share_of=8, reversed_least=2, reversed_percent=20)
    give(store, "pair", keys=key("p1"), second="s-li", now=at)
    give(store, "pair2", keys=key("p2"), second="s-wang", staff="s-li", now=at)
    give(store, "late", keys=key("p3"), staff="s-li", now=later(hours=12))
    fast = about("claim", "fast")
    act(store, fast, ("claim.reserved", reservation(keys=key("p4"))), staff="s-li", now=at)
    act(store, fast, ("claim.handed_over", hand_over(keys=key("p4"))), staff="s-li", now=at + timedelta(seconds=3))
    shared = {"phone": "k1:" + "S" * 43}
    give(store, "shared1", keys={**key("p5"), **shared}, staff="s-li", now=at)
    give(store, "shared2", keys={**key("p6"), **shared}, staff="s-chen", now=at)
    give(store, "again", keys=key("0"), campaign="OTHER", now=at)
    for number in (1, 2):
        act(store, about("claim", number), ("claim.returned", given_back()), now=at)
    found = {(each.signal, each.staff, each.other, each.times): each.claims for each in ask.signals(store, at, limits)}
    names = {signal: claims for (signal, *_), claims in found.items()}
    assert set(found) == {
        ("approver_pair", "s-li", "s-wang", 2),
        ("often_served", "s-wang", None, 2),
        ("outside_hours", "s-li", None, 1),
        ("quick", "s-li", None, 1),
        ("reversals", "s-wang", None, 2),
        ("shared_phone", "", None, 2),
        ("staff_share", "s-wang", None, 8),
    }
    assert names["quick"] == (fast,)
    assert names["outside_hours"] == (about("claim", "late"),)
    assert names["shared_phone"] == (about("claim", "shared2"), about("claim", "shared1"))
    assert names["often_served"] == (about("claim", "again"), about("claim", 0))
    assert ask.signals(store, later(days=40), limits) == []


def test_the_people_of_a_day_are_known_by_their_keys(store: Store) -> None:
    receive(store, 1)
    act(
        store, subject(2), ("journey.started", started()), ("journey.answered", phone(key="k1:two")), now=later(days=-1)
    )
    act(store, subject(3), ("journey.started", started()), now=later(days=-1))
    assert ask.people_of_day(store, "2026-03-01") == [(subject(2), ["k1:two"])]
    assert [each.journey for each in ask.people_of_day(store, TODAY)] == [subject(1)]
