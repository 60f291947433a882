"""Consent to the data-use notice, and its withdrawal."""

from branch_console.desk.desk import Desk, journey_in, write
from branch_console.desk.journeys import go_on
from branch_console.desk.spent import clear_drafts
from branch_console.rules.canonical import Json
from branch_console.rules.consent import text_hash
from branch_console.rules.entries import CannotFoldError, read_data
from branch_console.rules.errors import RuleError
from branch_console.rules.flow import Flow
from branch_console.rules.journal import Data, Entry
from branch_console.rules.journey_entries import Answered, Scope


def scope_named(text: str) -> Scope:
    """The scope of that name. Raises RuleError `scope_unknown`."""
    if text == "general":
        return "general"
    if text == "sensitive":
        return "sensitive"
    raise RuleError("scope_unknown")


def decide(desk: Desk, subject: str, scope: str, *, given: bool, method: str, language: str, guardian: bool) -> None:
    """Write down what the customer said to the notice in force, with the hash of the very text. Raises RuleError."""
    with desk.act() as act:
        flow = desk.flow_of(journey_in(act, subject))
        policy = desk.store.reference.policy(flow.consent.policy, desk.today())
        if policy is None:
            raise RuleError("policy_missing")
        shown = text_hash(policy, scope_named(scope), language)
        data: Data = {
            "policy": {"id": policy.id, "version": policy.version, "sha256": shown},
            "scope": scope,
            "given": given,
            "method": method,
            "language": language,
            "guardian": guardian,
        }
        write(desk, act, subject, "consent.given", data)
        go_on(desk, act, subject)


def withdraw(desk: Desk, subject: str, scope: str, reason: str) -> None:
    """Take a consent back and erase, in every store, what it allowed to keep. Raises RuleError.

    Sources: PIPL Art. 15 (withdrawing as easy as giving), 47 (delete when consent is withdrawn). Facts that are not
    about the person (which steps were done, how long they took) stay.
    """
    with desk.act() as act:
        write(desk, act, subject, "consent.withdrawn", {"scope": scope, "reason": reason})
        flow = desk.flow_of(journey_in(act, subject))
        scopes = {"general", "sensitive"} if scope == "general" else {scope}
        personal = [entry for entry in desk.store.entries(subject) if _is_personal(flow, entry, scopes)]
        if personal:
            places: list[Json] = [{"terminal": entry.terminal, "seq": entry.seq} for entry in personal]
            act.append("data.erased", subject, {"entries": places, "why": "consent_withdrawn"})
        clear_drafts(desk, act, subject)


def _is_personal(flow: Flow, entry: Entry, scopes: set[str]) -> bool:
    """Whether an entry holds an answer that may be kept only with one of these consents."""
    if entry.type != "journey.answered":
        return False
    try:
        data = read_data(entry)
    except CannotFoldError:  # of a newer version: what cannot be read cannot be shown to be harmless
        return True
    if not isinstance(data, Answered):
        return False
    step = flow.step(data.step)
    if step is None:
        return True
    fields = (step.field(name) for name in data.answers)
    return any(field is None or field.personal in scopes for field in fields)
