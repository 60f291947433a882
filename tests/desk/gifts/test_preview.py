"""A campaign, or a draft of it, on one customer and on everybody who came yesterday; nothing is written."""

import pytest

from branch_console.desk.gifts import preview
from branch_console.desk.gifts.people import person_of
from branch_console.rules.errors import RuleError
from tests.desk.gifts.conftest import RICE, SAMPLES, World, spending
from tests.desk.gifts.test_people_and_facts import journey

SPEND = "spend_500_30d"


def test_a_draft_is_tried_before_it_runs(world: World) -> None:
    content = (SAMPLES / f"{SPEND}.v1.toml").read_text(encoding="utf-8")
    world.publish(f"drafts/{SPEND}.v1.toml", content)
    world.shelve(RICE, 3)
    booth = world.booth("liu")
    assert [each.id for each in preview.drafts(booth)] == [SPEND]
    subject = journey(world)
    person = person_of(world.desk(), subject)
    world.know(person, payments=spending(60000))
    head = world.store.head()
    line = preview.dry_run(booth, f"{SPEND}@1", person).lines[0]
    assert line.judged.verdict == "ELIGIBLE"
    assert world.store.head() == head


def test_yesterday_s_people_are_counted(world: World) -> None:
    world.run(SPEND)
    subject = journey(world)
    world.clock.wait(86_400)
    person = person_of(world.desk(), subject)
    world.know(person, payments=spending(38000))
    world.shelve(RICE, 3)
    tried = preview.try_on_yesterday(world.booth("liu"), SPEND)
    assert (tried.day, tried.found.people, tried.found.eligible) == ("2026-11-22", 1, 0)
    assert tried.found.near_misses == 1
    assert any(each.node.code == "spend_in_window" and each.fails == 1 for each in tried.found.failing)


def test_a_guide_may_not(world: World) -> None:
    world.run(SPEND)
    with pytest.raises(RuleError) as refused:
        preview.try_on_yesterday(world.booth(), SPEND)
    assert refused.value.code == "role_may_not"
