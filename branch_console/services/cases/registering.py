"""Taking cases down (F4): the form, duplicates, the slip."""

from branch_console.services.cases.counter import CaseOffice


class RegisterDesk:
    """Taking cases down (F4): the form, duplicates, the slip."""

    _office: CaseOffice
