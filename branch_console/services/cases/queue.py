"""The queue of cases (F6), the search, the list at the end of a shift."""

from branch_console.services.cases.counter import CaseOffice


class QueueDesk:
    """The queue of cases (F6), the search, the list at the end of a shift."""

    _office: CaseOffice
