"""What the start screen says beside journeys and promises."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DayLine:
    """One figure of the day: mine (None: none of my own), the branch's, and the comparison in words."""

    figure: str
    label: str
    mine: str | None
    branch: str
    before: str


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
    """A running campaign: what is left in words (“余 41”), until when; `low`: it ends soon or is nearly gone."""

    campaign: str
    name: str
    left: str
    until: str
    low: bool


@dataclass(frozen=True, slots=True)
class StockLine:
    """An item that runs low here."""

    sku: str
    name: str
    place: str
    left: int
