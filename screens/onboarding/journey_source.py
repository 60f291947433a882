"""Journeys for a list: where its rows come from, and how a row reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from branch_console.locale import t
from branch_console.views import JourneyLine
from screens.onboarding.port import Desk
from screens.signs import sign
from screens.widgets.row_drawing import Cell

TONES = {"running": "accent", "paused": "", "interrupted": "error", "offered": "warning", "finished": "success"}
SIGNS = {
    "running": "in_progress",
    "paused": "not_started",
    "interrupted": "problem",
    "offered": "waiting",
    "finished": "done",
    "abandoned": "cannot_start",
}


@dataclass(frozen=True, slots=True)
class Journeys:
    """The journeys of a tab, read page by page."""

    desk: Desk
    tab: str

    def count(self) -> int:
        """How many there are."""
        return self.desk.count(self.tab)

    def page(self, offset: int, limit: int) -> Sequence[JourneyLine]:
        """Some of them."""
        return self.desk.lines(self.tab, offset, limit)


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up finds; few enough for one page."""

    desk: Desk
    text: str

    def count(self) -> int:
        """How many were found."""
        return len(self.desk.find(self.text).lines)

    def page(self, offset: int, limit: int) -> Sequence[JourneyLine]:
        """Some of them."""
        return self.desk.find(self.text).lines[offset : offset + limit]


def cells(line: JourneyLine) -> list[Cell]:
    """One row: customer, class, step, status, phone, who holds it, since when."""
    step = f"{line.step_number}/{line.step_total} {line.step_title}" if line.step_title else ""
    status = f"{sign(SIGNS.get(line.status, 'not_started'))} {t(f'onboarding.status.{line.status}')}"
    holder = t("onboarding.me") if line.mine else line.holder_name
    where = f"{holder} {line.elsewhere}".strip()
    waits = f"{sign('waiting')} " if line.pending else ""
    return [
        line.name or t("onboarding.new_customer"),
        t(f"onboarding.class.{line.target}"),
        step,
        (status, TONES.get(line.status) or "muted"),
        (line.phone, "muted"),
        (where, "muted"),
        (waits + ago(line.minutes), "muted"),
    ]


def ago(minutes: int) -> str:
    """How long ago, in the largest unit."""
    if minutes < 60:
        return t("onboarding.ago.minutes", n=minutes)
    if minutes < 24 * 60:
        return t("onboarding.ago.hours", n=minutes // 60)
    return t("onboarding.ago.days", n=minutes // (24 * 60))
