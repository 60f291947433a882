"""What went wrong in other systems, each as the behaviour that must not come back."""

from typing import Any

import orjson
import pytest

from branch_console.rules.cases.acts import check
from branch_console.rules.cases.acts_ideas import check_rating
from branch_console.rules.cases.clock_events import clock_events, clock_facts
from branch_console.rules.cases.forgetting import _EMPTIED as EMPTIED
from branch_console.rules.cases.forgetting import _INSTEAD as INSTEAD
from branch_console.rules.cases.forgetting import STAYS, erasure, redaction, without_person
from branch_console.rules.cases.merging import final_target, same_customer
from branch_console.rules.cases.rating_entries import RatingGiven, rating_subject
from branch_console.rules.cases.states import CaseState, RatingState
from branch_console.rules.catalogue import FOLDS, known_types
from branch_console.rules.entries import read_data
from branch_console.rules.errors import RuleError
from branch_console.rules.folding import fold_subject
from branch_console.rules.journal import Entry
from branch_console.rules.reference import Reference
from tests.rules.cases.case_help import (
    CASE,
    CUSTOMER,
    K02,
    OTHER,
    SAMPLES,
    act,
    at,
    desk,
    entry,
    fold,
    marks,
    promise,
    suggested,
)

NUMBER = str(SAMPLES["case.merged"]["number"])
STRANGER = {**CUSTOMER, "keys": {"phone": "k1:999"}, "name": "李*"}


def target(**changed: Any) -> CaseState:
    return fold([entry(0, "case.registered", subject=OTHER, number=NUMBER, **changed)])


def merging(known: list[Entry], other: CaseState, *, chain: tuple[str, ...] = (), **changed: Any) -> str | None:
    data = read_data(entry(9, "case.merged", **changed))
    assert data is not None
    try:
        check(desk(target=other, target_subject=OTHER, chain=chain), fold(known), "case.merged", data)
    except RuleError as error:
        return error.code
    return None


def kinds(state: CaseState) -> list[str]:
    return [each.kind for each in clock_events(state)]


def test_merge_abuse_another_customers_case_is_not_taken_over_freescout_4704() -> None:
    mine = [entry(0, "case.registered")]
    assert merging(mine, target()) is None
    assert merging(mine, target(customer=STRANGER)) == "merge_customer_differs"
    alone: dict[str, Any] = {"same_customer": False, "approver": None}
    assert merging(mine, target(customer=STRANGER), **alone) == "approver_missing"
    assert merging(mine, target(customer=STRANGER), **{**alone, "approver": "o1"}) == "approver_same"
    assert merging(mine, target(customer=STRANGER), **{**alone, "approver": "s1"}) is None
    assert merging(mine, target(), reason="  ") == "reason_missing"
    state = fold([*mine, entry(1, "case.merged", **alone)])
    assert (state.status, marks(state)) == ("received", ["merged_alone"])


def test_anonymous_customers_are_nobodys_same() -> None:
    nobody = target(customer={"how": "anonymous", "keys": {"phone": "k1:138"}})
    assert not same_customer(nobody.customer, nobody.customer)
    assert same_customer(target().customer, target().customer)


def test_merging_hides_no_complaint_and_makes_no_circle() -> None:
    mine = [entry(0, "case.registered")]
    assert merging(mine, target(kind="inquiry")) == "merge_kinds_differ"
    assert merging(mine, target(), chain=(CASE,)) == "merge_circle"
    assert merging(mine, target(), number="TS-SZ01-A001-260918-0009-34") == "merge_target_unknown"
    ended = fold([*mine, entry(1, "case.withdrawn")])
    ended.number = NUMBER
    assert merging(mine, ended) == "merge_target_ended"
    circle = {"case/1": "case/2", "case/2": "case/3", "case/3": "case/1", "case/9": "case/2"}
    assert {final_target(each, circle) for each in circle} == {"case/1"}
    assert final_target("case/7", {"case/7": "case/8"}) == "case/8"


def test_merge_is_taken_back_within_seven_days_with_all_that_was() -> None:
    known = [entry(0, "case.registered"), entry(1, "case.merged")]
    assert fold(known).open_promises == []
    state = fold([*known, entry(2, "case.unmerged")])
    assert (state.status, state.merged_into, len(state.open_promises)) == ("received", None, 1)
    assert [each.type for each in state.timeline] == ["case.registered", "case.merged", "case.unmerged"]
    data = read_data(entry(3, "case.unmerged"))
    assert data is not None
    check(desk(7 * 1440), fold(known), "case.unmerged", data)
    with pytest.raises(RuleError, match="unmerge_too_late"):
        check(desk(7 * 1440 + 2), fold(known), "case.unmerged", data)


def test_merging_buys_no_time_the_earlier_receipt_counts() -> None:
    joined = [entry(0, "case.registered"), entry(1, "case.joined")]
    assert clock_events(fold(joined))[0].at.isoformat(timespec="milliseconds") == at(-30)
    parted = [*joined, entry(2, "case.parted")]
    assert clock_events(fold(parted))[0].at.isoformat(timespec="milliseconds") == at(0)


def rate(minute: int, score: int, revision: int, terminal: str = K02) -> Entry:
    data = {
        "about": CASE,
        "score": score,
        "reasons": ["solved"],
        "text": "很快",
        "by": "customer",
        "revision": revision,
    }
    return entry(minute, "rating.given", data, subject=rating_subject(CASE), terminal=terminal)


def rated(entries: list[Entry]) -> RatingState:
    state, unfolded = fold_subject(FOLDS["rating"], entries, Reference())
    assert unfolded == []
    assert isinstance(state, RatingState)
    return state


def test_csat_is_not_overwritten_by_a_second_rating_freescout_4908() -> None:
    state = rated([rate(1, 2, 1), rate(9, 5, 2)])
    assert [(each.score, each.revision) for each in state.revisions] == [(2, 1), (5, 2)]
    assert state.counted is not None
    assert state.counted.score == 5
    both = rated([rate(1, 2, 1), rate(9, 5, 1)])
    assert (len(both.revisions), marks(both)) == (2, ["both_sides_changed"])
    assert rating_subject(CASE) != rating_subject(OTHER)


def test_csat_is_asked_only_after_the_end_and_a_second_word_is_a_revision() -> None:
    def refused(state: RatingState | None, revision: int, *, ended: bool = True) -> str | None:
        data = read_data(rate(1, 4, revision))
        assert isinstance(data, RatingGiven)
        try:
            check_rating(desk(ended=ended), state, data)
        except RuleError as error:
            return error.code
        return None

    assert refused(None, 1, ended=False) == "rating_too_early"
    assert refused(None, 1) is None
    assert refused(rated([rate(1, 2, 1)]), 1) == "rating_revision"
    assert refused(rated([rate(1, 2, 1)]), 2) is None


def test_the_timer_does_not_run_after_resolve_because_telling_ends_it_chatwoot_10178() -> None:
    known = [entry(0, "case.registered"), entry(1, "case.decided")]
    assert "notified" not in kinds(fold(known))
    assert kinds(fold([*known, entry(2, "case.notified"), entry(3, "case.closed")]))[-3:] == [
        "contact_out", "notified", "closed",
    ]  # fmt: skip


def test_closing_does_not_stop_the_law_the_customer_must_know() -> None:
    state = fold([entry(0, "case.registered"), entry(1, "case.closed")])
    assert (state.status, kinds(state), marks(state)) == ("received", ["received", "promised"], ["closed_untold"])


def test_a_try_that_reached_nobody_is_no_first_contact() -> None:
    state = fold([entry(0, "case.registered"), entry(1, "case.contact_out", reached=False)])
    assert "contact_out" not in kinds(state)
    assert (state.first_contact_at, [each.status for each in state.promises]) == (None, ["tried", "open"])


def test_a_promise_that_was_kept_late_stays_late() -> None:
    state = fold(
        [entry(0, "case.registered", promise=promise(5)), entry(9, "case.contact_out"), entry(10, "case.noted")]
    )
    assert [(each.status, each.late) for each in state.promises] == [("kept", True), ("open", False)]


def test_the_clocks_get_what_the_case_says() -> None:
    state = fold(
        [
            entry(0, "case.registered", regulator=REGULATOR),
            entry(1, "case.extended"),
            entry(2, "case.paused", why="external_appraisal", basis="办法第十九条"),
            entry(3, "case.resumed"),
        ]
    )
    events = {each.kind: each for each in clock_events(state)}
    assert list(events) == ["received", "transferred", "promised", "extended", "paused", "resumed"]
    assert events["extended"].given == {"reason", "supervisor_approval"}
    assert (events["extended"].stage, events["extended"].told is not None) == (1, True)
    assert (events["paused"].reason, events["paused"].told is not None) == ("external_appraisal", True)
    assert events["promised"].until is not None
    assert clock_facts(state)["source"] == "pboc_transfer"
    untold = fold([entry(0, "case.registered"), entry(2, "case.paused", why="external_appraisal", told=False)])
    assert clock_events(untold)[-1].told is None


REGULATOR = {"body": "pboc_transfer", "reference": "****0012", "transferred_at": at(0)}


def erased(entries: list[Entry]) -> list[Entry]:
    """The entries as every store keeps them after the erasure, which stands at the end."""
    places = erasure(entries)
    gone = {(each["terminal"], each["seq"]) for each in places}  # type: ignore[call-overload, index]
    kept = [each._replace(data=None) if (each.terminal, each.seq) in gone else each for each in entries]
    data = {"entries": places, "why": "retention"}
    return [*kept, entry(900, "data.erased", data, staff="s1", subject=entries[0].subject)]


PERSON = (
    "k1:138", "k1:139", "张*丰", "138****8000", "002250", "早餐", "好又多", "****5521", "致电客户说明", "商户确认",
    "重复入账", "协议第七条", "客户认可", "扣款截图", "Zx81_abcdefg", "客户情绪", "H771", "****0012",
)  # fmt: skip
HISTORY = [
    entry(0, "case.registered", transaction=SAMPLES["case.details_added"]["transaction"], regulator=REGULATOR),
    entry(1, "case.containment_requested"), entry(2, "case.hotline_called"), entry(3, "case.evidence_added"),
    entry(4, "case.contact_out"), entry(5, "case.noted"), entry(6, "case.escalated"), entry(7, "case.extended"),
    entry(8, "case.paused"), entry(9, "case.resumed"), entry(10, "case.decided"), entry(11, "case.notified"),
    entry(12, "case.closed"), entry(13, "case.noted", after=[11], terminal=K02),
]  # fmt: skip
STATISTICS = (
    "number", "kind", "status", "codes", "received_at", "saved_at", "form_opened_at", "policy_id", "policy_version",
    "calendar_id", "clock_sets", "level", "notified_at", "closed_at", "first_contact_at", "promises", "root_cause",
    "want", "exemptions", "masked", "branch", "registered_by", "source", "extensions", "group_size",
)  # fmt: skip


def test_erasing_keeps_clocks_and_statistics_and_takes_the_person() -> None:
    before, after = fold(HISTORY), fold(erased(HISTORY))
    for name in STATISTICS:
        if name != "extensions":
            assert getattr(after, name) == getattr(before, name), name
    assert [each.stage for each in after.extensions] == [1]
    assert [each.outcome for each in after.decisions] == ["upheld"]
    assert [each.redress_fen for each in after.decisions] == [12_800]
    assert clock_events(after) == clock_events(before)
    assert marks(after) == marks(before)
    stored = orjson.dumps([each.wire() for each in erased(HISTORY)]).decode() + FOLDS["case"].dump(after).decode()
    assert [each for each in PERSON if each in stored] == []
    assert [each for each in PERSON if each not in FOLDS["case"].dump(before).decode()] == ["k1:139"]


def test_deletion_is_not_unaudited_every_line_stays_with_who_and_when_freescout_5135() -> None:
    before, after = fold(HISTORY), fold(erased(HISTORY))
    assert [(each.entry, each.type, each.at, each.staff) for each in after.timeline[:-1]] == [
        (each.entry, each.type, each.at, each.staff) for each in before.timeline
    ]
    last = after.timeline[-1]
    assert (after.erased, last.type, last.staff, last.detail["why"]) == (True, "data.erased", "s1", "retention")
    assert len(after.erased_entries) == int(last.detail["count"]) > 5
    silent = fold([each._replace(data=None) for each in HISTORY])
    assert len(silent.timeline) == len(HISTORY)
    assert silent.erased


def test_a_store_that_never_had_the_data_says_the_same() -> None:
    gone = erased(HISTORY)
    assert fold(list(reversed(gone))) == fold(gone)
    state = fold(erased([suggested(), entry(1, "suggestion.supported"), entry(2, "suggestion.supported"),
                         entry(3, "suggestion.supported", key="k1:140")]))  # fmt: skip
    assert state.support == 2


def test_redacting_puts_better_text_in_place_and_says_who_did_it() -> None:
    known = HISTORY[0]
    place = redaction(known, "同一笔****被扣了两次")
    state = fold(
        [
            known._replace(data=None),
            entry(1, "case.redacted", staff="o1"),
            entry(2, "data.erased", {"entries": [place], "why": "redacted"}, staff="o1"),
        ]
    )
    assert state.narrative == "同一笔****被扣了两次"
    assert state.customer is not None
    assert [(each.type, each.staff) for each in state.timeline[1:]] == [("case.redacted", "o1"), ("data.erased", "o1")]
    assert state.marks == []
    alone = fold([known, entry(1, "case.redacted", staff="s1")])
    assert [each.code for each in alone.marks] == ["redacted_alone"]


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_what_stays_of_an_entry_can_be_read_as_its_type(kind: str) -> None:
    each = entry(1, kind)
    assert read_data(each._replace(data=without_person(each))) is not None


def test_of_every_member_it_was_decided_whether_it_stays() -> None:
    for (kind, _), (subjects, model) in known_types().items():
        if {"case", "rating"} & set(subjects) and kind != "data.erased":
            for name in model.model_fields:
                assert name in STAYS or name in EMPTIED or (kind, name) in INSTEAD, (kind, name)
    assert act(1)
