"""A gift desk in memory for the guide's screens: every call noted, refusals, delays and hostile views on demand."""

# ruff: noqa: ARG002  the calls have the desk's parameters, whether they matter here or not

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from branch_console.gift_views import (
    AttestField,
    CheckView,
    ClaimLine,
    ExplainView,
    HandOverView,
    PersonView,
    SlipView,
)
from branch_console.locale import language
from branch_console.rules.errors import FieldError, FieldErrors, RuleError
from branch_console.views import StaffChoice
from tests.screens.gifts import sample

PASSWORD = "second person's"


def unchanged(view: Any) -> Any:
    """As it is."""
    return view


@dataclass
class FakeGiftDesk:
    """Satisfies screens.gifts.port.Checking; `gate` holds every call up while cleared, `error` is raised once."""

    calls: list[tuple[object, ...]] = field(default_factory=list)
    verdict: str = "NOT_YET"
    online: bool = True
    notice: str = ""
    found: tuple[PersonView, ...] = field(default_factory=lambda: (sample.person(1), sample.person(2, "L* Wei")))
    known: tuple[tuple[int, str], ...] = ((1, "reserved"), (2, "handed_over"), (3, "released"))
    """Number and status of the claims in every list."""
    reservation: dict[str, object] = field(default_factory=dict)
    change: Callable[[Any], Any] = unchanged
    error: Exception | None = None
    helpful: bool = True
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def _note(self, *call: object) -> None:
        self.gate.wait(5)
        self.calls.append(call)
        if self.error is not None:
            error, self.error = self.error, None
            raise error

    def named(self, name: str) -> list[tuple[object, ...]]:
        """The calls of one name."""
        return [each for each in self.calls if each[0] == name]

    # --- finding and checking ---

    def people(self, text: str) -> tuple[PersonView, ...]:
        self._note("people", text)
        fitting = tuple(each for each in self.found if text in (each.name, each.phone[-4:], each.id))
        return tuple(self.change(each) for each in fitting)

    def recent(self) -> tuple[PersonView, ...]:
        self._note("recent")
        return tuple(self.change(each) for each in self.found)

    def person_of(self, journey: str) -> PersonView:
        self._note("person_of", journey)
        return self.found[0]

    def check(self, person: str, refresh: bool = False, opened: bool = False) -> CheckView:
        self._note("check", person, refresh)
        if opened:
            self._note("opened", person)
        lines = sample.offers(self.verdict)
        view: CheckView = self.change(
            CheckView(sample.person(), lines, self.online, sample.facts(), "14:22", self.notice)
        )
        return view

    def explain(self, person: str, campaign: str) -> ExplainView:
        self._note("explain", person, campaign)
        view: ExplainView = self.change(sample.explained(self.verdict))
        return view

    def attestable(self, person: str, campaign: str) -> tuple[AttestField, ...]:
        self._note("attestable", person, campaign)
        return tuple(self.change(each) for each in sample.attestable()) if self.helpful else ()

    def attest(self, person: str, fact: str, value: str, reference: str) -> CheckView:
        self._note("attest", fact, value, reference)
        named = (("value", value), ("reference", reference))
        wrong = [FieldError(name, "answer_missing") for name, text in named if not text]
        if wrong:
            raise FieldErrors(wrong)
        self.verdict = "ELIGIBLE"
        return self.check(person)

    # --- handing over ---

    def begin(self, person: str, campaign: str) -> HandOverView:
        self._note("begin", person, campaign)
        return self._reservation()

    def resume(self, claim: str) -> HandOverView:
        self._note("resume", claim)
        return self._reservation()

    def _reservation(self) -> HandOverView:
        view: HandOverView = self.change(sample.reservation(**self.reservation))
        return view

    def hand_over(
        self,
        claim: str,
        choice: str,
        confirmed_by: str,
        confirmation: str,
        terms_accepted: bool,
        second_staff: str,
        password: str,
    ) -> SlipView:
        self._note("hand_over", claim, choice, confirmed_by, confirmation, terms_accepted, second_staff)
        view = self._reservation()
        if second_staff and password != PASSWORD:
            raise RuleError("unlock_wrong")
        wrong = []
        if not confirmation:
            wrong.append(FieldError("confirmation", "confirmation_missing"))
        if view.terms and not terms_accepted:
            wrong.append(FieldError("terms", "terms_not_accepted"))
        if wrong:
            raise FieldErrors(wrong)
        if view.second_needed and not second_staff:
            raise RuleError("second_staff_needed")
        return self.slip(claim)

    def voucher(self, person: str, campaign: str) -> SlipView:
        self._note("voucher", person, campaign)
        return self.slip("claim/9")

    def release(self, claim: str, why: str, note: str) -> None:
        self._note("release", claim, why, note)

    # --- claims ---

    def claims(self, tab: str, offset: int, limit: int) -> list[ClaimLine]:
        self._note("claims", tab)
        return [self.change(sample.claim(*each)) for each in self.known[offset : offset + limit]]

    def count_claims(self, tab: str) -> int:
        return len(self.known)

    def slip(self, claim: str) -> SlipView:
        self._note("slip", claim)
        view: SlipView = self.change(sample.slip(claim))
        return view

    def save_slip(self, claim: str) -> Path:
        self._note("save_slip", claim)
        return Path("/invented/slips/755001-K02-0007.pdf")

    def give_back(
        self, claim: str, reason: str, note: str, reopens: bool, second_staff: str, password: str
    ) -> ClaimLine:
        self._note("give_back", claim, reason, note, reopens, second_staff)
        if not reason:
            raise FieldErrors([FieldError("reason", "reason_missing")])
        if password != PASSWORD:
            raise RuleError("unlock_wrong")
        self.known = ((2, "returned"),)
        return sample.claim(*self.known[0])

    def reasons(self, use: str) -> tuple[tuple[str, str], ...]:
        self._note("reasons", use)
        at = 0 if language() == "zh" else 1
        listed = tuple((code, said[at]) for code, said in (sample.RELEASE if use == "release" else sample.RETURN))
        return tuple((code, str(self.change(said))) for code, said in listed)

    def colleagues(self) -> tuple[StaffChoice, ...]:
        return (StaffChoice("S2001", "李建国", "supervisor"), StaffChoice("G1002", "陈静", "guide"))
