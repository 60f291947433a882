"""The entries of a suggestion, from received to told and rewarded. The case itself is registered like any other."""

from typing import Annotated, Literal

from pydantic import Field

from branch_console.rules.cases.parts import CaseAct, Code, Day, Fen, Key, Note, Reason, Subject, Way
from branch_console.rules.entries import entry_type


@entry_type("suggestion.evaluated", subject="case")
class SuggestionEvaluated(CaseAct):
    """Somebody is looking into it, or has: what it would take and bring."""

    note: Note


@entry_type("suggestion.adopted", subject="case")
class SuggestionAdopted(CaseAct):
    """It will be done: by whom and until when."""

    reason: Reason
    owner: Code
    due: Day | None = None


@entry_type("suggestion.declined", subject="case")
class SuggestionDeclined(CaseAct):
    """It will not be done, and why."""

    reason: Reason


@entry_type("suggestion.done", subject="case")
class SuggestionDone(CaseAct):
    """What was changed: the "we did" of the list on the wall."""

    what: Reason


@entry_type("suggestion.told", subject="case")
class SuggestionTold(CaseAct):
    """The submitter was told, or, where nobody is known, the board says it."""

    way: Literal["phone", "sms", "visit", "letter", "board"]
    text: Note


@entry_type("suggestion.supported", subject="case")
class SuggestionSupported(CaseAct):
    """Somebody else wants the same: +1. `key` (a keyed hash) makes one person count once; `way` to tell them."""

    who: Literal["customer", "staff", "anonymous"]
    key: Key | None = None
    way: Way = "none"


@entry_type("suggestion.rewarded", subject="case")
class SuggestionRewarded(CaseAct):
    """The idea was rewarded: by which act on a claim or on stock, of what value, approved by whom."""

    act: Subject
    value_fen: Fen
    approver: Code
    month: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]
