"""Slips that leave the branch: every copy is an act, a preview on the screen included."""

from collections.abc import Callable
from typing import Literal

from branch_console.desk.cases.core import CaseCounter, write
from branch_console.rules.journal import Data, Entry, format_at


def printed(
    counter: CaseCounter,
    subject: str,
    which: str,
    form: Literal["text", "pdf"],
    language: Literal["zh", "en"],
    *,
    offline: bool,
    deliver: Callable[[], object] = lambda: None,
) -> Entry:
    """Write that a slip was made; `deliver` makes it, inside the act, so that a slip that failed was never printed.

    `offline`: the slip did not say that head office has the case. Raises RuleError, FieldErrors, and what `deliver`
    raises.
    """
    with counter.desk.act() as act:
        data: Data = {
            "slip": which,
            "form": form,
            "language": language,
            "offline": offline,
            "printed_at": format_at(counter.now()),
        }
        entry = write(counter, act, subject, "case.slip_printed", data)
        deliver()
        return entry
