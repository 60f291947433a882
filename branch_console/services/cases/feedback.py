"""Ratings and suggestions (F5), the board of ideas, the meeting pack."""

from branch_console.services.cases.counter import CaseOffice


class FeedbackDesk:
    """Ratings and suggestions (F5), the board of ideas, the meeting pack."""

    _office: CaseOffice
