"""What each act of a journey asks for before it is done, and the call of the desk that does it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from branch_console.locale import t
from branch_console.views import Choice, JourneyView
from screens.onboarding.acts import menu, why_not
from screens.onboarding.counter_dialog import CounterAnswer, CounterDialog
from screens.onboarding.offer_dialog import OfferDialog, Offered
from screens.onboarding.others_dialog import OthersDialog
from screens.onboarding.pick_dialog import PickDialog, Picked
from screens.onboarding.port import Desk
from screens.onboarding.qr_dialog import QrDialog
from screens.onboarding.steps_dialog import StepsDialog
from screens.onboarding.stories_dialog import StoriesDialog
from screens.widgets.choices import Option
from screens.widgets.confirm import Confirm

if TYPE_CHECKING:
    from screens.onboarding.journey_screen import JourneyScreen


class Acting:
    """One journey screen's acts. Impossible ones say why instead of doing something."""

    def __init__(self, screen: "JourneyScreen") -> None:
        self._screen = screen
        self._acts: dict[str, Callable[[JourneyView], None]] = {
            "back": self._back,
            "skip": lambda journey: self._leave_step(journey, "skip"),
            "fail": lambda journey: self._leave_step(journey, "fail"),
            "pause": self._pause,
            "resume": lambda journey: self._call("resume", lambda: self._desk.resume(journey.subject)),
            "withdraw_consent": self._withdraw_consent,
            "stories": self._stories,
            "qr": self._qr,
            "steps": self._steps,
            "review": lambda _journey: self._screen.show_review(),
            "others": self._others,
            "change_target": self._change_target,
            "offer": self._offer,
            "accept": lambda journey: self._call("accept", lambda: self._desk.accept(journey.subject)),
            "decline": self._decline,
            "withdraw_offer": lambda journey: self._call(
                "withdraw", lambda: self._desk.withdraw_offer(journey.subject)
            ),
            "accept_at_counter": self._accept_at_counter,
            "take_over": self._take_over,
            "finish": lambda journey: self._call("finish", lambda: self._desk.finish(journey.subject)),
            "abandon": self._abandon,
            "leave": lambda _journey: self._screen.action_leave(),
            "new": lambda _journey: self._screen.start_another(),
        }

    @property
    def _desk(self) -> Desk:
        return self._screen.desk

    def act(self, name: str) -> None:
        """Do it, or say why not."""
        journey = self._screen.journey
        if journey is None:
            return
        why = why_not("accept" if name == "accept_at_counter" else name, journey)
        if why:
            self._screen.say(why)
        else:
            self._acts[name](journey)

    def menu(self) -> None:
        """All acts as a list."""
        journey = self._screen.journey
        if journey is not None:
            self._pick(t("onboarding.menu.title"), menu(journey), lambda picked: self.act(picked.value))

    def _call(self, name: str, call: Callable[[], JourneyView]) -> None:
        self._screen.errands.ask(name, call, self._screen.show)

    def _pick(
        self,
        title: str,
        options: Sequence[Option] | Sequence[Choice],
        then: Callable[[Picked], None],
        *,
        lead: str = "",
        tips: Sequence[str] = (),
        note: bool = False,
    ) -> None:
        offered = [each if isinstance(each, Option) else Option(each.value, each.label) for each in options]
        dialog = PickDialog(title, offered, lead=lead, tips=tips, note=note, clock=self._screen.clock)
        self._screen.app.push_screen(dialog, lambda picked: then(picked) if picked is not None else None)

    def _back(self, journey: JourneyView) -> None:
        now = journey.step.number if journey.step else len(journey.rows) + 1
        before = [row for row in journey.rows if row.number < now and row.status in ("done", "skipped", "problem")]
        if not before:
            self._screen.say(t("onboarding.no_step_before"))
            return
        step = before[-1].id
        self._call("reopen", lambda: self._desk.reopen(journey.subject, step, "back"))

    def _leave_step(self, journey: JourneyView, how: str) -> None:
        step = journey.step
        if step is None:
            return
        reasons = step.skip_reasons if how == "skip" else step.fail_reasons

        def leave(picked: Picked) -> None:
            what = (journey.subject, step.id, picked.value, picked.note, *self._screen.clock.reading())
            self._call(how, lambda: self._desk.skip(*what) if how == "skip" else self._desk.fail(*what))

        tips = step.troubleshooting if how == "fail" else ()
        self._pick(t(f"onboarding.{how}.title", step=step.title), reasons, leave, tips=tips, note=True)

    def _pause(self, journey: JourneyView) -> None:
        self._pick(
            t("onboarding.pause.title"),
            journey.pause_reasons,
            lambda picked: self._call("pause", lambda: self._desk.pause(journey.subject, picked.value)),
            lead=t("onboarding.pause.text"),
        )

    def _withdraw_consent(self, journey: JourneyView) -> None:
        reason = journey.withdraw_reasons[0].value if journey.withdraw_reasons else ""
        scopes = [Option(scope, t(f"onboarding.withdraw.{scope}")) for scope in ("sensitive", "general")]
        scopes.append(Option("", t("common.cancel")))

        def withdraw(picked: Picked) -> None:
            if picked.value:
                self._call("withdraw", lambda: self._desk.withdraw_consent(journey.subject, picked.value, reason))

        self._pick(t("onboarding.withdraw.title"), scopes, withdraw, lead=t("onboarding.withdraw.text"))

    def _stories(self, journey: JourneyView) -> None:
        if journey.step is not None:
            self._screen.app.push_screen(StoriesDialog(journey.step.stories, self._screen.clock))

    def _qr(self, journey: JourneyView) -> None:
        step = journey.step
        if step is not None:
            self._screen.app.push_screen(QrDialog(step.qr, step.qr_caption, step.checks, self._screen.clock))

    def _steps(self, journey: JourneyView) -> None:
        def go(picked: Picked | None) -> None:
            row = next((each for each in journey.rows if picked is not None and each.id == picked.value), None)
            if row is not None and row.status in ("done", "skipped", "problem"):
                self.change(row.id)
            elif row is not None:
                self._call("open", lambda: self._desk.open(journey.subject, row.id))

        self._screen.app.push_screen(StepsDialog(journey, self._screen.clock), go)

    def change(self, step: str) -> None:
        """Back to a step that was left; it returns to where one was when it is done again."""
        journey = self._screen.journey
        if journey is not None:
            self._call("reopen", lambda: self._desk.reopen(journey.subject, step, "change"))

    def _others(self, journey: JourneyView) -> None:
        def go(subject: str | None) -> None:
            if subject is not None:
                self._screen.turn_to(subject)

        self._screen.app.push_screen(OthersDialog(journey.others, self._screen.clock), go)

    def _change_target(self, journey: JourneyView) -> None:
        targets = [each for each in journey.targets if each.value != journey.target]

        def because(target: Picked) -> None:
            self._pick(
                t("onboarding.change_target.why", target=t(f"onboarding.class.{target.value}")),
                journey.target_reasons,
                lambda picked: self._call(
                    "target", lambda: self._desk.change_target(journey.subject, target.value, picked.value)
                ),
            )

        self._pick(t("onboarding.change_target.title"), targets, because, lead=t("onboarding.change_target.text"))

    def _offer(self, journey: JourneyView) -> None:
        def offer(offered: Offered | None) -> None:
            if offered is not None:
                self._call(
                    "offer",
                    lambda: self._desk.offer(
                        journey.subject, offered.to, offered.staff, offered.reason, offered.note, offered.queue_number
                    ),
                )

        self._screen.app.push_screen(OfferDialog(journey, self._screen.clock), offer)

    def _decline(self, journey: JourneyView) -> None:
        self._pick(
            t("onboarding.decline.title"),
            journey.hand_over_reasons,
            lambda picked: self._call("decline", lambda: self._desk.decline(journey.subject, picked.value)),
        )

    def _accept_at_counter(self, journey: JourneyView) -> None:
        def accept(answer: CounterAnswer | None) -> None:
            if answer is not None:
                self._call(
                    "accept",
                    lambda: self._desk.accept_at_counter(journey.subject, answer.second_staff, answer.password),
                )

        self._screen.app.push_screen(CounterDialog(self._screen.clock), accept)

    def _take_over(self, journey: JourneyView) -> None:
        self._pick(
            t("onboarding.take_over.title", name=journey.holder_name),
            journey.take_over_reasons,
            lambda picked: self._call("take_over", lambda: self._desk.take_over(journey.subject, picked.value)),
            lead=t("onboarding.take_over.text"),
        )

    def _abandon(self, journey: JourneyView) -> None:
        def sure(picked: Picked) -> None:
            confirm = Confirm(
                t("onboarding.abandon.sure"),
                t("onboarding.abandon.text"),
                yes=t("onboarding.abandon.yes"),
                danger=True,
            )

            def abandon(agreed: bool | None) -> None:
                if agreed:
                    self._call("abandon", lambda: self._desk.abandon(journey.subject, picked.value, picked.note))

            self._screen.app.push_screen(confirm, abandon)

        self._pick(t("onboarding.abandon.title"), journey.abandon_reasons, sure, note=True)
