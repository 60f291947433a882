"""The life of a campaign: the order of steps, four eyes, and no change for the worse without a lawyer."""

from datetime import date
from itertools import product

import pytest

from branch_console.rules.eligibility.life import STEPS, Shown, State, Step, announced_status, check_step, same_name
from branch_console.rules.errors import RuleError

FIRST = Shown(people=100)
PATH: list[tuple[Step, str, State]] = [
    ("lint", "a1", "linted"),
    ("dry_run", "a1", "dry_run"),
    ("submit", "a1", "submitted"),
    ("approve", "b2", "approved"),
    ("publish", "c3", "published"),
    ("pause", "b2", "paused"),
    ("resume", "b2", "published"),
    ("end", "b2", "ended"),
]


def code(state: State, step: Step, who: str, shown: Shown | None = None) -> str:
    with pytest.raises(RuleError) as refused:
        check_step(state, step, who, "a1", shown)
    return refused.value.code


def test_the_straight_way() -> None:
    state: State = "draft"
    for step, who, after in PATH:
        state = check_step(state, step, who, "a1", FIRST)
        assert state == after


def test_every_other_step_is_out_of_order() -> None:
    states: set[State] = {after for _, after in STEPS.values()}
    refused = 0
    for state, step in product(states, STEPS):
        if state not in STEPS[step][0]:
            assert code(state, step, "b2", FIRST) == "campaign_step_order"
            refused += 1
    assert refused == 8 * 10 - sum(len(allowed) for allowed, _ in STEPS.values())


@pytest.mark.parametrize("step", list(STEPS))
def test_nothing_leaves_the_end(step: Step) -> None:
    assert code("ended", step, "b2", FIRST) == "campaign_step_order"


def test_published_text_is_never_edited() -> None:
    assert code("approved", "edit", "a1") == "campaign_step_order"
    assert code("published", "edit", "a1") == "campaign_step_order"
    assert check_step("submitted", "edit", "a1", "a1") == "draft"


def test_another_person_approves_or_rejects() -> None:
    assert code("submitted", "approve", "a1") == "campaign_own_approval"
    assert code("submitted", "reject", "a1") == "campaign_own_approval"
    assert check_step("submitted", "reject", "b2", "a1") == "draft"


@pytest.mark.parametrize("slip", ["A1", " a1 ", "ａ１", "Ａ1"])
def test_a_name_in_other_letters_is_no_other_person(slip: str) -> None:
    assert code("submitted", "approve", slip) == "campaign_own_approval"
    own = Shown(version=2, published=1, started=True, relaxes=False, legal=slip)
    assert code("approved", "publish", "b2", own) == "campaign_own_legal"


def test_blanks_within_a_name_are_one_blank() -> None:
    assert same_name("Liu  Wei", "liu\u3000wei")
    assert not same_name("Liu Wei", "LiuWei")
    assert not same_name("刘伟", "刘玮")


def test_what_has_ended_does_not_come_back() -> None:
    over = Shown(version=2, published=1, started=True, over=True, relaxes=True, legal="l9")
    assert code("approved", "publish", "b2", over) == "campaign_over"


def test_errors_stop_it_at_the_lint_and_again_before_publishing() -> None:
    assert code("draft", "lint", "a1", Shown(errors=2)) == "campaign_has_errors"
    assert code("approved", "publish", "b2", Shown(errors=1)) == "campaign_has_errors"


def test_a_dry_run_needs_people_and_the_saved_cases() -> None:
    assert code("linted", "dry_run", "a1", Shown()) == "campaign_dry_run_empty"
    assert code("linted", "dry_run", "a1", Shown(people=9, broken_cases=1)) == "campaign_cases_broken"


@pytest.mark.parametrize(("version", "published"), [(2, 0), (1, 1), (3, 1), (1, 2)])
def test_versions_have_no_gap_and_are_never_used_twice(version: int, published: int) -> None:
    shown = Shown(version=version, published=published, relaxes=True)
    assert code("approved", "publish", "b2", shown) == "campaign_version_order"


def test_a_change_after_the_start_needs_proof_or_a_lawyer() -> None:
    worse = Shown(version=2, published=1, started=True, relaxes=False)
    assert code("approved", "publish", "b2", worse) == "campaign_needs_legal"
    unproved = Shown(version=2, published=1, started=True)
    assert code("approved", "publish", "b2", unproved) == "campaign_needs_legal"
    own = Shown(version=2, published=1, started=True, relaxes=False, legal="a1")
    assert code("approved", "publish", "b2", own) == "campaign_own_legal"
    for shown in (
        Shown(version=2, published=1, started=True, relaxes=True),
        Shown(version=2, published=1, started=True, relaxes=False, legal="l9"),
        Shown(version=2, published=1, started=False, relaxes=False),
    ):
        assert check_step("approved", "publish", "b2", "a1", shown) == "published"


def test_what_a_published_version_is_on_a_day() -> None:
    first, last = date(2026, 12, 12), date(2026, 12, 31)
    days = [date(2026, 12, 11), first, last, date(2027, 1, 1)]
    assert [announced_status(first, last, day) for day in days] == ["announced", "running", "running", "ended"]
