"""What the screens of one case call of the case desk. Every call *blocks*; errors carry a code."""

from typing import Protocol

from branch_console.case_views.working import ActForm, Answers, CaseView, Clocks, ClockSource, Done, TargetLine


class Port(Protocol):
    """One case."""

    def case(self, subject: str) -> CaseView:
        """The case with its timeline, its clocks, and what can be done now. Raises RuleError `case_unknown`."""

    def clocks(self, source: ClockSource) -> Clocks:
        """The clocks as they stand now, without a look into the store. Does not block."""

    def act_form(self, subject: str, act: str, about: str = "") -> ActForm:
        """The form of an act, with what was typed into it before. Raises RuleError when it cannot be begun."""

    def act(self, form: ActForm, answers: Answers, approver: str, password: str) -> Done:
        """Do it. Raises FieldErrors, RuleError, and what a wrong password raises."""

    def keep_act(self, form: ActForm, answers: Answers) -> None:
        """Keep what was typed so far, masked; an empty form is forgotten."""

    def drop_act(self, form: ActForm) -> None:
        """Nobody wants to go on with it."""

    def merge_targets(self, subject: str, text: str) -> tuple[TargetLine, ...]:
        """The cases that this one could go on in: found by number or words; without a text, those that look alike."""
