"""Acts by which a journey changes hands."""

from typing import TYPE_CHECKING

from branch_console.locale import t
from branch_console.views import JourneyView
from screens.onboarding.counter_dialog import CounterAnswer, CounterDialog
from screens.onboarding.offer_dialog import OfferDialog, Offered
from screens.onboarding.port import Desk

if TYPE_CHECKING:
    from screens.onboarding.acting import Acting


class Handing:
    """The part of a journey screen's acts that is about who holds it."""

    def __init__(self, acting: "Acting") -> None:
        self._acting = acting

    @property
    def _desk(self) -> Desk:
        return self._acting.screen.desk

    def offer(self, journey: JourneyView) -> None:
        """To a colleague or the counter."""

        def offer(offered: Offered | None) -> None:
            if offered is not None:
                self._acting.call(
                    "offer",
                    lambda: self._desk.offer(
                        journey.subject, offered.to, offered.staff, offered.reason, offered.note, offered.queue_number
                    ),
                )

        self._acting.screen.app.push_screen(OfferDialog(journey, self._acting.screen.clock), offer)

    def decline(self, journey: JourneyView) -> None:
        """Not mine, because."""
        self._acting.pick(
            t("onboarding.decline.title"),
            journey.decline_reasons,
            lambda picked: self._acting.call("decline", lambda: self._desk.decline(journey.subject, picked.value)),
        )

    def accept_at_counter(self, journey: JourneyView) -> None:
        """Two people take it at the counter."""

        def accept(answer: CounterAnswer | None) -> None:
            if answer is not None:
                self._acting.call(
                    "accept",
                    lambda: self._desk.accept_at_counter(journey.subject, answer.second_staff, answer.password),
                )

        self._acting.screen.app.push_screen(CounterDialog(self._acting.screen.clock), accept)

    def take_over(self, journey: JourneyView) -> None:
        """From who holds it, because."""
        self._acting.pick(
            t("onboarding.take_over.title", name=journey.holder_name),
            journey.take_over_reasons,
            lambda picked: self._acting.call("take_over", lambda: self._desk.take_over(journey.subject, picked.value)),
            lead=t("onboarding.take_over.text"),
        )
