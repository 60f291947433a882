"""The fast track of an abnormal deduction (F9)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

import orjson

from branch_console.case_views.deduction import HomeView, IncidentView, TrackLine, TrackView
from branch_console.desk.cases import containing, fast_track
from branch_console.desk.cases.core import CaseCounter, masks
from branch_console.desk.cases.fast_track import Proof
from branch_console.locale import language, t
from branch_console.rules.cases.form import Said
from branch_console.rules.cases.incidents import incidents
from branch_console.rules.cases.limits import limit
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import FieldError, RuleError
from branch_console.rules.journal import format_at, parse_at
from branch_console.rules.narrative.masking import mask
from branch_console.rules.roles import allowed
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.fast_track_view import Track
from branch_console.services.gifts.words import moment

if TYPE_CHECKING:
    from branch_console.desk.gifts.people import Person

NOBODY: Final = "anonymous"
"""The handle of a customer who does not say who they are."""
_OPEN: Final = 50
"""So many unfinished ones are shown, those with the nearest promise."""
_AMONG: Final = 200
_LONGEST: Final = 3600
"""Seconds that a form can have been open for one customer; what was begun before was begun for somebody else."""


class FastTrackDesk:
    """The fast track of an abnormal deduction (F9)."""

    _office: CaseOffice

    # --- the start ---

    def deduction_home(self) -> HomeView:
        """The form, and what is unfinished."""
        counter = self._office.counter()
        counter.require("case.register")
        draft = _draft(counter)
        rows = counter.reference.codes("case_categories", "dispute")
        return HomeView(
            warning=Track(counter).warning(),
            categories=tuple(
                (row.code, row.label.get(language())) for row in rows if getattr(row, "fast_track", False)
            ),
            lines=self._open_tracks(counter),
            online=counter.online,
            draft_category=draft.get("category", ""),
            draft_told=draft.get("told", ""),
            patterns=masks(counter).patterns,
        )

    def keep_deduction(self, category: str, told: str) -> None:
        """The form as it stands, for after a power cut; numbers of people are masked."""
        counter = self._office.counter()
        counter.require("case.register")
        text = mask(told, masks(counter).patterns).text
        said = {"category": category, "told": text, "at": format_at(counter.now())}
        fast_track.save_draft(counter, orjson.dumps(said).decode())

    def begin_deduction(self, customer: str, category: str, told: Said, seconds: int) -> str:
        """Take the case down at once; returns its subject. `customer`: a handle, or `anonymous`.

        `seconds`: how long ago somebody began to fill the form in: from then on the clocks run.
        """
        counter = self._office.counter()
        if not category:
            raise FieldError("category", "category_missing")
        person = self._whose(customer)
        words = counter.reference.label("case_categories", category)
        label = category if words is None else words.get(language())
        said = told if told.text.strip() else Said(t("deduction.told", category=label))
        contact = "phone" if person is not None and person.phone else "visit"
        opened = counter.now() - timedelta(seconds=min(max(seconds, 0), _LONGEST))
        return fast_track.begin(counter, person, category, said, contact, format_at(opened))

    # --- the checklist ---

    def track(self, case: str) -> TrackView:
        """The checklist of a case as it stands."""
        counter = self._office.counter()
        counter.require("case.read")
        state = counter.store.state(case)
        if not isinstance(state, CaseState) or not state.number:
            raise RuleError("case_unknown")
        return Track(counter).view(case, state)

    def identify(self, case: str, customer: str) -> TrackView:
        """Now it is known whose case it is."""
        person = self._whose(customer)
        if person is None:
            raise RuleError("customer_unproven")
        fast_track.identify(self._office.counter(), case, person)
        return self.track(case)

    def ask_to_contain(self, case: str, measure: Literal["freeze", "limit"]) -> TrackView:
        """Ask for a freeze or a limit, or ask anew."""
        containing.ask_to_contain(self._office.counter(), case, measure)
        return self.track(case)

    def record_call(
        self, case: str, hotline: str, called_at: str, answered: bool, reference: str, said_done: bool
    ) -> TrackView:
        """The customer has called a hotline."""
        containing.record_call(self._office.counter(), case, hotline, called_at, answered, reference, said_done)
        return self.track(case)

    def add_proof(
        self, case: str, amount: str, at: str, counterparty: str, reference: str, path: str, fraud: str
    ) -> TrackView:
        """What there is of the payment. `fraud`: yes, no, or empty when it was not asked."""
        counter = self._office.counter()
        proof = Proof(amount, at, counterparty, reference, path, fraud)
        fast_track.add_proof(counter, case, proof, t(f"deduction.fraud_noted.{fraud}") if fraud else "")
        return self.track(case)

    def check_step(self, case: str, step: str) -> TrackView:
        """A step is through."""
        fast_track.check_step(self._office.counter(), case, step)
        return self.track(case)

    def leave_step_out(self, case: str, step: str, reason: str) -> TrackView:
        """A step is left out, and why."""
        fast_track.leave_out(self._office.counter(), case, step, reason)
        return self.track(case)

    def promise_call(self, case: str, when: str, way: str) -> TrackView:
        """Another time for the call-back."""
        fast_track.promise_call(self._office.counter(), case, when, way, t("deduction.promise_told"))
        return self.track(case)

    # --- cases in numbers ---

    def incidents(self) -> tuple[IncidentView, ...]:
        """Abnormal deductions of one pattern that come in numbers; nothing for whoever may see no case."""
        from data import case_queries  # noqa: PLC0415  a login does not wait for it

        counter = self._office.counter()
        if not allowed(counter.desk.role, "case.read"):
            return ()
        if "case_limits" not in counter.reference.tables:  # a terminal that has no tables yet has no cases either
            return ()
        now, zone = counter.now(), counter.store.identity.zone
        hours = limit(counter.reference, "incident_hours")
        recent = case_queries.disputes_since(counter.store, now - timedelta(hours=hours))
        found: list[IncidentView] = []
        for each in incidents(recent, now, counter.reference):
            label = counter.reference.label("case_categories", each.category)
            said = t(
                "incident.branch" if each.branch else "incident.all",
                n=len(each.cases),
                hours=hours,
                category=each.category if label is None else label.get(language()),
                since=moment(each.first_at, zone, now),
            )
            other = t("incident.counterparty", name=each.counterparty) if each.counterparty else ""
            found.append(IncidentView(said + other, each.cases))
        return tuple(found)

    def _whose(self, handle: str) -> "Person | None":
        if not handle:
            raise FieldError("customer", "customer_missing")
        return None if handle == NOBODY else self._office.customers.get(handle)

    def _open_tracks(self, counter: CaseCounter) -> tuple[TrackLine, ...]:
        from data import case_queries  # noqa: PLC0415  as above

        rows = case_queries.cases(
            counter.store, "branch", staff=counter.desk.staff, now=counter.now(), kind="dispute", limit=_AMONG
        )
        fast = [row for row in rows if "fast_track" in row.flags][:_OPEN]
        track = Track(counter)
        states = counter.store.states([row.subject for row in fast])
        lines = (track.line(row, state) for row in fast if isinstance(state := states.get(row.subject), CaseState))
        return tuple(each for each in lines if each.next_step)


def _draft(counter: CaseCounter) -> dict[str, str]:
    """What was left unsent, while it is not too old."""
    from data import queries  # noqa: PLC0415  as above

    text = queries.drafts(counter.store, fast_track.draft_subject(counter)).get(fast_track.DRAFT)
    if text is None:
        return {}
    said = {str(name): str(value) for name, value in orjson.loads(text).items()}
    longest = timedelta(hours=limit(counter.reference, "draft_hours"))
    return said if counter.now() - parse_at(said["at"]) <= longest else {}
