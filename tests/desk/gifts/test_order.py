"""The list of campaigns: what the customer cannot have yet stands in the order in which it is within reach."""

from datetime import date

from branch_console.desk.gifts.checking import check
from tests.desk.gifts.conftest import ANNA, RICE, SAMPLES, World, spending

SPEND = "spend_500_30d"


def another(world: World, name: str, status: str = "running", *, fen: int, priority: int) -> None:
    """The same campaign under another id, with another amount to be spent."""
    content = (SAMPLES / f"{SPEND}.v1.toml").read_text(encoding="utf-8")
    for member, value in (("id", f'"{name}"'), ("priority", str(priority)), ("at_least_fen", str(fen))):
        before = next(line for line in content.splitlines() if line.strip().startswith(f"{member} = "))
        content = content.replace(before, f"{member} = {value}")
    world.publish(f"campaigns/{name}.v1.toml", content)
    world.status(name, status)


def test_what_is_not_yet_is_ranked_by_what_runs_then_by_effort_then_by_priority(world: World) -> None:
    assert world.booth().today() == date(2026, 11, 22)
    world.shelve(RICE, 5)
    another(world, "far", fen=90000, priority=90)
    another(world, "announced", "announced", fen=38001, priority=99)
    another(world, "paused", "paused", fen=38001, priority=98)
    another(world, "near", fen=50000, priority=10)
    another(world, "near_first", fen=50000, priority=20)
    world.know(payments=spending(38000))
    lines = check(world.booth(), world.store, ANNA).lines
    assert {line.judged.verdict for line in lines} == {"NOT_YET"}
    assert [line.campaign.id for line in lines] == ["near_first", "near", "far", "announced", "paused"]
