"""Time spent on a step that is left without an outcome is not lost."""

import pytest

from branch_console.desk import answers, holding, journeys, look_up, spent
from branch_console.desk.desk import Desk
from branch_console.rules.errors import RuleError
from branch_console.services.onboarding import OnboardingDesk
from data import queries


def answered(guide: Desk) -> str:
    """A journey whose first step could be done."""
    subject = journeys.start(guide, "IV")
    step = OnboardingDesk(lambda: guide).open(subject).step
    assert step is not None
    answered = {"segment": "young", "age_band": "16_59", "scene": step.fields[2].choices[0].value}
    answers.answer(guide, subject, "need", answered)
    return subject


def test_kept_time_goes_into_the_outcome_in_the_same_act(guide: Desk) -> None:
    subject = answered(guide)
    spent.spend(guide, subject, "need", 15_000, 1_000)
    spent.spend(guide, subject, "need", 5_000, 0)
    journeys.done(guide, subject, "need", 700, 30)
    found = look_up.journey(guide, subject).steps["need"]
    assert (found.active_ms, found.away_ms) == (20_700, 1_030)
    assert not queries.drafts(guide.store, subject)


def test_kept_time_survives_a_pause_and_is_shown(guide: Desk) -> None:
    desk = OnboardingDesk(lambda: guide)
    subject = answered(guide)
    desk.spend(subject, "need", 15_000, 1_000)
    holding.pause(guide, subject, "network")
    view = desk.resume(subject)
    assert view.step is not None
    assert view.step.active_ms == view.total_active_ms == 15_000
    assert all(not field.draft for field in view.step.fields)


def test_the_outcome_of_one_step_leaves_the_kept_time_of_another(guide: Desk) -> None:
    subject = answered(guide)
    with guide.act() as act:
        act.save_draft(subject, "lookup.name", "\u6b27")
    spent.spend(guide, subject, "lookup", 4_000, 0)
    journeys.done(guide, subject, "need", 1, 0)
    assert queries.drafts(guide.store, subject) == {"lookup#spent": "4000,0"}


def test_an_abandoned_journey_still_says_how_long_it_took(guide: Desk) -> None:
    subject = answered(guide)
    spent.spend(guide, subject, "need", 15_000, 0)
    journeys.abandon(guide, subject, "other", "")
    assert OnboardingDesk(lambda: guide).open(subject).total_active_ms == 15_000
    spent.spend(guide, subject, "need", 15_000, 0)
    assert OnboardingDesk(lambda: guide).open(subject).total_active_ms == 15_000


def test_time_of_an_unknown_step_is_refused_and_a_broken_draft_counts_nothing(guide: Desk) -> None:
    subject = journeys.start(guide, "IV")
    with pytest.raises(RuleError):
        spent.spend(guide, subject, "nothing", 1, 1)
    assert spent.kept({"need#spent": "1;2"}, "need") == spent.kept({}, "need") == (0, 0)
