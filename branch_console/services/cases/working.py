"""One case: its timeline, its clocks, and every act on it."""

from branch_console.case_views.working import ActForm, Answers, CaseView, Clocks, ClockSource, Done, TargetLine
from branch_console.desk.cases import working as desk
from branch_console.desk.cases.core import CaseCounter
from branch_console.desk.cases.rating import RATED
from branch_console.desk.cases.working_possible import why_not
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.working_asking import Asking
from branch_console.services.cases.working_clocks import clocks_of
from branch_console.services.cases.working_sheets import act_form
from branch_console.services.cases.working_targets import targets
from branch_console.services.cases.working_view import case_view
from branch_console.services.cases.working_words import CaseWords
from branch_console.services.colleagues import colleagues
from data import case_queries


class WorkDesk:
    """One case: its timeline, its clocks, and every act on it."""

    _office: CaseOffice

    def case(self, subject: str) -> CaseView:
        """The case as it stands. Raises RuleError `case_unknown`, and when the role may not see it."""
        counter = self._office.counter()
        return case_view(counter, subject, _held(counter, subject))

    def clocks(self, source: ClockSource) -> Clocks:
        """The clocks as they stand now: reckoned from what the view holds, without a look into the store."""
        counter = self._office.counter()
        return clocks_of(source, counter.reference, counter.now(), counter.store.identity.zone)

    def act_form(self, subject: str, act: str, about: str = "") -> ActForm:
        """The form of an act, filled with what was typed into it before. Raises RuleError when it cannot be begun."""
        counter = self._office.counter()
        state = _held(counter, subject)
        if act not in desk.ACTS:
            raise RuleError("act_unknown")
        refused = why_not(counter, state, act)
        if refused is not None:
            raise refused
        return act_form(Asking(counter, state, CaseWords(counter), colleagues(counter.desk), about), subject, act)

    def act(self, form: ActForm, answers: Answers, approver: str, password: str) -> Done:
        """Write it. Raises FieldErrors, RuleError, and what a wrong password raises."""
        written = desk.do(
            self._office.counter(),
            form.case,
            form.act,
            answers,
            about=form.about,
            approver=approver,
            password=password,
        )
        rate = form.act == "closed" and written.state.status in RATED
        return Done(form.case, form.act, written.masked, rate)

    def keep_act(self, form: ActForm, answers: Answers) -> None:
        """Keep what was typed so far, masked."""
        desk.keep_form(self._office.counter(), form.case, form.act, answers, form.about)

    def drop_act(self, form: ActForm) -> None:
        """Nobody wants to go on with it."""
        desk.keep_form(self._office.counter(), form.case, form.act, {}, form.about)

    def merge_targets(self, subject: str, text: str) -> tuple[TargetLine, ...]:
        """The cases that this one could go on in: found by number or words; without a text, those that look alike."""
        counter = self._office.counter()
        return targets(counter, subject, _held(counter, subject), text)


def _held(counter: CaseCounter, subject: str) -> CaseState:
    counter.require("case.read")
    state = case_queries.case_state(counter.store, subject)
    if state is None:
        raise RuleError("case_unknown")
    return state
