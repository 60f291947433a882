"""A fast track as its screens see it, in the words of the session."""

from typing import TYPE_CHECKING, Final

from branch_console.case_views.deduction import PromiseView, ProofView, StepView, TrackLine, TrackView
from branch_console.desk.cases.core import CaseCounter
from branch_console.locale import language, t
from branch_console.rules.cases.containing import standing
from branch_console.rules.cases.fast_track import Step, current, running_since, steps
from branch_console.rules.cases.promises import nearest
from branch_console.rules.cases.states import CaseState
from branch_console.rules.cases.tables import StepTable
from branch_console.rules.eligibility.phrases import yuan
from branch_console.rules.journal import parse_at
from branch_console.services.cases.containing_view import FOR_FRAUD, TONES, contain_view
from branch_console.services.cases.fast_track_words import TrackWords, lasting, said

if TYPE_CHECKING:
    from data.case_queries import CaseListed

_WAYS: Final = ("phone", "sms", "visit")


class Track:
    """For one call of a screen: the moment and the names that everything shares."""

    def __init__(self, counter: CaseCounter) -> None:
        """As everything is now."""
        self._counter = counter
        self._words = TrackWords(counter)

    def warning(self) -> str:
        """What must never be asked, from the table of steps."""
        table = self._counter.reference.tables.get("case_fast_track")
        rows = table.codes if isinstance(table, StepTable) else []
        return next((each.warning.get(language()) for each in rows if each.warning is not None), "")

    def line(self, row: "CaseListed", state: CaseState) -> TrackLine:
        """One in the list of those that are not through."""
        checklist = steps(state, self._counter.reference)
        following = current(checklist)
        known = standing(state, self._words.now)
        return TrackLine(
            subject=row.subject,
            number=row.number,
            category=self._words.label("case_categories", row.category or ""),
            customer=row.name or row.phone,
            received=self._words.moment(row.received_at),
            steps=f"{sum(each.status != 'open' for each in checklist)}/{len(checklist)}",
            next_step="" if following is None else said(following.row.label),
            standing=t(f"deduction.standing.{known}"),
            tone=TONES[known],
            elsewhere=self._words.terminal(row.terminal),
            pending=row.pending,
        )

    def view(self, subject: str, state: CaseState) -> TrackView:
        """The whole of it."""
        counter = self._counter
        checklist = steps(state, counter.reference)
        following = current(checklist)
        running = max(0, int((self._words.now - parse_at(running_since(state, checklist))).total_seconds()))
        customer = state.customer
        known_as = [] if customer is None else [customer.name, customer.phone or customer.wallet]
        return TrackView(
            subject=subject,
            number=state.number,
            category=self._words.label("case_categories", state.codes.category if state.codes is not None else ""),
            customer="  ".join(each for each in known_as if each) or t("deduction.nobody"),
            identified=customer is not None and bool(customer.keys),
            received=self._words.moment(state.received_at),
            by=self._words.staff(state.registered_by),
            narrative=state.narrative,
            warning=self.warning(),
            steps=tuple(self._step(each, running if each is following else None) for each in checklist),
            current="" if following is None else following.row.code,
            contain=contain_view(self._words, state),
            proof=self._proof(state),
            promise=self._promise(state),
            online=counter.online,
            ended=t("deduction.ended", status=self._words.label("case_states", state.status)) if state.ended else "",
        )

    def _step(self, step: Step, running: int | None) -> StepView:
        row = step.row
        return StepView(
            code=row.code,
            title=said(row.label),
            text=said(row.text),
            warning=said(row.warning),
            state="late" if step.late else step.status,
            target=lasting(row.target_seconds),
            target_seconds=row.target_seconds,
            at="" if step.at is None else self._words.clock(step.at),
            took="" if step.seconds is None else lasting(step.seconds),
            note=step.reason,
            running=running,
        )

    # --- the other steps ---

    def _proof(self, state: CaseState) -> ProofView:
        payment = state.transaction
        return ProofView(
            amount=yuan(payment.amount_fen).replace(",", "") if payment is not None and payment.amount_fen else "",
            at=self._words.typed(payment.at) if payment is not None and payment.at else "",
            counterparty="" if payment is None else payment.counterparty,
            reference="" if payment is None else payment.reference,
            pictures=tuple(f"SHA-256 {each.sha256[:16]} · {each.size // 1024} KB" for each in state.evidence),
            script=t(
                "deduction.fraud_script",
                **{code: getattr(self._counter.reference.row("hotlines", code), "number", "") for code in FOR_FRAUD},
            ),
        )

    def _promise(self, state: CaseState) -> PromiseView:
        ways = tuple((way, t(f"cases.way.{way}")) for way in _WAYS)
        found = nearest(state)
        if found is None:
            return PromiseView("", "", "", "", overdue=False, ways=ways)
        return PromiseView(
            when=self._words.typed(found.at),
            way=found.way,
            way_words=t(f"cases.way.{found.way}"),
            staff=self._words.staff(found.staff),
            overdue=parse_at(found.at) < self._words.now,
            ways=ways,
        )
