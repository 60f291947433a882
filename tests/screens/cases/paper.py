"""A case desk in memory for slips and reports, and a console around one of their screens."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from textual.screen import Screen

from branch_console.case_views.reports import AxisLine, PeriodChoice, RegisterLine, RegisterView
from branch_console.gift_views import SlipView
from branch_console.locale import Language, t, t_in
from branch_console.services.slips.facts import SlipFacts
from branch_console.services.slips.text import slip_lines
from branch_console.views import SessionFacts
from screens.shell import Shell

NUMBER = "TS-SZ01-A001-261122-0001-24"
CODE = f"v1|{NUMBER}|Zx81_abcdefg"


def facts(spoken: Language, said: str = "同一笔早餐被扣了两次") -> SlipFacts:
    """An invented receipt."""
    rows = ((t_in(spoken, "case_slip.kind"), "投诉"), (t_in(spoken, "case_slip.said"), said))
    return SlipFacts(
        t_in(spoken, "case_slip.title.receipt", kind="投诉"), NUMBER, "深圳福田支行", rows, "",
        notice=(t_in(spoken, "case_slip.here_only"),), code=CODE, language=spoken,
    )  # fmt: skip


@dataclass
class PaperDesk:
    """Every call is noted; `error` is raised once, `gate` holds calls up while it is cleared."""

    said: str = "同一笔早餐被扣了两次"
    code: str = CODE
    calls: list[tuple[object, ...]] = field(default_factory=list)
    error: Exception | None = None
    refused: Exception | None = None
    """Raised whenever the register is asked for."""
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def _note(self, *call: object) -> None:
        self.gate.wait(5)
        self.calls.append(call)
        if self.error is not None:
            error, self.error = self.error, None
            raise error

    def slip(self, case: str, which: str, language: Language) -> SlipView:
        self._note("slip", case, which, language)
        made = facts(language, self.said)
        return SlipView(case, made.number, slip_lines(made), self.code, made.title)

    def save_slip(self, case: str, which: str, language: Language) -> Path:
        self._note("save_slip", case, which, language)
        return Path("/invented/slips") / f"{NUMBER}-{which}-{language}.pdf"

    # --- the register ---

    def register_periods(self) -> tuple[PeriodChoice, ...]:
        self._note("periods")
        days = {"month": ("2026-11-01", "2026-11-22"), "last_month": ("2026-10-01", "2026-10-31")}
        return tuple(
            PeriodChoice(name, t(f"report.period.{name}"), date.fromisoformat(first), date.fromisoformat(last))
            for name, (first, last) in days.items()
        )

    def complaint_register(self, since: date, until: date) -> RegisterView:
        self._note("register", since.isoformat(), until.isoformat())
        if self.refused is not None:
            raise self.refused
        lines = tuple(
            RegisterLine(
                f"case/{number}", f"TS-SZ01-A001-261122-{number:04d}-24", "11-22 09:30", "投诉", "A05 B04 C09",
                self.said, "已登记", "12-07", t("report.in_time.running"),
                t("report.not_counted.merged") if number == 2 else "",
            )
            for number in range(1, 4)
        )  # fmt: skip
        axes = tuple(AxisLine(axis, f"{axis}04", self.said, 2, "100.0%", placeholder=axis != "B") for axis in "ABC")
        said = (t("report.placeholders"), self.said)
        return RegisterView(since, until, lines, axes, f"{since} {self.said}", said)

    def save_register(self, since: date, until: date, form: str) -> Path:
        self._note("save", since.isoformat(), until.isoformat(), form)
        return Path("/invented/slips") / f"SZ01-complaints-{since:%Y%m%d}-{until:%Y%m%d}.{form}"


class PaperServices:
    """The case desk, and who works here."""

    def __init__(self, cases: Any, role: str) -> None:
        self.cases = cases
        self.session: SessionFacts | None = SessionFacts("G1001", "王芳", role)

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Nothing ever changes elsewhere."""


class PaperHost(Shell):
    """Shows the screen under test above an empty one."""

    def __init__(self, desk: Any, shown: Screen[Any], *, language: Language = "zh", role: str = "supervisor") -> None:
        super().__init__(language=language, colours="dark")
        self.services = PaperServices(desk, role)
        self._first_screen = shown
        self.errors: list[Exception] = []
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        """To the screen under test; what it answers is kept."""
        self.push_screen(self._first_screen, self.answers.append)

    def show_error(self, error: Exception) -> None:
        """Keep it for the test, and say it."""
        self.errors.append(error)
        super().show_error(error)
