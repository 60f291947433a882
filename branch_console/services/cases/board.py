"""The whole case desk of one session."""

from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.fast_track import FastTrackDesk
from branch_console.services.cases.feedback import FeedbackDesk
from branch_console.services.cases.queue import QueueDesk
from branch_console.services.cases.registering import RegisterDesk
from branch_console.services.cases.reports import ReportDesk
from branch_console.services.cases.slips import SlipDesk
from branch_console.services.cases.working import WorkDesk
from branch_console.services.colleagues import colleagues
from branch_console.views import StaffChoice


class CaseBoard(RegisterDesk, FastTrackDesk, QueueDesk, WorkDesk, FeedbackDesk, ReportDesk, SlipDesk):
    """One call for each thing that staff do with cases. Every call blocks: use a thread worker."""

    def __init__(self, office: CaseOffice) -> None:
        """All parts share the office."""
        self._office = office

    def colleagues(self) -> tuple[StaffChoice, ...]:
        """Everybody who works in the branch but whoever is at this terminal."""
        return colleagues(self._office.desk())
