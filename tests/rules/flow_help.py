"""What the tests of rules need: the real reference data, and a journey driven through the one evaluator."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from branch_console.rules.acts import check_act
from branch_console.rules.catalogue import FOLDS
from branch_console.rules.consent import text_hash
from branch_console.rules.entries import read_data
from branch_console.rules.flow import Flow
from branch_console.rules.journal import Entry, seal
from branch_console.rules.journey_state import JourneyState
from branch_console.rules.onboarding import Plan, plan
from branch_console.rules.reference import Reference

ON = date(2026, 11, 22)
ROOT = Path(__file__).parents[2] / "data" / "reference"
SUBJECT = "journey/0190c0de-0000-7000-8000-000000000009"
TERMINAL = "0190c0de-0000-7000-8000-000000000001"
BASE = 1_795_000_000_000
ROLES = {"g1": "guide", "g2": "guide", "s1": "supervisor", "s2": "supervisor"}

HASHED = {"masked": "138****8000", "key": "k1:phone"}
DOCUMENT = {"masked": "****002X", "key": "k1:document"}


def documents() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.rglob("*.toml")}


@cache
def reference() -> Reference:
    return Reference.parse(documents())


@cache
def flow() -> Flow:
    found = reference().newest_flow("ecny_personal", ON)
    assert found is not None
    return found


def entry(number: int, kind: str, data: Any, *, staff: str | None = "g1", subject: str = SUBJECT) -> Entry:
    """One entry, `number` milliseconds after the base; its chain is of no interest to folds."""
    return seal(
        terminal=TERMINAL,
        seq=number + 1,
        prev="0" * 64,
        id=f"0190c0de-0000-7000-8000-{number:012x}",
        type=kind,
        version=1,
        branch="SZ01",
        subject=subject,
        staff=staff,
        at="2026-11-22T10:00:00.000+08:00",
        clock=f"{BASE + number:013d}-0000",
        data=data,
    )


class Journey:
    """A journey whose every act passes check_act first, as the desk does it."""

    def __init__(self, target: str = "II", staff: str = "g1") -> None:
        self.state = JourneyState()
        self.entries: list[Entry] = []
        self.staff = staff
        self.act("journey.started", {"flow": {"id": flow().id, "version": flow().version}, "target": target})

    @property
    def plan(self) -> Plan:
        return plan(flow(), self.state, reference().policy(flow().consent.policy, ON))

    def act(self, kind: str, data: Mapping[str, Any], *, staff: str | None = None) -> Entry:
        who = staff or self.staff
        state = self.state if self.entries else None
        check_act(flow(), state, kind, data, staff=who, role=ROLES[who], reference=reference(), on=ON, roles=ROLES)
        made = entry(len(self.entries), kind, dict(data), staff=who)
        FOLDS["journey"].apply(self.state, made, read_data(made), reference())
        self.entries.append(made)
        return made

    def consent(self, scope: str, given: bool = True, *, guardian: bool = False, staff: str | None = None) -> None:
        policy = reference().policy("data_use", ON)
        assert policy is not None
        sha256 = text_hash(policy, "sensitive" if scope == "sensitive" else "general", "zh")
        self.act(
            "consent.given",
            {
                "policy": {"id": policy.id, "version": policy.version, "sha256": sha256},
                "scope": scope,
                "given": given,
                "method": "spoken",
                "language": "zh",
                "guardian": guardian,
            },
            staff=staff,
        )

    def step(self, name: str, **answers: Any) -> None:
        """Start, answer and finish a step with plausible answers; `answers` replace single ones."""
        self.act("journey.step_started", {"step": name})
        if name == "consent":
            for scope in ("general", "sensitive"):
                if self.state.consent(scope) is None:
                    self.consent(scope)
        values = {**usual(name), **answers}
        values = {key: value for key, value in values.items() if value is not None}
        if values:
            self.act("journey.answered", {"step": name, "answers": values})
        if name == "counter":
            self.counter()
        self.act("journey.step_done", {"step": name, "active_ms": 1000, "away_ms": 0})

    def counter(self) -> None:
        """Hand over to the counter, where g2 accepts with s1 beside, and goes on."""
        offer = self.act(
            "journey.hand_over_offered",
            {"to": "counter", "staff": None, "reason": "need_counter", "note": None, "queue_number": "A012"},
        )
        self.act("journey.hand_over_accepted", {"offer": offer.id, "second_staff": "s1"}, staff="g2")
        self.staff = "g2"

    def until(self, name: str) -> None:
        """Do every required step before `name`."""
        for planned in self.plan.steps:
            if planned.step.id == name:
                return
            if planned.requirement == "R" and not planned.satisfied:
                self.step(planned.step.id)

    def all(self) -> None:
        """Do every required step that is missing."""
        while missing := self.plan.missing:
            self.step(missing[0].step.id)


def usual(name: str) -> dict[str, Any]:
    """Answers of an everyday customer."""
    answers: dict[str, dict[str, Any]] = {
        "need": {"segment": "general", "age_band": "16_59", "scene": "groceries"},
        "fraud_gate": {"told_by_someone": False, "asked_for_secret": False},
        "device": {"smartphone": True, "os_family": "android", "phone_ok": True, "nfc": True},
        "lookup": {"name": "李小明", "phone": HASHED, "found": "nothing"},
        "official_app": {"app_ok": True},
        "register": {"registered": "new"},
        "open_wallet": {"operator": "icbc", "wallet_id": "002250******5081"},
        "pay_password": {"set": True, "differs": True},
        "identity": {"doc_type": "IT01", "document": DOCUMENT, "verified": True},
        "bind_card": {"own_card": True, "bank": "工商银行", "last4": "0005"},
        "security": {"payment_limit": "y500", "day_limit": "y2000", "password_free": False, "alerts": True},
        "first_use": {"done_how": "paid"},
        "education": {"official_channel": True, "code_to_nobody": True, "no_activation_fee": True},
        "review": {"confirmed": True},
    }
    return dict(answers.get(name, {}))
