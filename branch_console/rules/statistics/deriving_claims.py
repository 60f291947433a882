"""From folded claims and checks to the rows that figures count."""

from branch_console.rules.gifts.checks import CheckState
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.statistics.facts import CheckFact, ClaimFact
from branch_console.rules.statistics.instants import Days


def claim_fact(subject: str, state: ClaimState, days: Days) -> ClaimFact:
    """One claim."""
    return ClaimFact(
        subject=subject,
        branch=state.branch,
        terminal=state.terminal,
        staff=state.staff,
        campaign=state.campaign,
        started=days.instant(state.started_at),
        status=state.status,
        second_staff=state.second_staff,
        keys=tuple(sorted(state.keys.items())),
        sku=state.sku or "",
        reward_kind=state.reward_kind,
        cost_fen=state.cost_fen,
        right_kind=state.right_kind,
        voucher=state.voucher_code is not None,
        handed=days.instant(state.handed_over_at),
        confirmed_by=state.confirmed_by or "",
        returned=days.instant(state.returned_at),
        released=days.instant(state.released_at) if state.status == "released" else None,
        released_why=state.released_why or "",
        outcome=state.outcome or "",
        outcome_why=state.outcome_why or "",
        ruled=days.instant(state.outcome_at),
        marks=tuple(each.code for each in state.marks),
    )


def check_facts(subject: str, state: CheckState, days: Days) -> tuple[CheckFact, ...]:
    """One row for each campaign that the customer was checked against, in the order in which they were written."""
    at = days.instant(state.at)
    return tuple(
        CheckFact(subject, each.campaign, at, state.staff, each.verdict, tuple(each.reasons)) for each in state.verdicts
    )
