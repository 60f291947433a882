"""What the onboarding screens need of the console: the calls of the desk, and the door for errors."""

from collections.abc import Callable
from typing import Protocol, cast

from textual.dom import DOMNode

from branch_console.views import FindView, JourneyLine, JourneyView, ReviewView


class Desk(Protocol):
    """The onboarding desk. Every call blocks; what changes something answers with the journey as it then is."""

    def start(self, target: str) -> JourneyView:
        """A new journey towards a wallet class; this member of staff holds it."""

    def open(self, subject: str, step: str | None = None) -> JourneyView:
        """The journey at its current step, or at `step`; a step that begins is recorded as begun."""

    def answer(self, subject: str, step: str, values: dict[str, str]) -> JourneyView:
        """Record answers as they were typed or picked. Raises FieldErrors."""

    def save_draft(self, subject: str, field: str, text: str) -> None:
        """Keep text that is typed but not confirmed."""

    def spend(self, subject: str, step: str, active_ms: int, away_ms: int) -> None:
        """Keep time spent on a step that has no outcome yet."""

    def done(self, subject: str, step: str, active_ms: int, away_ms: int) -> JourneyView:
        """Complete a step; the next one is current. Raises FieldErrors when answers are missing."""

    def skip(self, subject: str, step: str, reason: str, note: str, active_ms: int, away_ms: int) -> JourneyView:
        """Leave a step out, with its reason."""

    def fail(self, subject: str, step: str, reason: str, note: str, active_ms: int, away_ms: int) -> JourneyView:
        """Record that a step did not work, with its reason."""

    def reopen(self, subject: str, step: str, why: str) -> JourneyView:
        """Go back to a step that was left; `why`: back, change or retry."""

    def change_target(self, subject: str, target: str, reason: str) -> JourneyView:
        """Aim at another wallet class."""

    def consent(self, subject: str, scope: str, given: bool, method: str, language: str, guardian: bool) -> JourneyView:
        """Record yes or no to one notice, and how it was given."""

    def withdraw_consent(self, subject: str, scope: str, reason: str) -> JourneyView:
        """Take a consent back."""

    def resolve_interruption(
        self, subject: str, outcome: str, note: str, supervisor: str, password: str
    ) -> JourneyView:
        """Decide an interruption: `outcome` is continue or stop."""

    def pause(self, subject: str, reason: str) -> JourneyView:
        """Put the journey aside."""

    def resume(self, subject: str) -> JourneyView:
        """Go on with a paused journey."""

    def offer(self, subject: str, to: str, staff: str | None, reason: str, note: str, queue_number: str) -> JourneyView:
        """Offer it to a colleague or the counter."""

    def accept(self, subject: str) -> JourneyView:
        """Take what a colleague offered."""

    def decline(self, subject: str, reason: str) -> JourneyView:
        """Do not take it."""

    def withdraw_offer(self, subject: str) -> JourneyView:
        """Keep it after all."""

    def accept_at_counter(self, subject: str, second_staff: str, password: str) -> JourneyView:
        """Take it at the counter, under dual control."""

    def take_over(self, subject: str, reason: str) -> JourneyView:
        """Take it from who holds it."""

    def review(self, subject: str) -> ReviewView:
        """All answers, masked."""

    def finish(self, subject: str) -> JourneyView:
        """End it: the wallet is open."""

    def abandon(self, subject: str, reason: str, note: str) -> JourneyView:
        """End it without a wallet."""

    def find(self, text: str) -> FindView:
        """Look a customer up by phone, document, name, initials or last digits."""

    def lines(self, tab: str, offset: int, limit: int) -> list[JourneyLine]:
        """Journeys of a tab: open, mine, branch or finished."""

    def count(self, tab: str) -> int:
        """How many journeys a tab has."""

    def limits(self, target: str) -> tuple[tuple[str, str], ...]:
        """The limits of a wallet class as (name, amount)."""


class DeskServices(Protocol):
    """The part of the services that these screens use."""

    @property
    def onboarding(self) -> Desk:
        """The onboarding desk."""

    def subscribe(self, listener: Callable[[str], None]) -> None:
        """Hear about changes, from a background thread."""


class Console(Protocol):
    """The app around the screens."""

    @property
    def services(self) -> DeskServices:
        """What the screens may call."""

    def show_error(self, error: Exception) -> None:
        """Say an error."""


def console_of(node: DOMNode) -> Console:
    """The console that shows `node`."""
    return cast("Console", node.app)


def desk_of(node: DOMNode) -> Desk:
    """The desk behind `node`."""
    return console_of(node).services.onboarding
