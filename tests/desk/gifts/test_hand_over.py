"""From the check to the receipt: what is offered is what is handed over, once, with everything in one entry."""

from datetime import datetime, timedelta

import pytest

from branch_console.desk.gifts import handing, reserving
from branch_console.desk.gifts.checking import check, weigh
from branch_console.desk.gifts.facts import facts_for
from branch_console.desk.gifts.handing import Confirmation, next_receipt
from branch_console.desk.gifts.refusals import RefusedError
from branch_console.desk.gifts.reserving import new_claim, reserve
from branch_console.desk.gifts.scene import Scene
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.conditions import All
from branch_console.rules.eligibility.evidence import facts_digest, replay
from branch_console.rules.errors import FieldErrors, RuleError
from branch_console.rules.gifts.numbers import number_is_right
from branch_console.rules.journal import Data
from branch_console.rules.staff import subject_for
from branch_console.security.unlock_errors import WrongLoginError
from data import gift_queries as gifts
from data import meta
from tests.desk.conftest import PASSWORD
from tests.desk.gifts.conftest import ANNA, OIL, RICE, World, key, spending
from tests.desk.gifts.hand_over_help import SPEND, give, held, ready, verdict


def test_a_restored_store_issues_no_receipt_again_that_it_does_not_know_of(world: World) -> None:
    """Handed over at 09:00, backup of 08:00 put back at 09:20 (01:20 UTC): the customer of 09:00 has receipt 1."""
    ready(world)
    with world.store.database.write() as connection:
        meta.put(connection, meta.LAST_RESTORED, "2026-11-22T01:20:05.000+00:00")
    claim = held(world)
    booth = world.booth()
    first = 10_000 + 9 * 3600 + 20 * 60 + 5
    assert int(next_receipt(booth, world.store).split("-")[3]) == first
    give(world, claim)
    number = world.claim(claim).receipt_number
    assert number is not None and int(number.split("-")[3]) == first and number_is_right(number)
    assert int(next_receipt(booth, world.store).split("-")[3]) == first + 1
    world.clock.now += timedelta(days=1)
    assert int(next_receipt(booth, world.store).split("-")[3]) == 1


def test_what_is_missing_is_said_to_the_fen(world: World) -> None:
    world.run(SPEND)
    world.shelve(RICE, 3)
    world.know(payments=spending(38000))
    line = check(world.booth(), world.store, ANNA).line(SPEND)
    assert line is not None
    assert line.judged.verdict == "NOT_YET"
    assert line.judged.path is not None
    assert [step.gap for step in line.judged.path.steps] == [12000]


def test_a_hand_over_is_one_entry_with_claim_moves_and_receipt(world: World) -> None:
    ready(world)
    claim = held(world)
    assert world.claim(claim).status == "reserved"
    give(world, claim)
    state = world.claim(claim)
    assert (state.status, state.sku, state.second_staff, state.marks) == ("handed_over", RICE, "li", [])
    assert state.receipt_number is not None
    assert [each.move.target for each in state.booked] == ["customer"]
    assert world.on_shelf(RICE) == 2
    types = [entry.type for entry in world.store.entries(claim)]
    assert types == ["claim.reserved", "claim.handed_over"]


def test_the_evidence_replays_the_decision(world: World) -> None:
    campaign = world.run(SPEND)
    world.shelve(RICE, 1)
    world.know(payments=spending(51200))
    claim = held(world)
    give(world, claim)
    data = world.store.entries(claim)[-1].data
    assert data is not None
    evidence = data["evidence"]
    assert isinstance(evidence, dict)
    facts = str(evidence["facts"])
    assert facts_digest(facts) == evidence["facts_digest"]
    again = replay(campaign, facts, datetime.fromisoformat(str(evidence["checked_at"])))
    assert (evidence["verdict"], again.status) == ("ELIGIBLE", "SAT")


def test_the_last_one_reserved_can_be_handed_over(world: World) -> None:
    ready(world, pieces=1)
    world.status(SPEND, "running", left_count=0, left_fen=0)
    world.status(SPEND, "running", left_count=1, left_fen=6900)
    claim = held(world)
    world.status(SPEND, "running", left_count=0, left_fen=0)
    give(world, claim)
    assert world.on_shelf(RICE) == 0


def test_a_paused_campaign_keeps_the_word_that_was_given(world: World) -> None:
    ready(world)
    claim = held(world)
    world.status(SPEND, "paused")
    give(world, claim)
    assert world.claim(claim).status == "handed_over"


def test_what_changed_since_the_reservation_is_said(world: World) -> None:
    ready(world)
    claim = held(world)
    world.know(open_hold=True)
    with pytest.raises(RefusedError) as refused:
        give(world, claim)
    assert (refused.value.code, refused.value.before) == ("gift_changed", "ELIGIBLE")
    assert refused.value.line.judged.verdict == "HELD"
    assert world.claim(claim).status == "reserved"


@pytest.mark.parametrize(
    ("second", "code"), [("", "second_staff_needed"), ("wang", "second_person_same"), ("zhou", "second_person_role")]
)
def test_a_second_person_must_stand_by(world: World, second: str, code: str) -> None:
    ready(world)
    claim = held(world)
    with pytest.raises(RuleError) as refused:
        give(world, claim, second)
    assert refused.value.code == code
    assert world.claim(claim).status == "reserved"


def test_who_works_alone_is_told_that_somebody_must_approve(world: World) -> None:
    ready(world)
    assert verdict(world) == "ELIGIBLE"
    for staff in ("li", "liu", "zhao", "wu"):
        data: Data = {"staff_id": staff, "name": staff, "role": "guide", "active": False, "credential": None}
        world.say(subject_for("staff", staff), "staff.registered", data)
    assert verdict(world) == "NEEDS_APPROVAL"  # an auditor is left, who may not
    booth = world.booth()
    node = check(booth, world.store, ANNA).line(SPEND)
    assert node is not None
    assert node.judged.params == {"reason": "second_person"}


def test_a_wrong_password_hands_nothing_over(world: World) -> None:
    ready(world)
    claim = held(world)
    with pytest.raises(WrongLoginError):
        give(world, claim, "li", "wrong")
    assert world.on_shelf(RICE) == 3


def test_the_customer_must_confirm(world: World) -> None:
    ready(world)
    claim = held(world)
    for by, text in (("signature_note", " "), ("customer_code", "123456")):
        with pytest.raises(FieldErrors):
            handing.hand_over(world.booth(), claim, "", Confirmation(by, text, False), "li", PASSWORD)


def test_nobody_gets_it_twice(world: World) -> None:
    ready(world)
    give(world, held(world))
    assert verdict(world) == "ALREADY_CLAIMED"
    with pytest.raises(RefusedError):
        held(world)


def test_an_expired_reservation_is_not_handed_over_and_frees_the_goods(world: World) -> None:
    ready(world, pieces=1)
    claim = held(world)
    assert gifts.balances(world.store, world.clock())[0].available == 0
    world.clock.wait(31 * 60)
    assert gifts.balances(world.store, world.clock())[0].available == 1
    with pytest.raises(RuleError) as refused:
        give(world, claim)
    assert refused.value.code == "reservation_expired"


def test_what_is_given_up_is_free_again(world: World) -> None:
    ready(world, pieces=1)
    claim = held(world)
    hold = reserving.release(world.booth(), claim, "customer_left", "")
    assert claim == f"claim/{hold}"
    assert verdict(world) == "ELIGIBLE"


def test_roles_are_asked(world: World) -> None:
    ready(world)
    with pytest.raises(RuleError) as refused:
        check(world.booth("zhou"), world.store, ANNA)
    assert refused.value.code == "role_may_not"


def test_staff_choose_among_what_is_there(world: World) -> None:
    ready(world)
    world.shelve(OIL, 2, "N2")
    claim = held(world)
    give(world, claim, choice=f"shelf|{OIL}|L1|2027-06-30")
    assert world.claim(claim).sku == OIL
    assert (world.on_shelf(RICE), world.on_shelf(OIL)) == (3, 1)


def test_on_a_risk_hold_nothing_is_promised_that_central_will_not_keep(world: World) -> None:
    """Also by a campaign whose rule does not ask for it, with or without central."""
    world.run(SPEND)
    world.shelve(RICE, 1)
    world.know(payments=spending(60000), open_hold=True)
    for online in (True, False):
        line = check(world.booth(online=online), world.store, ANNA).line(SPEND)
        assert line is not None
        bare = without_hold_condition(line.campaign)
        scene = Scene.of(world.booth(online=online), world.store)
        book = facts_for(world.booth(online=online), world.store, ANNA, scene)
        found = weigh(world.booth(online=online), world.store, ANNA, scene, book, bare)
        assert found.judged.verdict == "HELD"


def without_hold_condition(campaign: Campaign) -> Campaign:
    assert isinstance(campaign.rule, All)
    parts = [each for each in campaign.rule.of if each.type != "no_open_hold"]
    return campaign.model_copy(update={"rule": campaign.rule.model_copy(update={"of": parts})})


def test_a_right_that_pays_for_a_duplicate_is_told_and_is_nothing_offline(world: World) -> None:
    world.run(SPEND)
    world.shelve(RICE, 3)
    world.lease(SPEND, 2)

    def reason(owing: dict[str, list[str]], *, online: bool) -> tuple[str, object]:
        world.know(payments=spending(60000), owing=owing)
        line = check(world.booth(online=online), world.store, ANNA).line(SPEND)
        assert line is not None
        return line.judged.verdict, line.judged.params["reason"]

    owed: dict[str, list[str]] = {"person": ["festival"]}
    assert reason(owed, online=True) == ("ELIGIBLE", "owing")
    assert reason(owed, online=False) == ("NEED_SYNC", "owing_offline")
    with pytest.raises(RefusedError):
        reserve(world.booth(online=False), ANNA, SPEND, new_claim(world.booth()), None)
    for other in ({"person": ["spring"]}, {"person": [f"campaign:{SPEND}"]}, {"phone": ["festival"]}, {}):
        assert reason(other, online=True) == ("ELIGIBLE", "online")
        assert reason(other, online=False) == ("ELIGIBLE_OFFLINE", "lease")


def test_a_voucher_instead(world: World) -> None:
    ready(world)
    claim = reserving.voucher(world.booth(online=False), ANNA, SPEND)
    state = world.claim(claim)
    assert (state.status, state.right_kind) == ("vouchered", "voucher")
    assert world.on_shelf(RICE) == 3
    with pytest.raises(RuleError):
        reserving.voucher(world.booth(), ANNA, SPEND)


def test_what_comes_back_goes_to_quarantine_and_opens_the_right_with_two(world: World) -> None:
    ready(world)
    claim = held(world)
    give(world, claim)
    with pytest.raises(RuleError) as refused:
        handing.give_back(world.booth(), claim, "defective", "", True, "", "")
    assert refused.value.code == "second_staff_needed"
    handing.give_back(world.booth(), claim, "defective", "", True, "li", PASSWORD)
    assert world.claim(claim).status == "returned"
    assert world.on_shelf(RICE) == 2
    assert verdict(world) == "ELIGIBLE"


def test_a_hold_of_which_nobody_knows_is_given_up_in_the_journal(world: World) -> None:
    ready(world)
    booth = world.booth()
    claim = new_claim(booth)
    reserving.abandon(booth, ANNA, SPEND, claim)
    assert [entry.type for entry in world.store.entries(f"claim/{claim}")] == ["claim.reserved", "claim.released"]
    assert verdict(world) == "ELIGIBLE"


def test_receipts_are_numbered_without_repeating(world: World) -> None:
    ready(world)
    give(world, held(world))
    first = gifts.claims(world.store, tab="today", now=world.clock())[0].number
    other = type(ANNA)({"person": (key("bert"),)})
    world.know(other)
    booth = world.booth()
    claim = new_claim(booth)
    give(world, reserve(booth, other, SPEND, claim, world.hold(claim)))
    second = gifts.claims(world.store, tab="today", now=world.clock())[0].number
    assert first[:-6] == second[:-6]
    assert [int(first[-6:-2]), int(second[-6:-2])] == [1, 2]
