"""What the screens of reports call of the case desk. Every call *blocks*; errors carry a code."""

from datetime import date
from pathlib import Path
from typing import Protocol

from branch_console.case_views.reports import PeriodChoice, RegisterView


class Port(Protocol):
    """The complaint register."""

    def register_periods(self) -> tuple[PeriodChoice, ...]:
        """The periods that are offered."""

    def complaint_register(self, since: date, until: date) -> RegisterView:
        """The register of a period, both days included."""

    def save_register(self, since: date, until: date, form: str) -> Path:
        """The register as a file (csv, xlsx, pdf) that only this user may read; where it stands."""
