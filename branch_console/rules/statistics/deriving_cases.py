"""From folded cases to the rows that figures count: the case, its time limits, the idea in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from branch_console.rules.cases.states import CaseState
from branch_console.rules.statistics.facts import CaseFact, ClockFact, IdeaFact
from branch_console.rules.statistics.instants import Days, Instant
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.policy import ClockRule
from branch_console.rules.working_time.rounds import Round
from branch_console.rules.working_time.workdays import workday

_LEFT = frozenset({"withdrawn", "merged", "not_accepted", "closed"})
_OVER = _LEFT | {"decided", "told"}
_ENDS = _LEFT | {"notified", "review_notified"}
_AGAIN = frozenset({"reopened", "review_applied"})
_CONTACT = frozenset({"contact_out", "interim_reply"})
_FAR = 600
ESCALATED = 2
"""From this level on a case counts as escalated (domain page 4.3)."""


def case_fact(subject: str, state: CaseState, days: Days, calendar: Calendar | None = None) -> CaseFact:
    """One case; `calendar` counts its working days."""
    codes, customer = state.codes, state.customer
    received, notified = days.instant(state.received_at), days.instant(state.notified_at)
    return CaseFact(
        subject=subject,
        branch=state.branch,
        kind=state.kind,
        status=state.status,
        received=received,
        registered_by=state.registered_by,
        owner=state.owner,
        number=state.number,
        category="" if codes is None else codes.category,
        business="" if codes is None else codes.business,
        reason="" if codes is None else codes.reason,
        keys=() if customer is None else tuple(sorted(customer.keys.values())),
        merged=state.status == "merged",
        withdrawn=_last(state, days, {"withdrawn"}) if state.status == "withdrawn" else None,
        notified=notified,
        closed=days.instant(state.closed_at),
        ended=_ended(state, days) if state.status in _OVER else None,
        working_days=_working_days(received, notified, calendar),
        escalated=_escalated(state, days),
        regulator=state.regulator is not None,
    )


def clock_facts(
    subject: str, state: CaseState, rounds: Iterable[tuple[int, Round]], last: datetime, days: Days
) -> tuple[ClockFact, ...]:
    """The time limits of a case that have begun: numbered rounds of its clocks up to `last`, when it was last acted on.

    The customer's own rights are nobody's duty and are left out. So is what rests at `last`: it has no due moment yet.
    """
    left = _last(state, days, {"withdrawn"})
    found = []
    for number, each in rounds:
        rule, ended = each.rule, days.instant(each.ended_at)
        if rule.kind == "right" or (each.resting_since is not None and each.missed is None and ended is None):
            continue
        done = each.missed is not None or each.ended == "own"
        kept = ended is not None and done and (left is None or left.at != ended.at)
        found.append(
            ClockFact(
                subject=subject,
                clock=rule.id,
                purpose=_purpose(rule),
                statutory=rule.statutory,
                due=days.instant(each.due(last if each.ended_at is None else each.ended_at)),
                round=number,
                stopped=ended if kept else None,
                dropped=None if kept else ended,
                owner=state.owner,
                complaint=state.is_complaint and state.status != "merged",
            )
        )
    return tuple(found)


def idea_fact(subject: str, state: CaseState, days: Days) -> IdeaFact | None:
    """The suggestion in a case, with the answer that stands; None for other cases and for one that was merged."""
    if state.kind != "suggestion" or state.status == "merged":
        return None
    stands = state.setters.get("answer")
    answers = {item.type: days.instant(item.at) for item in state.timeline if item.entry == stands}
    return IdeaFact(
        subject=subject,
        topic=state.topic or "",
        received=days.instant(state.received_at),
        staff=state.registered_by,
        adopted=answers.get("suggestion.adopted"),
        declined=answers.get("suggestion.declined"),
        done=days.instant(state.idea_done_at),
    )


def _purpose(rule: ClockRule) -> str:
    """What a limit is there for: what stops it says so."""
    stops = set(rule.stop)
    if rule.start == "received" and "contact_out" in stops:
        return "first_contact"
    return "decision" if "notified" in stops and not stops & _CONTACT else "other"


def _last(state: CaseState, days: Days, kinds: set[str] | frozenset[str]) -> Instant | None:
    """When the last of these events happened."""
    found = [days.instant(event.at) for item in state.timeline for event in item.events if event.kind in kinds]
    return max((each for each in found if each is not None), default=None, key=lambda each: each.at)


def _ended(state: CaseState, days: Days) -> Instant | None:
    """Since when nothing has been left to tell the customer. Closing a case whose decision was told ends nothing more.

    Opening it again and a review begin anew; a case that was merged by mistake is as it was before.
    """
    ended: str | None = None
    before: str | None = None
    for item in state.timeline:
        for event in item.events:
            if event.kind in _AGAIN:
                ended = None
            elif event.kind == "unmerged":
                ended = before
            elif event.kind in _ENDS and item.detail.get("outcome") != "changed":
                before, ended = ended, ended or event.at
        if item.type == "suggestion.told":
            ended = ended or item.at
    return _last(state, days, _ENDS) if ended is None else days.instant(ended)


def _escalated(state: CaseState, days: Days) -> Instant | None:
    """When somebody first said that it is known at that level."""
    said = (item for item in state.timeline if item.type == "case.escalated")
    return days.instant(next((item.at for item in said if int(item.detail.get("level", 0)) >= ESCALATED), None))


def _working_days(received: Instant | None, notified: Instant | None, calendar: Calendar | None) -> int | None:
    """Working days after the day of receipt, up to the day of the notice. Beyond 600 days natural ones say enough."""
    if received is None or notified is None or calendar is None:
        return None
    days = (notified.day - received.day).days
    if not 0 <= days <= _FAR:
        return None
    return sum(workday(calendar, received.day + timedelta(days=number)).working for number in range(1, days + 1))
