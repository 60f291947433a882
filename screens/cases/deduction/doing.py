"""Doing the steps of a fast track: each has its dialog or its form, and ends with the checklist as it is then."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal

from branch_console.case_views.deduction import StepView, TrackView
from branch_console.locale import t
from screens.cases.desk import cases_of
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.widgets.choices import Option

if TYPE_CHECKING:
    from screens.cases.deduction.track_screen import TrackScreen

CALL: Final = "call"
FREEZE: Final = "freeze"
LIMIT: Final = "limit"


class Doing:
    """The acts of one track screen. One at a time."""

    def __init__(self, screen: "TrackScreen") -> None:
        self._screen = screen
        self._busy = False

    def do(self, view: TrackView, step: StepView) -> None:
        """What Enter does on a step. What is through can be looked at and added to; only a case that ended is not."""
        if view.ended and step.code not in {"register", "slip"}:
            self._screen.notify(view.ended, severity="warning")
            return
        match step.code:
            case "verify" if not view.identified:
                self._identify(view)
            case "verify":
                self._check(view, step)
            case "contain":
                self._contain(view)
            case "evidence":
                self._prove(view)
            case "slip":
                self._slip(view)
            case "call_back":
                self._promise(view)
            case _:
                self.open_case()

    # --- steps ---

    def _identify(self, view: TrackView) -> None:
        from screens.cases.deduction.identify_screen import IdentifyScreen  # noqa: PLC0415  when it is needed

        self._screen.app.push_screen(IdentifyScreen(view), self._answered)

    def _check(self, view: TrackView, step: StepView) -> None:
        if step.state == "open":
            self._write(lambda: cases_of(self._screen).check_step(view.subject, step.code))

    def _contain(self, view: TrackView) -> None:
        contain = view.contain
        ask = [
            Option(measure, t(f"deduction.do.{measure}"), note=contain.ask, why_not=contain.why_not)
            for measure in (FREEZE, LIMIT)
        ]
        call = Option(CALL, t("deduction.do.call"), note=t("deduction.do.call.note"))
        options = [*ask, call] if view.online else [call, *ask]
        lead = " ".join(each for each in (contain.offline, contain.words, contain.note) if each)
        self._screen.app.push_screen(PickDialog(t("deduction.contain.title"), options, lead=lead), self._containing)

    def _containing(self, picked: Picked | None) -> None:
        view = self._screen.view
        if picked is None or view is None:
            return
        if picked.value == CALL:
            self.call(view)
            return
        measure: Literal["freeze", "limit"] = "limit" if picked.value == LIMIT else "freeze"
        self._write(lambda: cases_of(self._screen).ask_to_contain(view.subject, measure))

    def call(self, view: TrackView) -> None:
        """The customer has called, or is about to."""
        from screens.cases.deduction.call_screen import CallScreen  # noqa: PLC0415  as above
        from screens.cases.deduction.contain_block import ContainBlock  # noqa: PLC0415

        shown = self._screen.query_one(ContainBlock).hotline
        self._screen.app.push_screen(CallScreen(view, "" if shown is None else shown.code), self._answered)

    def _prove(self, view: TrackView) -> None:
        from screens.cases.deduction.proof_screen import ProofScreen  # noqa: PLC0415  as above

        self._screen.app.push_screen(ProofScreen(view), self._answered)

    def _slip(self, view: TrackView) -> None:
        """Where nothing was confirmed, the one with the hotlines in large letters may be what the customer needs."""
        if view.contain.standing == "confirmed":
            self._print("receipt")
            return
        options = [Option(which, t(f"deduction.slip.{which}")) for which in ("receipt", "hotline")]
        dialog = PickDialog(t("deduction.slip.title"), options, lead=view.contain.words)
        self._screen.app.push_screen(dialog, lambda picked: None if picked is None else self._print(picked.value))

    def _print(self, which: str) -> None:
        from screens.cases.slip_screen import CaseSlipScreen  # noqa: PLC0415  as above

        self._screen.app.push_screen(CaseSlipScreen(self._screen.case, which), self._slipped)

    def _slipped(self, _none: object) -> None:
        self._screen.follow()

    def _promise(self, view: TrackView) -> None:
        from screens.cases.deduction.promise_screen import PromiseScreen  # noqa: PLC0415  as above

        self._screen.app.push_screen(PromiseScreen(view), self._answered)

    def leave_out(self, step: StepView) -> None:
        """A step that cannot be done now: why."""
        options = [Option(code, t(f"deduction.reason.{code}")) for code in ("gone", "refused", "later", "other")]

        def why(picked: Picked | None) -> None:
            if picked is not None:
                said = t(f"deduction.reason.{picked.value}")
                reason = f"{said} {picked.note}".strip()
                self._write(lambda: cases_of(self._screen).leave_step_out(self._screen.case, step.code, reason))

        title = t("deduction.leave_out.title", step=step.title)
        self._screen.app.push_screen(PickDialog(title, options, note=True), why)

    def open_case(self) -> None:
        """The whole case."""
        from screens.cases.queue.opening import open_case  # noqa: PLC0415  as above

        open_case(self._screen, self._screen.case)

    # --- writing ---

    def _answered(self, view: TrackView | None) -> None:
        if view is not None:
            self._screen.done(view)

    def _write(self, work: Callable[[], TrackView]) -> None:
        if self._busy:
            return
        self._busy = True
        self._screen.ask(work, self._written, self._refused, group="act")

    def _written(self, view: TrackView) -> None:
        self._busy = False
        self._screen.done(view)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._screen.shell.show_error(error)
