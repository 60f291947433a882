"""What each act of a journey asks for before it is done, and the call of the desk that does it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from branch_console.locale import t
from branch_console.views import CaseStory, Choice, JourneyView
from screens.onboarding.acts import menu, why_not
from screens.onboarding.errands import OUTCOME
from screens.onboarding.handing import Handing
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
        self.screen = screen
        handing = Handing(self)
        self._acts: dict[str, Callable[[JourneyView], None]] = {
            "back": self._back,
            "skip": lambda journey: self._leave_step(journey, "skip"),
            "fail": lambda journey: self._leave_step(journey, "fail"),
            "pause": self._pause,
            "resume": lambda journey: self.call("resume", lambda: self._desk.resume(journey.subject)),
            "withdraw_consent": self._withdraw_consent,
            "stories": self._stories,
            "qr": self._qr,
            "steps": self._steps,
            "review": lambda _journey: self.screen.show_review(),
            "others": self._others,
            "conflicts": self._conflicts,
            "change_target": self._change_target,
            "offer": handing.offer,
            "accept": lambda journey: self.call("accept", lambda: self._desk.accept(journey.subject)),
            "decline": handing.decline,
            "withdraw_offer": lambda journey: self.call("withdraw", lambda: self._desk.withdraw_offer(journey.subject)),
            "accept_at_counter": handing.accept_at_counter,
            "take_over": handing.take_over,
            "finish": lambda journey: self.call("finish", lambda: self._desk.finish(journey.subject)),
            "abandon": self._abandon,
            "leave": lambda _journey: self.screen.action_leave(),
            "new": lambda _journey: self.screen.start_another(),
            "gifts": lambda _journey: self.screen.want_gifts(),
            "rate": lambda _journey: self.screen.ask_rating(),
        }

    @property
    def _desk(self) -> Desk:
        return self.screen.desk

    def act(self, name: str) -> None:
        """Do it, or say why not."""
        journey = self.screen.journey
        if journey is None:
            return
        why = why_not("accept" if name == "accept_at_counter" else name, journey)
        if why:
            self.screen.say(why)
        else:
            self._acts[name](journey)

    def menu(self) -> None:
        """All acts as a list."""
        journey = self.screen.journey
        if journey is not None:
            self.pick(t("onboarding.menu.title"), menu(journey), lambda picked: self.act(picked.value))

    def call(self, name: str, call: Callable[[], JourneyView]) -> None:
        """Ask the desk; the journey that it answers with is shown."""
        self.screen.errands.ask(name, call, self.screen.show)

    def pick(
        self,
        title: str,
        options: Sequence[Option] | Sequence[Choice],
        then: Callable[[Picked], None],
        *,
        lead: str = "",
        tips: Sequence[str] = (),
        note: bool = False,
        reasons: Sequence[Choice] = (),
    ) -> None:
        """Have one of a few things picked."""
        offered = [each if isinstance(each, Option) else Option(each.value, each.label) for each in options]
        clock = self.screen.clock
        dialog = PickDialog(title, offered, lead=lead, tips=tips, note=note, reasons=reasons, clock=clock)
        self.screen.app.push_screen(dialog, lambda picked: then(picked) if picked is not None else None)

    def _back(self, journey: JourneyView) -> None:
        now = journey.step.number if journey.step else len(journey.rows) + 1
        before = [row for row in journey.rows if row.number < now and row.status in ("done", "skipped", "problem")]
        if not before:
            self.screen.say(t("onboarding.no_step_before"))
            return
        step = before[-1].id
        self.call("reopen", lambda: self._desk.reopen(journey.subject, step, "back"))

    def _leave_step(self, journey: JourneyView, how: str) -> None:
        step = journey.step
        if step is None:
            return
        reasons = step.skip_reasons if how == "skip" else step.fail_reasons

        def leave(picked: Picked) -> None:
            what = (journey.subject, step.id, picked.value, picked.note, *self.screen.clock.reading())
            self.screen.errands.ask(
                f"{OUTCOME}{how}",
                lambda: self._desk.skip(*what) if how == "skip" else self._desk.fail(*what),
                self.screen.show_next,
            )

        tips = step.troubleshooting if how == "fail" else ()
        self.pick(t(f"onboarding.{how}.title", step=step.title), reasons, leave, tips=tips, note=True)

    def _pause(self, journey: JourneyView) -> None:
        self.pick(
            t("onboarding.pause.title"),
            journey.pause_reasons,
            lambda picked: self.call("pause", lambda: self._desk.pause(journey.subject, picked.value)),
            lead=t("onboarding.pause.text"),
        )

    def _withdraw_consent(self, journey: JourneyView) -> None:
        given = [scope for scope in ("sensitive", "general") if scope in journey.consents_given or scope == "general"]
        scopes = [Option(scope, t(f"onboarding.withdraw.{scope}")) for scope in given]
        scopes.append(Option("", t("common.cancel")))

        def withdraw(picked: Picked) -> None:
            if picked.value:
                self.call("withdraw", lambda: self._desk.withdraw_consent(journey.subject, picked.value, picked.reason))

        self.pick(
            t("onboarding.withdraw.title"),
            scopes,
            withdraw,
            lead=t("onboarding.withdraw.text"),
            reasons=journey.withdraw_reasons,
        )

    def _stories(self, journey: JourneyView) -> None:
        if journey.step is not None:
            self.screen.app.push_screen(StoriesDialog(journey.step.stories, self.screen.clock))

    def _conflicts(self, journey: JourneyView) -> None:
        told = CaseStory(t("onboarding.conflicts"), "\n".join(journey.conflict_notes))
        self.screen.app.push_screen(StoriesDialog((told,), self.screen.clock, t("onboarding.way.conflicts")))

    def _qr(self, journey: JourneyView) -> None:
        step = journey.step
        if step is not None:
            self.screen.app.push_screen(QrDialog(step.qr, step.qr_caption, step.checks, self.screen.clock))

    def _steps(self, journey: JourneyView) -> None:
        def go(picked: Picked | None) -> None:
            row = next((each for each in journey.rows if picked is not None and each.id == picked.value), None)
            if row is not None and row.status in ("done", "skipped", "problem"):
                self.change(row.id)
            elif row is not None:
                self.call("open", lambda: self._desk.open(journey.subject, row.id))

        self.screen.app.push_screen(StepsDialog(journey, self.screen.clock), go)

    def change(self, step: str) -> None:
        """Back to a step that was left; it returns to where one was when it is done again."""
        journey = self.screen.journey
        if journey is not None:
            self.call("reopen", lambda: self._desk.reopen(journey.subject, step, "change"))

    def _others(self, journey: JourneyView) -> None:
        def go(subject: str | None) -> None:
            if subject is not None:
                self.screen.turn_to(subject)

        self.screen.app.push_screen(OthersDialog(journey.others, self.screen.clock), go)

    def _change_target(self, journey: JourneyView) -> None:
        targets = [each for each in journey.targets if each.value != journey.target]

        def because(target: Picked) -> None:
            self.pick(
                t("onboarding.change_target.why", target=t(f"onboarding.class.{target.value}")),
                journey.target_reasons,
                lambda picked: self.call(
                    "target", lambda: self._desk.change_target(journey.subject, target.value, picked.value)
                ),
            )

        self.pick(t("onboarding.change_target.title"), targets, because, lead=t("onboarding.change_target.text"))

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
                    self.call("abandon", lambda: self._desk.abandon(journey.subject, picked.value, picked.note))

            self.screen.app.push_screen(confirm, abandon)

        self.pick(t("onboarding.abandon.title"), journey.abandon_reasons, sure, note=True)
