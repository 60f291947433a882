"""The onboarding desk as screens see it: raw typed values in, views out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from branch_console.desk import answers, consents, holding, journeys, look_up, spent
from branch_console.desk.desk import FLOW, Desk
from branch_console.rules.errors import RuleError
from branch_console.rules.flow import Flow
from branch_console.services.journey_view import journey_view
from branch_console.services.limits import limit_lines
from branch_console.services.lines import journey_lines
from branch_console.services.possible import refusal
from branch_console.services.review import review
from branch_console.services.scene import scene_of
from branch_console.views import FindView, JourneyLine, JourneyView, ReviewView
from data import queries


@dataclass(frozen=True, slots=True)
class OnboardingDesk:
    """One call for each thing that a guide does with a customer. Every call blocks: use a thread worker.

    `desk` gives the person at the desk and raises RuleError while the console is locked.
    """

    desk: Callable[[], Desk]

    def start(self, target: str) -> JourneyView:
        """Receive a customer."""
        desk = self.desk()
        return self.open(journeys.start(desk, target))

    def open(self, subject: str, step: str | None = None) -> JourneyView:
        """The journey, at a step (None: the current one), which begins when it is one's own and may begin."""
        desk = self.desk()
        view = self._view(desk, subject, step)
        if step is not None and view.mine and any(row.id == step and row.status == "not_started" for row in view.rows):
            with self._told(desk, subject):
                journeys.open_step(desk, subject, step)
            view = self._view(desk, subject, step)
        return view

    def answer(self, subject: str, step: str, values: dict[str, str]) -> JourneyView:
        """Save answers of a step, as typed or chosen. Raises FieldErrors."""
        desk = self.desk()
        with self._told(desk, subject):
            hints = answers.answer(desk, subject, step, values)
        return self._view(desk, subject, step, hints)

    def save_draft(self, subject: str, field: str, text: str) -> None:
        """Keep what has been typed in a field (`step.field`) and not yet confirmed."""
        desk = self.desk()
        with desk.act() as act:
            act.save_draft(subject, field, text)

    def spend(self, subject: str, step: str, active_ms: int, away_ms: int) -> None:
        """Keep time spent on a step that is not left yet, or left without an outcome."""
        spent.spend(self.desk(), subject, step, active_ms, away_ms)

    def done(self, subject: str, step: str, active_ms: int, away_ms: int) -> JourneyView:
        """A step is done; the next begins."""
        return self._do(subject, lambda desk: journeys.done(desk, subject, step, active_ms, away_ms))

    def skip(self, subject: str, step: str, reason: str, note: str, active_ms: int, away_ms: int) -> JourneyView:
        """Leave a step out."""
        return self._do(
            subject,
            lambda desk: journeys.leave(desk, subject, step, "skipped", reason, note, active_ms, away_ms),
        )

    def fail(self, subject: str, step: str, reason: str, note: str, active_ms: int, away_ms: int) -> JourneyView:
        """A step did not work."""
        return self._do(
            subject,
            lambda desk: journeys.leave(desk, subject, step, "failed", reason, note, active_ms, away_ms),
            step,
        )

    def reopen(self, subject: str, step: str, why: str) -> JourneyView:
        """Work on a step again."""
        return self._do(subject, lambda desk: journeys.reopen(desk, subject, step, why), step)

    def change_target(self, subject: str, target: str, reason: str) -> JourneyView:
        """The customer wants another class."""
        return self._do(subject, lambda desk: journeys.change_target(desk, subject, target, reason))

    def consent(self, subject: str, scope: str, given: bool, method: str, language: str, guardian: bool) -> JourneyView:
        """What the customer said to the notice."""
        return self._do(
            subject,
            lambda desk: consents.decide(
                desk, subject, scope, given=given, method=method, language=language, guardian=guardian
            ),
        )

    def withdraw_consent(self, subject: str, scope: str, reason: str) -> JourneyView:
        """The customer takes a consent back."""
        return self._do(subject, lambda desk: consents.withdraw(desk, subject, scope, reason))

    def resolve_interruption(
        self, subject: str, outcome: str, note: str, supervisor: str, password: str
    ) -> JourneyView:
        """Decide about an interrupted journey."""
        return self._do(
            subject,
            lambda desk: holding.resolve_interruption(desk, subject, outcome, note, supervisor, password),
        )

    def pause(self, subject: str, reason: str) -> JourneyView:
        """Stop for a while."""
        return self._do(subject, lambda desk: holding.pause(desk, subject, reason))

    def resume(self, subject: str) -> JourneyView:
        """Go on."""
        return self._do(subject, lambda desk: holding.resume(desk, subject))

    def offer(self, subject: str, to: str, staff: str | None, reason: str, note: str, queue_number: str) -> JourneyView:
        """Offer the journey to a colleague or the counter."""
        return self._do(subject, lambda desk: holding.offer(desk, subject, to, staff, reason, note, queue_number))

    def accept(self, subject: str) -> JourneyView:
        """Take an offered journey."""
        return self._do(subject, lambda desk: holding.accept(desk, subject))

    def decline(self, subject: str, reason: str) -> JourneyView:
        """Turn an offer down."""
        return self._do(subject, lambda desk: holding.decline(desk, subject, reason))

    def withdraw_offer(self, subject: str) -> JourneyView:
        """Take one's offer back."""
        return self._do(subject, lambda desk: holding.withdraw_offer(desk, subject))

    def accept_at_counter(self, subject: str, second_staff: str, password: str) -> JourneyView:
        """Take a journey at the counter, with a second person."""
        return self._do(subject, lambda desk: holding.accept_at_counter(desk, subject, second_staff, password))

    def take_over(self, subject: str, reason: str) -> JourneyView:
        """Take a colleague's journey."""
        return self._do(subject, lambda desk: holding.take_over(desk, subject, reason))

    def finish(self, subject: str) -> JourneyView:
        """The end, with a wallet."""
        return self._do(subject, lambda desk: journeys.finish(desk, subject))

    def abandon(self, subject: str, reason: str, note: str) -> JourneyView:
        """The end, without one."""
        return self._do(subject, lambda desk: journeys.abandon(desk, subject, reason, note))

    def review(self, subject: str) -> ReviewView:
        """Check answers: every answer, masked, and what is still missing."""
        return review(self.desk(), subject)

    def find(self, text: str) -> FindView:
        """Journeys by phone, document, name, initials or last digits."""
        desk = self.desk()
        kind, rows = look_up.find(desk, text)
        return FindView(kind, tuple(self._lines(desk, rows)))

    def lines(self, tab: str, offset: int, limit: int) -> list[JourneyLine]:
        """A page of journeys of a tab: open, mine, branch, finished."""
        desk = self.desk()
        return self._lines(desk, look_up.page(desk, tab, offset, limit))

    def count(self, tab: str) -> int:
        """How many journeys a tab has."""
        return look_up.count(self.desk(), tab)

    def limits(self, target: str) -> tuple[tuple[str, str], ...]:
        """The limits of a wallet class, today."""
        desk = self.desk()
        flow = desk.store.reference.newest_flow(FLOW, desk.today())
        found = next((each for each in flow.targets if each == target), None) if flow else None
        return () if found is None else limit_lines(desk.store.reference, found, desk.today())

    def _do(self, subject: str, act: Callable[[Desk], None], step: str | None = None) -> JourneyView:
        desk = self.desk()
        with self._told(desk, subject):
            act(desk)
        return self._view(desk, subject, step)

    def _view(self, desk: Desk, subject: str, step: str | None, hints: answers.Hints | None = None) -> JourneyView:
        state = look_up.journey(desk, subject)
        scene = scene_of(desk, subject, state, hints or {})
        return journey_view(subject, state, desk.flow_of(state), scene, step)

    def _lines(self, desk: Desk, rows: list[queries.JourneyRow]) -> list[JourneyLine]:
        return journey_lines(rows, desk.store, desk.staff, desk.now())

    @contextmanager
    def _told(self, desk: Desk, subject: str) -> Iterator[None]:
        """Refusals name steps by their titles, not by their ids."""
        try:
            yield
        except RuleError as error:
            raise refusal(error, self._flow(desk, subject)) from error

    def _flow(self, desk: Desk, subject: str) -> Flow:
        return desk.flow_of(look_up.journey(desk, subject))
