"""The complaint register and its exports."""

from branch_console.services.cases.counter import CaseOffice


class ReportDesk:
    """The complaint register and its exports."""

    _office: CaseOffice
