"""The gift desk at a real central: from 120.00 yuan missing to the slip."""

import json
from typing import Any

import pytest

from branch_console.locale import set_language
from branch_console.rules.errors import RuleError
from tests.services.branch import PASSWORD
from tests.services.gifts.conftest import RICE, SIGNED, SPEND, Counter, know, spent, wait_leased


def claim_entries(counter: Counter) -> list[tuple[object, ...]]:
    return counter.central.sql(
        "SELECT type FROM entry WHERE subject LIKE 'claim/%%' AND writer NOT LIKE 'central/%%' ORDER BY seq"
    )


def entry_at_central(counter: Counter, kind: str) -> dict[str, Any]:
    """The one entry of that type, as central stores it."""
    lines = counter.central.command("entries", "--branch", counter.terminal.branch.code, "--json").splitlines()
    (found,) = [each for each in map(json.loads, lines) if each["type"] == kind]
    assert isinstance(found, dict)
    return found


def test_from_not_yet_to_the_slip(counter: Counter) -> None:
    person = counter.customer()
    line = counter.line(person)
    assert line.verdict == "NOT_YET"
    assert "120.00" in line.sentence
    with pytest.raises(RuleError) as refused:
        counter.gifts.begin(person, SPEND)
    assert refused.value.code == "gift_refused"
    assert "120.00" in str(refused.value.params["why"])

    know(counter.central, payments=spent(38000, 12000))
    assert counter.line(person).verdict == "NOT_YET"
    assert counter.line(person, refresh=True).verdict == "ELIGIBLE"

    view = counter.gifts.begin(person, SPEND)
    assert (view.right, [each.label for each in view.choices]) == ("中心已预留", ["五常大米 5 公斤"])
    assert view.second_needed
    assert {each.id for each in view.second_staff} == {"li", "liu"}
    assert counter.central.sql("SELECT state FROM hold") == [("held",)]
    with pytest.raises(RuleError) as alone:
        counter.gifts.hand_over(view.claim, view.choices[0].id, *SIGNED, "", "")
    assert alone.value.code == "second_staff_needed"

    slip = counter.gifts.hand_over(view.claim, view.choices[0].id, *SIGNED, "li", PASSWORD)
    assert slip.number.startswith("LP-")
    assert any("五常大米" in each for each in slip.lines)
    assert counter.rice() == 4
    assert counter.gifts.save_slip(view.claim).read_bytes().startswith(b"%PDF")

    counter.terminal.wait_drained()
    assert claim_entries(counter) == [("claim.reserved",), ("claim.handed_over",)]
    said = entry_at_central(counter, "claim.handed_over")["data"]
    assert [(each["sku"], each["target"]) for each in said["moves"]] == [(RICE, "customer")]
    assert said["receipt"]["number"] == slip.number
    assert counter.line(person, refresh=True).verdict == "ALREADY_CLAIMED"


def test_a_reservation_can_be_resumed_after_the_console_died(counter: Counter) -> None:
    know(counter.central, payments=spent(60000))
    view = counter.gifts.begin(counter.customer(), SPEND)
    counter.terminal.again()
    counter.terminal.login("wang")
    gifts = counter.terminal.services.gifts
    (line,) = gifts.claims("open", 0, 10)
    assert line.subject == view.claim
    again = gifts.resume(view.claim)
    assert again.choices == view.choices
    assert gifts.hand_over(again.claim, "", *SIGNED, "li", PASSWORD).number


def test_what_is_given_up_is_free_at_central_at_once(counter: Counter) -> None:
    know(counter.central, payments=spent(60000))
    view = counter.gifts.begin(counter.customer(), SPEND)
    counter.gifts.release(view.claim, "customer_left", "")
    assert counter.central.sql("SELECT state FROM hold") == [("released",)]
    counter.terminal.wait_drained()
    assert counter.line(counter.customer(), refresh=True).verdict == "ELIGIBLE"


def test_cut_off_the_lease_carries_it_and_the_check_says_so(counter: Counter) -> None:
    know(counter.central, payments=spent(60000))
    person = counter.customer()
    assert counter.line(person).verdict == "ELIGIBLE"
    terminal = counter.terminal
    wait_leased(counter)
    terminal.services.cut_network(True)
    terminal.wait_offline()
    view = counter.gifts.check(person)
    assert not view.online
    assert view.notice
    assert next(each.verdict for each in view.lines if each.campaign == SPEND) == "ELIGIBLE_OFFLINE"
    begun = counter.gifts.begin(person, SPEND)
    assert begun.right == "本机额度"
    counter.gifts.hand_over(begun.claim, "", *SIGNED, "li", PASSWORD)
    terminal.services.cut_network(False)
    terminal.services.try_now()
    terminal.wait(lambda: bool(counter.gifts.claims("all", 0, 1)[0].ruling_words))
    assert counter.gifts.claims("all", 0, 1)[0].ruling_words == "已确认"


def test_the_reasons_and_the_page_in_both_languages(counter: Counter) -> None:
    person = counter.customer()
    counter.gifts.check(person)
    for language, missing in (("zh", "还差"), ("en", "missing")):
        set_language(language)  # type: ignore[arg-type]
        view = counter.gifts.explain(person, SPEND)
        spending = next(each for each in view.root.children if "500" in each.text)
        assert spending.good is False
        assert "120.00" in spending.gap
        assert missing in spending.gap
        assert spending.freshness
        assert view.acts["hand_over"]
        assert not view.acts["attest"]
        page = counter.gifts.campaign(SPEND)
        assert page.line.status == "running"
        assert page.bound
    set_language("zh")


def test_locked_nothing_is_said(counter: Counter) -> None:
    counter.terminal.services.lock()
    with pytest.raises(RuleError) as refused:
        _ = counter.terminal.services.gifts
    assert refused.value.code == "locked"


def test_only_a_supervisor_tries_drafts_on_people(counter: Counter) -> None:
    with pytest.raises(RuleError):
        counter.gifts.backtest(SPEND)
    counter.terminal.again()
    counter.terminal.login("liu")
    counter.terminal.wait_drained()  # online
    gifts = counter.terminal.services.gifts
    (found,) = gifts.people("11010519491231002X")
    tried = gifts.dry_run(SPEND, found.id)  # what central knows of the person is asked for: nobody has checked them
    assert (tried.line.campaign, tried.line.verdict) == (SPEND, "NOT_YET")
    assert gifts.backtest(SPEND).people == 0
    assert gifts.signals() == ()
