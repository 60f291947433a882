"""How the rows of the start screen read: journeys, campaigns, what runs low, the team, machines."""

from branch_console.figure_views.today import CampaignLine, MachineLine, StaffLine, StockLine
from branch_console.locale import t
from branch_console.views import JourneyLine
from screens.signs import sign
from screens.widgets.row_drawing import Cell, Column

_MARKS = {"success": "good", "warning": "warning", "error": "problem", "": "normal"}


def journey_columns() -> list[Column]:
    """Name, phone, class, where it stands, how long it has been standing."""
    return [
        Column(width=8),
        Column(width=12, wide_only=True),
        Column(width=4, wide_only=True),
        Column(),
        Column(width=11, right=True),
    ]


def journey_cells(line: JourneyLine) -> list[Cell]:
    """One journey."""
    marker = sign("waiting") if line.pending else " "
    step = f"{line.step_number}/{line.step_total} {line.step_title}"
    place = (
        t("today.elsewhere", terminal=line.elsewhere)
        if line.elsewhere
        else t("today.idle", time=duration(line.minutes))
    )
    tone = "warning" if line.status in {"interrupted", "offered"} else "muted"
    state = t(f"today.status.{line.status}") if line.status in {"interrupted", "offered"} else place
    name = line.name or t("onboarding.new_customer")
    return [name, (line.phone, "muted"), t(f"today.class.{line.target}"), step, (f"{state} {marker}", tone)]


def duration(minutes: int) -> str:
    """Minutes in words: minutes up to two hours, then hours, then days."""
    if minutes < 120:
        return t("today.minutes", n=minutes)
    if minutes < 48 * 60:
        return t("today.hours", n=minutes // 60)
    return t("today.days", n=minutes // (24 * 60))


def campaign_columns() -> list[Column]:
    """A sign, the name, what is left, until when, and what counts offline."""
    return [Column(width=1), Column(), Column(width=12, right=True), Column(width=8), Column(width=14, wide_only=True)]


def campaign_cells(line: CampaignLine) -> list[Cell]:
    """One campaign; the sign says that it needs attention."""
    tone = "warning" if line.low else ""
    mark = (sign("warning"), "warning") if line.low else (sign("normal"), "muted")
    return [mark, line.name, (line.left, tone), (line.until, tone or "muted"), (line.note, "muted")]


def stock_columns() -> list[Column]:
    """A sign, the item, where, how many."""
    return [Column(width=1), Column(), Column(width=6), Column(width=9, right=True)]


def stock_cells(line: StockLine) -> list[Cell]:
    """One item that runs low; none left is worse."""
    name, tone = ("warning", "warning") if line.left else ("problem", "error")
    words = t("today.left.count", n=line.left) if line.left else t("today.left.none")
    return [(sign(name), tone), line.name, (line.place, "muted"), (words, tone)]


_TEAM = ("received", "onboarded", "first_use", "handed_over")


def team_columns() -> list[Column]:
    """Who, and four figures; short titles when the console is narrow."""
    narrow = [Column(t(f"today.team.{each}.short"), 4, right=True, narrow_only=True) for each in _TEAM]
    wide = [Column(t(f"today.team.{each}"), 8, right=True, wide_only=True) for each in _TEAM]
    return [Column(t("today.team.who")), *narrow, *wide]


def team_cells(line: StaffLine) -> list[Cell]:
    """One member of the team; a zero is quiet."""
    figures: list[Cell] = [
        (str(number), "" if number else "muted")
        for number in (line.received, line.onboarded, line.first_use, line.handed_over)
    ]
    return [line.name, *figures, *figures]


def machine_columns() -> list[Column]:
    """A sign, what, and how it is."""
    return [Column(width=1), Column(width=16), Column()]


def machine_cells(line: MachineLine) -> list[Cell]:
    """One thing about the machine."""
    return [(sign(_MARKS.get(line.tone, "normal")), line.tone or "muted"), line.label, (line.value, line.tone)]
