"""Everything that registers entry types and folds. Import this before reading or folding entries."""

from branch_console.rules import branch, journey, staff, terminal
from branch_console.rules.cases import fold as cases
from branch_console.rules.cases import ratings
from branch_console.rules.entries import known_types
from branch_console.rules.feedback import meetings
from branch_console.rules.folding import FOLDS
from branch_console.rules.gifts import campaigns, checks, claims, days, rights, stock
from branch_console.rules.statistics import day_state

__all__ = [
    "FOLDS",
    "branch",
    "campaigns",
    "cases",
    "checks",
    "claims",
    "day_state",
    "days",
    "journey",
    "known_types",
    "meetings",
    "ratings",
    "rights",
    "staff",
    "stock",
    "terminal",
]
