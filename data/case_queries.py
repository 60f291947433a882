"""What may be asked of the store about cases, ideas and ratings, in one place to import from.

All take a `Store`, most also an `Act`; `next_count` and `rewarded_fen` take the connection of `Act.reading()`.
"""

from data.case_boards import IdeaListed, IdeaTab, PromiseListed, count_ideas, ideas, promises_until
from data.case_figures import (
    RatingListed,
    cases_closed,
    disputes_since,
    journeys_ended,
    ratings,
    register_cases,
    rewarded_fen,
    told_texts,
)
from data.case_finding import candidates, case_by_number, case_line, case_lines, case_state, next_count
from data.case_lists import TABS, CaseListed, Tab, cases, count_cases, tab_counts
from data.case_tables import NOTHING_DUE

__all__ = [
    "NOTHING_DUE",
    "TABS",
    "CaseListed",
    "IdeaListed",
    "IdeaTab",
    "PromiseListed",
    "RatingListed",
    "Tab",
    "candidates",
    "case_by_number",
    "case_line",
    "case_lines",
    "case_state",
    "cases",
    "cases_closed",
    "count_cases",
    "count_ideas",
    "disputes_since",
    "ideas",
    "journeys_ended",
    "next_count",
    "promises_until",
    "ratings",
    "register_cases",
    "rewarded_fen",
    "tab_counts",
    "told_texts",
]
