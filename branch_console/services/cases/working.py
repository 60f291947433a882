"""One case: its timeline, its clocks, and every act on it."""

from branch_console.services.cases.counter import CaseOffice


class WorkDesk:
    """One case: its timeline, its clocks, and every act on it."""

    _office: CaseOffice
