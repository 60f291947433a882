"""A desk in memory for screen tests: one journey, every call noted, refusals and delays on demand."""

# ruff: noqa: ARG002, E501  the calls have the desk's parameters, whether they matter here or not

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from branch_console.rules.errors import FieldError, FieldErrors
from branch_console.views import (
    Choice,
    FindView,
    InterruptionView,
    JourneyLine,
    JourneyView,
    OfferView,
    ReviewLine,
    ReviewView,
    StepRow,
    StepView,
)
from tests.screens.onboarding.flow import LINE, REASONS, steps, words


@dataclass
class FakeDesk:
    """Answers and outcomes in dictionaries; `calls` lists what was asked for, `gate` holds every call up while cleared."""

    calls: list[tuple[object, ...]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    consents: dict[str, bool] = field(default_factory=dict)
    current: str = "need"
    change: Callable[[JourneyView], JourneyView] = lambda view: view
    error: Exception | None = None
    people: tuple[JourneyLine, ...] = (LINE,)
    state: str = "running"
    back_to: str = ""
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def view(self) -> JourneyView:
        """The journey as it is."""
        known = steps()
        step = self._filled(known[self.current]) if self.current else None
        rows = tuple(
            StepRow(each.id, each.number, each.title, "in_progress" if each.id == self.current else self.status.get(each.id, "not_started"), each.required)
            for each in known.values()
        )  # fmt: skip
        can = {"resume": "" if self.state == "paused" else "没有暂停"}
        return self.change(
            JourneyView(
                subject="j1", name="张*丰" if "name" in self.answers else "", phone="138****8000" if "phone" in self.answers else "",
                target="II", segment="default", age_band="", status=self.state, flow="ecny_personal v1", holder="g1", holder_name="王芳",
                mine=True, elsewhere="", rows=rows, step=step, interruption=self._interruption(), offer=self._offer(), can=can,
                targets=tuple(Choice(each, each) for each in ("IV", "III", "II", "I")), pause_reasons=REASONS, hand_over_reasons=REASONS,
                abandon_reasons=REASONS, target_reasons=REASONS, take_over_reasons=REASONS, withdraw_reasons=REASONS,
                colleagues=(Choice("g2", "李强"),), others=(), conflicts=0, consents_given=("general", "sensitive"), total_active_ms=412_000,
            )
        )  # fmt: skip

    def _filled(self, step: StepView) -> StepView:
        fields = tuple(
            replace(each, value=self.answers.get(each.id, ""), draft=self.drafts.get(f"{step.id}.{each.id}", ""))
            for each in step.fields
        )
        consents = tuple(replace(each, given=self.consents.get(each.scope)) for each in step.consents)
        return replace(step, fields=fields, consents=consents)

    def _interruption(self) -> InterruptionView | None:
        if self.state != "interrupted":
            return None
        return InterruptionView(
            words("可能有人在骗这位客户", "Somebody may be cheating this customer"),
            words("先不要继续。请客户不要转账，不要透露验证码。", "Do not go on. No transfers, no codes."),
            True,
            "96110 反诈专线",
        )

    def _offer(self) -> OfferView | None:
        return (
            OfferView("o1", "staff", "李强", "王芳", "换班", "", "", for_me=False, mine=True)
            if self.state == "offered"
            else None
        )

    def _note(self, *call: object) -> None:
        self.gate.wait(5)
        self.calls.append(call)
        if self.error is not None:
            error, self.error = self.error, None
            raise error

    def named(self, name: str) -> list[tuple[object, ...]]:
        """The calls of one name."""
        return [each for each in self.calls if each[0] == name]

    def _leave(self, step: str, status: str) -> JourneyView:
        self.status[step] = status
        order = list(steps())
        following = [*order[order.index(step) + 1 :], ""]
        self.current, self.back_to = self.back_to or following[0], ""
        return self.view()

    # --- the calls of the desk ---

    def start(self, target: str) -> JourneyView:
        self._note("start", target)
        return self.view()

    def open(self, subject: str, step: str | None = None) -> JourneyView:
        self._note("open", subject, step)
        self.current = step or self.current
        return self.view()

    def answer(self, subject: str, step: str, values: dict[str, str]) -> JourneyView:
        self._note("answer", step, dict(values))
        wrong = [FieldError(name, "field_required") for name, value in values.items() if not value]
        wrong += [
            FieldError("phone", "phone_format")
            for name, value in values.items()
            if name == "phone" and len(value) != 11
        ]
        if wrong:
            raise FieldErrors(wrong)
        self.answers.update({name: "138****8000" if name == "phone" else value for name, value in values.items()})
        if values.get("told") == "yes":
            self.state = "interrupted"
        return self.view()

    def save_draft(self, subject: str, name: str, text: str) -> None:
        self._note("draft", name, text)
        self.drafts[name] = text

    def spend(self, subject: str, step: str, active_ms: int, away_ms: int) -> None:
        self._note("spend", step, active_ms, away_ms)

    def done(self, subject: str, step: str, active_ms: int, away_ms: int) -> JourneyView:
        self._note("done", step, active_ms, away_ms)
        missing = [
            FieldError(each.id, "field_required")
            for each in steps()[step].fields
            if each.required and not self.answers.get(each.id)
        ]
        if missing:
            raise FieldErrors(missing)
        return self._leave(step, "done")

    def skip(self, subject: str, step: str, reason: str, note: str, active_ms: int, away_ms: int) -> JourneyView:
        self._note("skip", step, reason, note)
        return self._leave(step, "skipped")

    def fail(self, subject: str, step: str, reason: str, note: str, active_ms: int, away_ms: int) -> JourneyView:
        self._note("fail", step, reason, note)
        return self._leave(step, "problem")

    def reopen(self, subject: str, step: str, why: str) -> JourneyView:
        self._note("reopen", step, why)
        self.back_to = self.current if why == "change" else ""
        self.current = step
        return self.view()

    def change_target(self, subject: str, target: str, reason: str) -> JourneyView:
        self._note("change_target", target, reason)
        return self.view()

    def consent(self, subject: str, scope: str, given: bool, method: str, language: str, guardian: bool) -> JourneyView:
        self._note("consent", scope, given, method, language, guardian)
        self.consents[scope] = given
        return self.view()

    def withdraw_consent(self, subject: str, scope: str, reason: str) -> JourneyView:
        self._note("withdraw_consent", scope, reason)
        return self.view()

    def resolve_interruption(
        self, subject: str, outcome: str, note: str, supervisor: str, password: str
    ) -> JourneyView:
        self._note("resolve", outcome, note, supervisor, password)
        self.state = "running" if outcome == "continue" else "abandoned"
        return self.view()

    def _turn(self, name: str, state: str, *more: object) -> JourneyView:
        self._note(name, *more)
        self.state = state
        return self.view()

    def pause(self, subject: str, reason: str) -> JourneyView:
        return self._turn("pause", "paused", reason)

    def resume(self, subject: str) -> JourneyView:
        return self._turn("resume", "running")

    def offer(self, subject: str, to: str, staff: str | None, reason: str, note: str, queue_number: str) -> JourneyView:
        return self._turn("offer", "offered", to, staff, reason, note, queue_number)

    def accept(self, subject: str) -> JourneyView:
        return self._turn("accept", "running")

    def decline(self, subject: str, reason: str) -> JourneyView:
        return self._turn("decline", "running", reason)

    def withdraw_offer(self, subject: str) -> JourneyView:
        return self._turn("withdraw_offer", "running")

    def accept_at_counter(self, subject: str, second_staff: str, password: str) -> JourneyView:
        return self._turn("accept_at_counter", "running", second_staff, password)

    def take_over(self, subject: str, reason: str) -> JourneyView:
        self.change = lambda view: view
        return self._turn("take_over", "running", reason)

    def finish(self, subject: str) -> JourneyView:
        return self._turn("finish", "finished")

    def abandon(self, subject: str, reason: str, note: str) -> JourneyView:
        return self._turn("abandon", "abandoned", reason, note)

    def review(self, subject: str) -> ReviewView:
        self._note("review")
        lines = [
            ReviewLine(step.id, step.title, each.label, self.answers[each.id], True)
            for step in steps().values()
            for each in step.fields
            if each.id in self.answers
        ]
        return ReviewView(subject, tuple(lines), ())

    def find(self, text: str) -> FindView:
        self._note("find", text)
        return FindView("name", tuple(line for line in self.people if text in (line.name, line.phone, "zsf")))

    def lines(self, tab: str, offset: int, limit: int) -> list[JourneyLine]:
        self._note("lines", tab, offset, limit)
        return list(self.people[offset : offset + limit])

    def count(self, tab: str) -> int:
        return len(self.people)

    def limits(self, target: str) -> tuple[tuple[str, str], ...]:
        return (
            (words("余额上限", "Balance"), f"¥{len(target) * 10_000}"),
            (words("单笔", "Per payment"), "¥5,000"),
            (words("每日", "Per day"), "¥10,000"),
        )
