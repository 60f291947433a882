"""Tells whoever answers for cases of the fast track: how many wait, in the status line, and by the bell of new ones."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from branch_console.locale import t
from branch_console.rules.errors import RuleError
from screens.cases.alarm import FastTrackAlarm
from screens.lockable import Lockable

if TYPE_CHECKING:
    from branch_console.case_views.queue import UrgentCase
    from branch_console.rules.staff import Role


class AlarmWatch:
    """Of one console. `told` is called when the number may have changed."""

    def __init__(self, app: Lockable, told: Callable[[], None]) -> None:
        self._app = app
        self._told = told
        self._alarm = FastTrackAlarm()
        self.due = False
        """Cases have changed since the last look."""

    @property
    def waiting(self) -> int:
        """How many cases nobody has taken on."""
        return self._alarm.waiting

    def begin(self) -> None:
        """A session begins."""
        self._alarm, self.due = FastTrackAlarm(), True

    def heard(self, subject: str) -> None:
        """Something has changed."""
        self.due |= subject.startswith("case/")

    def look(self) -> None:
        """Ask in a thread, if cases have changed and whoever works here answers for them."""
        if not self.due:
            return
        self.due = False
        from branch_console.rules.roles import allowed  # noqa: PLC0415  nobody waits for it at login

        session = self._app.services.session
        if session is not None and allowed(cast("Role", session.role), "case.approve"):
            self._app.run_worker(self._ask, name="alarm", group="alarm", thread=True, exit_on_error=False)

    def _ask(self) -> None:
        from screens.cases.desk import cases_of  # noqa: PLC0415  for others the case desk need not be loaded

        with suppress(RuleError):  # locked meanwhile: looked for again when somebody is back
            self._app.call_from_thread(self._ring, self._alarm, cases_of(self._app).urgent_cases())

    def _ring(self, alarm: FastTrackAlarm, found: "tuple[UrgentCase, ...]") -> None:
        """The bell for those that have just come; `alarm` is that of the session that asked."""
        for each in alarm.take(found):
            self._app.bell()
            words = t("urgent.new", number=each.number, category=each.category)
            self._app.notify(words, severity="warning", timeout=30)
        self._told()
