"""What the keys of a case's screen open: forms, the list of all acts, slips, an entry, the rating after the end."""

from collections.abc import Callable

from branch_console.case_views.working import ActForm, CaseView, Done, EntryLine
from branch_console.locale import t
from screens.base import BranchScreen
from screens.cases.desk import cases_of
from screens.cases.feedback.rating_dialog import RatingDialog
from screens.cases.slip_screen import CaseSlipScreen
from screens.cases.view.act_screen import ActScreen
from screens.cases.view.entry_screen import EntryScreen
from screens.cases.view.merge_screen import MergeScreen
from screens.cases.view.more_screen import MoreScreen
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.widgets.choices import Option

ELSEWHERE = frozenset({"redacted"})
"""Acts that begin at one entry of the timeline."""


class CaseActs:
    """The acts of one screen. `after` is called when something may have been written. One act at a time."""

    def __init__(self, screen: BranchScreen[None], subject: str, after: Callable[[], None]) -> None:
        self._screen = screen
        self._subject = subject
        self._after = after
        self._busy = False

    def begin(self, view: CaseView, act: str) -> None:
        """The form of an act; to merge, the search for the other case."""
        if self._busy or not self._screen.is_current:
            return
        if act == "merged":
            self._screen.app.push_screen(MergeScreen(self._subject, view.number), self._done)
            return
        self._busy = True
        subject = self._subject
        self._screen.ask(lambda: cases_of(self._screen).act_form(subject, act), self._show, self._refused, group="form")

    def choose(self, view: CaseView) -> None:
        """All acts, with a key each; one that cannot be done says why."""
        options = [Option(each.id, each.label, why_not=each.why_not) for each in view.acts.values()]
        options = [each for each in options if each.value not in ELSEWHERE]
        options.sort(key=lambda each: bool(each.why_not))
        if view.ratable:
            options.append(Option("rate", t("cases.act.rate")))

        def picked(choice: Picked | None) -> None:
            if choice is not None and choice.value == "rate":
                self._rate()
            elif choice is not None:
                self.begin(view, choice.value)

        self._screen.app.push_screen(PickDialog(t("cases.acts.title"), options), picked)

    def slip(self, view: CaseView) -> None:
        """The only slip, or the one that is picked."""
        if len(view.slips) == 1:
            self._print(view.slips[0][0])
            return
        options = [Option(which, label) for which, label in view.slips]

        def picked(choice: Picked | None) -> None:
            if choice is not None:
                self._print(choice.value)

        self._screen.app.push_screen(PickDialog(t("cases.slips.title"), options), picked)

    def more(self, view: CaseView) -> None:
        """Clocks, what is known, and differences in full."""
        self._screen.app.push_screen(MoreScreen(view))

    def entry(self, view: CaseView, line: EntryLine) -> None:
        """One entry in full."""
        if self._screen.is_current:
            self._screen.app.push_screen(
                EntryScreen(self._subject, line, view.acts["redacted"].why_not if "redacted" in view.acts else ""),
                self._done,
            )

    def _show(self, form: ActForm) -> None:
        self._busy = False
        if self._screen.is_current:
            self._screen.app.push_screen(ActScreen(form), self._done)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._screen.shell.show_error(error)

    def _done(self, done: Done | None) -> None:
        self._after()
        if done is None:
            return
        said = t("cases.done", act=t(f"cases.act.{done.act}"))
        if done.masked:
            said = f"{said}  {t('cases.masked', count=done.masked)}"
        self._screen.notify(said, markup=False)
        if done.rate:
            self._rate()

    def _rate(self) -> None:
        self._screen.app.push_screen(RatingDialog(self._subject), lambda _: self._after())

    def _print(self, which: str) -> None:
        self._screen.app.push_screen(CaseSlipScreen(self._subject, which), lambda _: self._after())
