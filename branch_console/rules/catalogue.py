"""Everything that registers entry types and folds. Import this before reading or folding entries."""

from branch_console.rules import branch, journey, staff, terminal
from branch_console.rules.entries import known_types
from branch_console.rules.folding import FOLDS

__all__ = ["FOLDS", "branch", "journey", "known_types", "staff", "terminal"]
