"""The life of one version of a campaign: who may take it from which state to which, and what must be shown for it.

draft → linted → dry_run → submitted → approved → published → paused ⇄ published → ended. Editing takes everything
before approval back to draft. A published version never changes: a change is a new version with the next number, and
once customers rely on the campaign it needs the proof that nobody is worse off, or a named lawyer
(Anti-Unfair Competition Law 2025 Art. 11; SAMR Order 32 Art. 13).
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from branch_console.rules.errors import RuleError

State: TypeAlias = Literal["draft", "linted", "dry_run", "submitted", "approved", "published", "paused", "ended"]
Step: TypeAlias = Literal["edit", "lint", "dry_run", "submit", "approve", "reject", "publish", "pause", "resume", "end"]

# step → the states in which it may be taken, and where it leads.
STEPS: dict[Step, tuple[frozenset[State], State]] = {
    "edit": (frozenset({"draft", "linted", "dry_run", "submitted"}), "draft"),
    "lint": (frozenset({"draft", "linted"}), "linted"),
    "dry_run": (frozenset({"linted", "dry_run"}), "dry_run"),
    "submit": (frozenset({"dry_run"}), "submitted"),
    "approve": (frozenset({"submitted"}), "approved"),
    "reject": (frozenset({"submitted"}), "draft"),
    "publish": (frozenset({"approved"}), "published"),
    "pause": (frozenset({"published"}), "paused"),
    "resume": (frozenset({"paused"}), "published"),
    "end": (frozenset({"published", "paused"}), "ended"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What has been shown for a version when a step is taken.

    `errors`: findings of the lint that forbid it (warnings do not). `people`: over how many people the dry run went;
    `broken_cases`: saved test customers whose verdict is not the expected one. `published`: the highest version that
    was ever published (0: none). `started`: that version has been announced to customers or runs. `over`: the campaign
    has ended; what was taken back then, and told to customers, stays so. `relaxes`: the proof that the new version is
    never worse than it (None: there is no earlier version). `legal`: who signed for a change that is not proved.
    """

    errors: int = 0
    people: int = 0
    broken_cases: int = 0
    version: int = 1
    published: int = 0
    started: bool = False
    over: bool = False
    relaxes: bool | None = None
    legal: str = ""


def check_step(state: State, step: Step, who: str, author: str, shown: Shown | None = None) -> State:
    """The state after the step. Raises RuleError.

    `who` takes the step, `author` wrote the version; `same_name` says who is who. Approving and rejecting is another
    person's than the author's, and so is the legal sign-off. Pausing, ending and resuming may be done by anybody who
    may work with campaigns.
    """
    allowed, after = STEPS[step]
    if state not in allowed:
        raise RuleError("campaign_step_order", state=state, step=step)
    found = shown or Shown()
    if step == "lint":
        _no_errors(found)
    elif step == "dry_run":
        _dry_run(found)
    elif step in {"approve", "reject"}:
        if same_name(who, author):
            raise RuleError("campaign_own_approval")
    elif step == "publish":
        _may_publish(author, found)
    return after


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: letter case, full width and blanks make nobody another person.

    It finds slips, not deceit: central has no accounts of its operators that a name could be proved by.
    """
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def _no_errors(shown: Shown) -> None:
    if shown.errors:
        raise RuleError("campaign_has_errors", count=shown.errors)


def _dry_run(shown: Shown) -> None:
    if not shown.people:
        raise RuleError("campaign_dry_run_empty")
    if shown.broken_cases:
        raise RuleError("campaign_cases_broken", count=shown.broken_cases)


def _may_publish(author: str, shown: Shown) -> None:
    """The next number, no errors (others may have been published meanwhile), and nobody worse off unsigned."""
    _no_errors(shown)
    if shown.over:
        raise RuleError("campaign_over")
    if shown.version != shown.published + 1:
        raise RuleError("campaign_version_order", version=shown.version, expected=shown.published + 1)
    if shown.published and shown.started and not shown.relaxes:
        if not shown.legal:
            raise RuleError("campaign_needs_legal")
        if same_name(shown.legal, author):
            raise RuleError("campaign_own_legal")


def announced_status(first: date, last: date, on: date) -> Literal["announced", "running", "ended"]:
    """What a published version is on a business date, when nobody has paused or ended it."""
    if on < first:
        return "announced"
    return "running" if on <= last else "ended"
