"""What a line of the start screen opens. The console takes the messages: other areas are not this screen's."""

from dataclasses import dataclass
from datetime import date

from textual.message import Message

from branch_console.figure_views.tables import Drill
from branch_console.figure_views.today import CampaignLine, DayLine, MachineLine, StaffLine, StockLine
from branch_console.views import JourneyLine


@dataclass
class OpenJourney(Message, namespace="today"):
    """To go on with a journey."""

    subject: str


@dataclass
class OpenFigure(Message, namespace="today"):
    """To the rows behind a figure of a day."""

    drill: Drill
    day: date


@dataclass
class OpenCampaign(Message, namespace="today"):
    """To the page of a campaign."""

    campaign: str


class OpenStock(Message, namespace="today"):
    """To what is where."""


def opened_by(row: object, day: date, *, previews: bool) -> Message | str:
    """A message, or an action where that is enough; empty for a line that opens nothing elsewhere.

    `day`: of the figures on the screen. `previews`: whether the page of a campaign is for whoever works here; others
    go to where a customer's gifts are checked.
    """
    found: Message | str = ""
    match row:
        case JourneyLine(subject=subject):
            found = OpenJourney(subject)
        case DayLine(figure=figure):
            found = OpenFigure(Drill(figure), day)
        case StaffLine(staff=staff):
            found = OpenFigure(Drill("journeys.received", "staff", staff), day)
        case CampaignLine(campaign=campaign):
            found = OpenCampaign(campaign) if previews else "app.go('gifts')"
        case StockLine():
            found = OpenStock()
        case MachineLine(opens=True):
            found = "app.go('sync')"
    return found
