"""Findings about campaigns in words: what the lint found, and what could not be proved of a change."""

from branch_console.locale import t
from branch_console.rules.eligibility.lint import Problem
from branch_console.rules.eligibility.relaxing import Doubt


def problem_words(problem: Problem) -> str:
    """One finding of the lint, in the language that is spoken now."""
    return t(f"gift.lint.{problem.code}", **problem.params)


def doubt_words(doubt: Doubt) -> str:
    """Why a change is not provably as good for customers."""
    return t(f"gift.relax.{doubt.code}")
