"""What the start screen says beside journeys and promises."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DayLine:
    """One figure of the day: mine (None: none of my own), the branch's, and the comparison in words.

    `change` says the same as `before` in a few cells ("+3", "="); both are empty while nothing was compared, or where
    nothing is comparable.
    """

    figure: str
    label: str
    mine: str | None
    branch: str
    before: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class DayView:
    """The figures of a day so far. `by_hour`: customers received in the branch in each hour, 0 to 23.

    `compared` says in words with which day and up to what time the comparison goes, `compared_short` with which day;
    `counting`: the store still takes entries in, so figures are too low.
    """

    day: date
    lines: tuple[DayLine, ...]
    by_hour: tuple[int, ...]
    compared: str = ""
    compared_short: str = ""
    counting: bool = False


@dataclass(frozen=True, slots=True)
class StaffLine:
    """The day of one member of the team, for supervisors."""

    staff: str
    name: str
    received: int
    onboarded: int
    first_use: int
    handed_over: int


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A running campaign: what is left in words (“余 41”), until when; `low`: it ends soon or is nearly gone.

    `note`: what counts while central cannot be asked: what this terminal may still hand out, or when central said it.
    """

    campaign: str
    name: str
    left: str
    until: str
    low: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class StockLine:
    """An item that runs low here."""

    sku: str
    name: str
    place: str
    left: int


@dataclass(frozen=True, slots=True)
class MachineLine:
    """Something about this machine, for whoever cares for it. `opens`: the sync screen is about it; else `what_to_do`
    says in words what can be done. `tone`: success, warning, error or empty.
    """

    name: str
    label: str
    value: str
    tone: str = ""
    opens: bool = False
    what_to_do: str = ""


@dataclass(frozen=True, slots=True)
class TodayRest:
    """What the start screen learns once it has been painted. None: not for whoever works here."""

    day: DayView | None = None
    team: tuple[StaffLine, ...] | None = None
    campaigns: tuple[CampaignLine, ...] | None = None
    stock: tuple[StockLine, ...] | None = None
    machines: tuple[MachineLine, ...] | None = None
