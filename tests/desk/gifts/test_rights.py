"""By what right something is given: a hold, a lease, an entitlement, or provisionally."""

import pytest

from branch_console.desk.gifts import handing, reserving
from branch_console.desk.gifts.checking import check
from branch_console.desk.gifts.claiming import entitlement_code
from branch_console.desk.gifts.handing import Confirmation
from branch_console.desk.gifts.refusals import RefusedError
from branch_console.desk.gifts.reserving import new_claim, reserve
from branch_console.rules.errors import FieldErrors
from tests.desk.conftest import PASSWORD
from tests.desk.gifts.conftest import ANNA, RICE, World, key, spending
from tests.desk.gifts.hand_over_help import SIGNED, SPEND, give, ready, verdict


def test_online_nothing_is_reserved_without_a_hold(world: World) -> None:
    ready(world)
    with pytest.raises(RefusedError):
        reserve(world.booth(), ANNA, SPEND, new_claim(world.booth()), None)


def test_a_lease_carries_so_many_and_no_more(world: World) -> None:
    ready(world)
    name = world.lease(SPEND, 1)
    assert verdict(world, online=False) == "ELIGIBLE_OFFLINE"
    booth = world.booth(online=False)
    claim = reserve(booth, ANNA, SPEND, new_claim(booth), None)
    give(world, claim)
    assert (world.claim(claim).right_kind, world.claim(claim).right_id) == ("lease", name)
    other = type(ANNA)({"person": (key("bert"),)})
    world.know(other)
    line = check(booth, world.store, other).line(SPEND)
    assert line is not None
    assert (line.judged.verdict, line.judged.params["reason"]) == ("VOUCHER", "lease_used_up")


def test_a_lease_does_not_help_when_the_list_of_claims_is_too_old(world: World) -> None:
    """It stands for the quantity of the campaign, never for what the person had elsewhere."""
    world.run(SPEND, filter_max_age_hours="1")
    world.shelve(RICE, 2)
    world.know(claims={"wallet": []}, payments=spending(60000))  # central was not asked for claims of this person
    world.list_claims()
    world.lease(SPEND, 2)
    assert verdict(world, online=False) == "ELIGIBLE_OFFLINE"
    claim = reserve(world.booth(online=False), ANNA, SPEND, new_claim(world.booth()), None)
    world.clock.wait(1_200)
    reserving.release(world.booth(online=False), claim, "customer_left", "")
    assert verdict(world, online=False) == "ELIGIBLE_OFFLINE"
    world.clock.wait(2_500)
    assert verdict(world, online=False) == "VOUCHER"


def test_a_lease_of_a_past_epoch_is_none(world: World) -> None:
    ready(world)
    world.lease(SPEND, 1, epoch="gone")
    assert verdict(world, online=False) == "VOUCHER"


def test_an_entitlement_is_redeemed_by_its_code(world: World) -> None:
    campaign = world.run(SPEND)
    world.shelve(RICE, 3)
    name, signature = world.entitle(campaign)
    booth = world.booth(online=False)
    claim = reserve(booth, ANNA, SPEND, new_claim(booth), None)
    assert (world.claim(claim).right_kind, world.claim(claim).right_id) == ("entitlement", name)
    wrong = Confirmation("entitlement_code", "000000", False)
    with pytest.raises(FieldErrors):
        handing.hand_over(booth, claim, "", wrong, "li", PASSWORD)
    handing.hand_over(
        booth, claim, "", Confirmation("entitlement_code", entitlement_code(signature), False), "li", PASSWORD
    )
    assert world.claim(claim).confirmed_by == "entitlement_code"


def test_an_entitlement_that_central_did_not_sign_is_none(world: World) -> None:
    campaign = world.run(SPEND)
    world.shelve(RICE, 3)
    world.entitle(campaign, seed=bytes(32))
    assert verdict(world, online=False) == "VOUCHER"


def test_an_entitlement_of_a_past_epoch_is_none(world: World) -> None:
    campaign = world.run(SPEND)
    world.shelve(RICE, 3)
    world.entitle(campaign, epoch="epoch-0")
    assert verdict(world, online=False) != "ELIGIBLE_OFFLINE"
    world.entitle(campaign)
    assert verdict(world, online=False) == "ELIGIBLE_OFFLINE"


def test_a_provisional_gift_needs_the_list_and_the_terms(world: World) -> None:
    campaign = world.run(SPEND)
    del campaign
    world.publish(f"campaigns/{SPEND}.v2.toml", provisional())
    world.status(SPEND, "running", version=2)
    world.shelve(RICE, 3)
    world.know(payments=spending(60000))
    assert verdict(world, online=False) == "VOUCHER"
    world.list_claims((SPEND, key("somebody")))
    booth = world.booth(online=False)
    claim = reserve(booth, ANNA, SPEND, new_claim(booth), None)
    with pytest.raises(FieldErrors) as refused:
        handing.hand_over(booth, claim, "", SIGNED, "li", PASSWORD)
    assert [error.field for error in refused.value.errors] == ["terms"]
    handing.hand_over(booth, claim, "", SIGNED._replace(terms_accepted=True), "li", PASSWORD)
    assert world.claim(claim).provisional_terms


def provisional() -> str:
    from tests.desk.gifts.conftest import SAMPLES

    content = (SAMPLES / f"{SPEND}.v1.toml").read_text(encoding="utf-8")
    return content.replace("version = 1", "version = 2").replace('mode = "lease"', 'mode = "provisional"')
