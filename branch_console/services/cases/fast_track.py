"""The fast track of an abnormal deduction (F9)."""

from branch_console.services.cases.counter import CaseOffice


class FastTrackDesk:
    """The fast track of an abnormal deduction (F9)."""

    _office: CaseOffice
