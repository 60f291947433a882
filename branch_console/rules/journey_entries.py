"""The entries of a journey (one customer's onboarding): what each act of the staff writes down.

A person's numbers are never in an entry: only their mask and a keyed hash (`Hashed`). Text is cleaned before it is
written and at most 2,000 characters long.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, JsonValue, StringConstraints, with_config
from typing_extensions import TypedDict

from branch_console.rules.entries import MAX_TEXT, EntryData, entry_type

Text: TypeAlias = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
Code: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Target: TypeAlias = Literal["IV", "III", "II", "I"]
Milliseconds: TypeAlias = Annotated[int, Field(ge=0, le=2**53 - 1)]
Scope: TypeAlias = Literal["general", "sensitive"]


@with_config(ConfigDict(strict=True, extra="forbid"))
class Hashed(TypedDict):
    """A number of a person as the journal keeps it: shown masked, compared by its keyed hash."""

    masked: Annotated[str, StringConstraints(max_length=64)]
    key: Annotated[str, StringConstraints(max_length=128)]


Answer: TypeAlias = bool | int | Text | list[Text] | Hashed


class FlowVersion(EntryData):
    """The flow that a journey started on and keeps."""

    id: Code
    version: Annotated[int, Field(ge=1)]


@entry_type("journey.started", subject="journey")
class Started(EntryData):
    """A customer is received. `name` stays null when the customer has not agreed to its storage yet."""

    flow: FlowVersion
    target: Target
    name: Text | None = None


@entry_type("journey.step_started", subject="journey")
class StepStarted(EntryData):
    """A step is on screen."""

    step: Code


@entry_type("journey.answered", subject="journey")
class Answered(EntryData):
    """One or more fields of a step are confirmed."""

    step: Code
    answers: dict[Code, Answer]


@entry_type("journey.step_done", subject="journey")
class StepDone(EntryData):
    """A step is done. Active time leaves out the time locked or away."""

    step: Code
    active_ms: Milliseconds
    away_ms: Milliseconds


class _StepWithoutResult(EntryData):
    step: Code
    reason: Code
    note: Text | None = None
    active_ms: Milliseconds
    away_ms: Milliseconds


@entry_type("journey.step_skipped", subject="journey")
class StepSkipped(_StepWithoutResult):
    """A step is left out, with its reason."""


@entry_type("journey.step_failed", subject="journey")
class StepFailed(_StepWithoutResult):
    """A step was tried and did not work, with its reason."""


@entry_type("journey.step_reopened", subject="journey")
class StepReopened(EntryData):
    """A step that had its outcome is worked on again."""

    step: Code
    why: Literal["back", "change", "retry"]


@entry_type("journey.target_changed", subject="journey")
class TargetChanged(EntryData):
    """The customer wants another wallet class than before."""

    target: Target
    reason: Code


@entry_type("journey.interrupted", subject="journey")
class Interrupted(EntryData):
    """A rule of the flow stops the journey until somebody decides."""

    step: Code
    rule: Code
    reason: Code


@entry_type("journey.interruption_resolved", subject="journey")
class InterruptionResolved(EntryData):
    """Somebody decided whether an interrupted journey goes on."""

    outcome: Literal["continue", "stop"]
    note: Text | None = None
    approved_by: Code | None = None


@entry_type("journey.paused", subject="journey")
class Paused(EntryData):
    """Work stops for a while; `step` is where it goes on."""

    step: Code | None = None
    reason: Code


@entry_type("journey.resumed", subject="journey")
class Resumed(EntryData):
    """Work goes on."""


@entry_type("journey.hand_over_offered", subject="journey")
class HandOverOffered(EntryData):
    """The holder offers the journey to a colleague (null = anybody of the branch) or to the counter."""

    to: Literal["staff", "counter"]
    staff: Code | None = None
    reason: Code
    note: Text | None = None
    queue_number: Annotated[str, StringConstraints(max_length=32)] | None = None


@entry_type("journey.hand_over_accepted", subject="journey")
class HandOverAccepted(EntryData):
    """The offer (its entry's id) is taken; at the counter a second member of staff stands by."""

    offer: Code
    second_staff: Code | None = None


@entry_type("journey.hand_over_declined", subject="journey")
class HandOverDeclined(EntryData):
    """The offer is turned down."""

    offer: Code
    reason: Code


@entry_type("journey.hand_over_withdrawn", subject="journey")
class HandOverWithdrawn(EntryData):
    """The holder takes the offer back."""

    offer: Code
    reason: Code | None = None


@entry_type("journey.taken_over", subject="journey")
class TakenOver(EntryData):
    """A colleague takes the journey without an offer, e.g. when the holder is away."""

    from_staff: Code | None
    reason: Code


@entry_type("journey.finished", subject="journey")
class Finished(EntryData):
    """Everything required is done; the class of the wallet that was opened."""

    wallet_class: Target


@entry_type("journey.abandoned", subject="journey")
class Abandoned(EntryData):
    """The journey ends without a wallet."""

    step: Code | None = None
    reason: Code
    note: Text | None = None


class PolicyShown(EntryData):
    """Exactly which text the customer was shown: id, version, SHA-256 of the text."""

    id: Code
    version: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@entry_type("consent.given", subject="journey")
class ConsentGiven(EntryData):
    """The customer's decision on one scope of the data-use notice; `given` false is a refusal."""

    policy: PolicyShown
    scope: Scope
    given: bool
    method: Literal["spoken", "signed", "app"]
    language: Literal["zh", "en"]
    guardian: bool


@entry_type("consent.withdrawn", subject="journey")
class ConsentWithdrawn(EntryData):
    """The customer takes a consent back."""

    scope: Scope
    reason: Code


@entry_type("field.revealed", subject="journey")
class FieldRevealed(EntryData):
    """A masked value was shown in full to a member of staff."""

    field: Code
    reason: Code


class EntryPlace(EntryData):
    """Where an entry stands: its writer and its number there.

    `kept` is what of its data stays: the same data without what is about a person. Folds read it in the place of what
    was erased (rules/erased.py); without it nothing stays.
    """

    terminal: Code
    seq: Annotated[int, Field(ge=1)]
    kept: dict[str, JsonValue] | None = None


@entry_type("data.erased", subject=("journey", "claim", "entitlement", "attestation", "case", "rating"))
class DataErased(EntryData):
    """The data of these entries is erased in every store; their hashes stay.

    `confirmed_by`: the supervisor who agreed that head office keeps it no longer.
    """

    entries: list[EntryPlace]
    why: Literal["retention", "consent_withdrawn", "redacted"]
    confirmed_by: Code | None = None
