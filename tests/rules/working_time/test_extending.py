"""Asking for an extension: the act is refused with the reason, and what was refused is not hidden in the reading."""

import pytest

from branch_console.locale import LANGUAGES, Language
from branch_console.rules.documents import read_document
from branch_console.rules.errors import RuleError
from branch_console.rules.working_time.clocks import ClockEvent, read
from branch_console.rules.working_time.extending import REFUSALS, check_extension, next_stages
from branch_console.rules.working_time.policy import Sla
from branch_console.rules.working_time.warnings import CalendarWarning
from tests.rules.flow_help import documents
from tests.rules.working_time.clock_help import POLICY, at, calendar, extended, happened, policy, reading
from tests.test_error_words import msgids

RECEIVED = "received 2025-03-03 10:00"
FIRST = extended("2025-03-17 09:00", 1, "reason", told="2025-03-17 09:00")
SECOND = extended("2025-04-01 09:00", 2, "reason", "superior_approval", told="2025-04-01 09:00")


def ask(extension: ClockEvent, *events: str | ClockEvent) -> list[tuple[str, int, str]]:
    """The clocks that would be extended: id, stage, last day."""
    found = check_extension(policy(), calendar(), happened(RECEIVED, *events), extension)
    return [(each.id, each.stage, str(each.due_day)) for each in found]


def test_both_stages_in_order() -> None:
    assert ask(FIRST) == [("statutory", 1, "2025-04-02")]
    assert ask(SECOND, FIRST) == [("statutory", 2, "2025-05-02")]


@pytest.mark.parametrize(
    ("code", "extension", "events"),
    [
        ("extension_needs", FIRST._replace(told=None), ()),
        ("extension_needs", FIRST._replace(given=frozenset()), ()),
        ("extension_needs", SECOND._replace(given=frozenset({"reason"})), (FIRST,)),
        ("extension_order", SECOND._replace(at=FIRST.at, told=FIRST.at), ()),
        ("extension_repeated", FIRST._replace(at=SECOND.at, told=SECOND.at), (FIRST,)),
        ("extension_unknown", SECOND._replace(stage=3), (FIRST,)),
        ("extension_too_late", extended("2025-03-19 00:00", 1, "reason", told="2025-03-19 00:00"), ()),
        ("extension_too_late", FIRST._replace(told=at("2025-03-19 09:00")), ()),
        ("extension_nothing_runs", FIRST, ("notified 2025-03-10 09:00",)),
    ],
)
def test_refused_with_its_reason(code: str, extension: ClockEvent, events: tuple[str | ClockEvent, ...]) -> None:
    with pytest.raises(RuleError) as raised:
        ask(extension, *events)
    assert raised.value.code == code
    if code != "extension_nothing_runs":  # the same event in the journal is kept and shown, and does nothing
        found = reading("statutory", (RECEIVED, *events, extension), "2025-06-01 10:00")
        assert found.refused == (code,)


def test_an_extension_may_be_for_one_clock_only() -> None:
    """Both regulators' clocks run: what is needed for one is not what is needed for the other."""
    events = happened(RECEIVED, "transferred 2025-03-03 11:00")
    both = FIRST._replace(given=frozenset({"reason", "head_approval"}))
    found = check_extension(policy(), calendar(), events, both)
    assert {each.id: str(each.due_day) for each in found} == {"statutory": "2025-04-02", "pboc": "2025-05-02"}
    one = check_extension(policy(), calendar(), events, both._replace(clock="pboc"))
    assert [each.id for each in one] == ["pboc"]


def test_an_extension_never_shortens() -> None:
    text = documents()[POLICY].replace("{ stage = 1, total = 30,", "{ stage = 1, total = 10,")
    shorter = read_document(Sla, POLICY, text)
    found = read(shorter, calendar(), happened(RECEIVED, FIRST), at("2025-03-17 10:00"))
    assert {each.id: str(each.due_day) for each in found}["statutory"] == "2025-03-18"


def test_what_the_next_stage_would_need() -> None:
    now = at("2025-03-17 10:00")
    for events, stage in (([RECEIVED], 1), ([RECEIVED, FIRST], 2)):
        found = next(each for each in read(policy(), calendar(), happened(*events), now) if each.id == "statutory")
        offered = next_stages(policy(), found)
        assert offered is not None
        assert offered.stage == stage
        assert "told" in offered.needs
    for events in ([RECEIVED, FIRST, SECOND], [RECEIVED, "notified 2025-03-05 10:00"], [RECEIVED]):
        late = next(
            each
            for each in read(policy(), calendar(), happened(*events), at("2025-04-20 10:00"))
            if each.id == "statutory"
        )
        assert next_stages(policy(), late) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_and_every_warning_has_words(language: Language) -> None:
    codes = CalendarWarning.__annotations__["code"].__args__
    assert len(codes) == 3
    wanted = {f"error.{code}" for code in REFUSALS} | {f"calendar.{code}" for code in codes} | {"calendar.estimated"}
    assert wanted <= msgids(language)
