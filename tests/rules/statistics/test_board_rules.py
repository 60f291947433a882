"""What a bank sets for the Day board: the document, and how a new cut-off leaves past days alone."""

from datetime import date, datetime
from pathlib import Path

import pytest

from branch_console.rules.documents import ReferenceFormatError
from branch_console.rules.reference import Reference
from branch_console.rules.statistics.board_rules import Limits, days_of
from branch_console.rules.statistics.freezing import day_ends
from tests.rules.working_time.clock_help import SHANGHAI

NAME = "statistics/board_rules.v1.toml"
TEXT = (Path(__file__).parents[3] / "data" / "reference" / NAME).read_text(encoding="utf-8")


def version(number: int, since: str, cutoff: int) -> dict[str, str]:
    text = TEXT.replace("version = 1", f"version = {number}").replace("2026-01-01", since)
    return {NAME.replace("v1", f"v{number}"): text.replace("cutoff = { value = 0", f"cutoff = {{ value = {cutoff}")}


def days(*versions: dict[str, str]) -> object:
    return days_of(Reference.parse({name: text for each in versions for name, text in each.items()}).board, SHANGHAI)


def test_the_document_is_read() -> None:
    rules = Reference.parse({NAME: TEXT}).board_rules
    assert rules is not None
    assert (rules.cutoff_minutes, rules.retention_weeks) == (0, 8)
    assert rules.limits == Limits(2, 3, 3, 10, 6, 10, 10, 30, 10, 120_000)
    signs = [getattr(rules.signs, name) for name in Limits._fields]
    assert all(each.confirm and each.certainty == "L" for each in [rules.cutoff, rules.retention, *signs])
    assert Reference().board_rules is None


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("cutoff = { value = 0", "cutoff = { value = 1440"),
        ("share = { value = 30", "share = { value = 101"),
        ("retention = { value = 8", "retention = { value = 0"),
        ("pair = { value = 10", "pair = { value = 0"),
    ],
)
def test_what_cannot_be_is_refused(was: str, now: str) -> None:
    with pytest.raises(ReferenceFormatError):
        Reference.parse({NAME: TEXT.replace(was, now)})


def test_a_new_cutoff_moves_no_day_that_is_over() -> None:
    found = days_of(
        Reference.parse({NAME: TEXT, **version(2, "2026-11-18", 1050), **version(3, "2026-11-20", 0)}).board, SHANGHAI
    )

    def day(text: str) -> tuple[int, int]:
        instant = found.instant(datetime.fromisoformat(f"2026-11-{text}:00").replace(tzinfo=SHANGHAI))
        assert instant is not None
        return instant.day.day, instant.minute

    assert (day("17T17:29"), day("17T23:59")) == ((17, 1049), (17, 1439)), "the old cut-off: midnight"
    assert (day("18T17:29"), day("18T17:30"), day("19T17:29")) == ((18, 1439), (19, 0), (19, 1439))
    assert (day("19T17:30"), day("20T17:30"), day("20T23:59")) == ((20, 0), (20, 1050), (20, 1439))
    ends = [day_ends(found, date(2026, 11, each)).strftime("%d %H:%M") for each in (17, 18, 19, 20)]
    assert ends == ["18 00:00", "18 17:30", "19 17:30", "21 00:00"]


def test_of_two_versions_from_one_day_the_newest_counts() -> None:
    assert days({NAME: TEXT}, version(2, "2026-01-01", 600)) == days(version(2, "2026-01-01", 600))
    assert days_of((), SHANGHAI).cutoff_on(date(2026, 1, 1)) == 0
