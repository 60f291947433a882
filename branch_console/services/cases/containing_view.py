"""What may be said of a freeze, in the words of the session: what the case says, and never more."""

from typing import Final

from branch_console.case_views.deduction import CallView, ContainView, HotlineView, Tone
from branch_console.locale import known, t
from branch_console.rules.cases.acts import why_not
from branch_console.rules.cases.containing import Standing, needs_person, standing
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.record import Containment
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.tables import StepRow
from branch_console.rules.codes import HotlineRow
from branch_console.services.cases.fast_track_words import TrackWords, said

TONES: Final[dict[Standing, Tone]] = {
    "none": "warning",
    "called": "warning",
    "queued": "error",
    "requested": "warning",
    "confirmed": "success",
    "failed": "error",
    "expired": "error",
}
FRAUD: Final = "fraud"
FOR_FRAUD: Final = ("anti_fraud", "police")
_URGENT: Final = "urgent"
"""The use of hotlines that are called while money may still be lost."""


def contain_view(words: TrackWords, state: CaseState) -> ContainView:
    """The whole of it."""
    counter, stands = words.counter, standing(state, words.now)
    again, reason = bool(needs_person(state, words.now)), _why_not(words, state, stands)
    asking = "again" if again else "online" if counter.online else "offline"
    row = counter.reference.row("case_fast_track", "contain")
    return ContainView(
        standing=stands,
        words=_sentence(words, state, stands),
        tone=TONES[stands],
        note=_note(words, stands, again=again),
        ask="" if reason else t(f"deduction.ask.{asking}", minutes=limit(counter.reference, "freeze_minutes")),
        why_not=reason,
        again=again,
        offline=said(row.offline) if isinstance(row, StepRow) and not counter.online else "",
        hotlines=_hotlines(words, state),
        calls=tuple(
            CallView(
                label=words.label("hotlines", each.hotline),
                number=each.number,
                at=words.moment(each.called_at),
                answered=each.answered,
                reference=each.reference,
                said_done=each.said_done,
            )
            for each in state.calls
        ),
    )


def _why_not(words: TrackWords, state: CaseState, stands: Standing) -> str:
    """Why nothing can be asked for now; empty when it can."""
    refused = why_not(words.counter.judged(), state, "case.containment_requested")
    if refused is not None:
        return t(f"error.{refused.code}", **refused.params)
    if state.customer is None or not state.customer.keys:
        return t("error.containment_nobody")
    return t("error.containment_open") if stands in {"requested", "queued"} else ""


def _sentence(words: TrackWords, state: CaseState, stands: Standing) -> str:
    """Of the requests the one that it is about: the newest confirmed one, else the last."""
    shown = _shown(state, stands)
    if shown is None:
        return t(f"deduction.contain.{stands}")
    return t(
        f"deduction.contain.{stands}",
        measure=t(f"deduction.measure.{shown.measure}"),
        at=words.clock(shown.at),
        until=words.clock(shown.expires_at),
        done=words.clock(shown.done_at or ""),
        reference=shown.reference or t("deduction.no_reference"),
        why=_why(shown),
    )


def _why(request: Containment) -> str:
    """Why it was not done, as central said; a reason that we have no words for is a refusal."""
    msgid = f"containment.why.{request.why}"
    return t(msgid if known(msgid) else "containment.why.core_refused")


def _note(words: TrackWords, stands: Standing, *, again: bool) -> str:
    """What to know about it besides."""
    if again:
        return t("deduction.needs_person")
    if stands != "requested":
        return ""
    if not words.counter.online:
        return t("deduction.answer_cut_off")
    return t("deduction.being_sent") if words.counter.store.pending_count() else ""


def _hotlines(words: TrackWords, state: CaseState) -> tuple[HotlineView, ...]:
    """Those that may stop a loss; of a fraud the police's first, else those who run wallets."""
    fraud = state.codes is not None and state.codes.category == FRAUD
    rows = [row for row in words.counter.reference.codes("hotlines", _URGENT) if isinstance(row, HotlineRow)]
    rows.sort(key=lambda row: (row.code in FOR_FRAUD) is not fraud)
    return tuple(HotlineView(row.code, said(row.label), row.number, said(row.hours), _checked(row)) for row in rows)


def _checked(row: HotlineRow) -> str:
    if row.verified_on is None:
        return t("deduction.hotline_unchecked")
    return t("deduction.hotline_checked", day=row.verified_on.isoformat())


def _shown(state: CaseState, stands: Standing) -> Containment | None:
    if not state.containments:
        return None
    if stands == "confirmed":
        return next(each for each in reversed(state.containments) if each.status == "confirmed")
    return state.containments[-1]
