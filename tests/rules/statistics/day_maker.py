"""Days as a branch has them, made up from a seed: journeys and claims here, the rest in `day_cases.py`."""

from datetime import timedelta
from random import Random
from typing import Any

from branch_console.rules.journal import Entry
from tests.rules.gifts.gift_help import claim, move
from tests.rules.statistics.day_branch import CENTRAL, DAYS, STAFF, STEPS, TERMINALS, Branch, some_moment
from tests.rules.statistics.day_cases import cases, idea, rating


def make(seed: int, days: int = DAYS, quiet: int = 1) -> Branch:
    """The branch of that seed, with so many days, each with so many times less."""
    random = Random(seed)
    branch = Branch(random, days, quiet)
    branch.skewed = random.choice(["", TERMINALS[2]])
    branch.dark = random.choice(TERMINALS[:3])
    journeys = [_journey(branch) for _ in range(branch.several(6, 14))]
    for _ in range(branch.several(3, 9)):
        _claim(branch)
    found = cases(branch)
    for _ in range(branch.several(1, 5)):
        idea(branch)
    for about in random.sample([*journeys, *found], k=min(3 * days // quiet, len(journeys))):
        rating(branch, about)
    for _ in range(branch.several(2, 8)):
        _check(branch)
    return branch


def _journey(branch: Branch) -> str:
    random = branch.random
    subject, when = branch.subject("journey"), some_moment(branch)
    staff, terminal, holder = random.choice(STAFF[:3]), random.choice(TERMINALS), ""
    target = random.choice(["IV", "III", "II"])

    def act(kind: str, data: Any, *, by: str | None = None) -> Entry:
        nonlocal when
        when += timedelta(seconds=random.choice([5, 40, 200, 40_000 if random.random() < 0.03 else 60]))
        return branch.add(kind, subject, data, when, by or staff, terminal)

    act("journey.started", {"flow": {"id": "f", "version": 1}, "target": target})
    person = random.randint(1, 8)
    ends = random.choice(["finish", "finish", "finish", "leave", "stay"])
    for step in STEPS[: None if ends == "finish" else random.randint(1, 5)]:
        if step == "counter" and target != "II":
            continue
        act("journey.step_started", {"step": step})
        if step == "need":
            act("journey.answered", {"step": step, "answers": {"segment": random.choice(["general", "senior"])}})
        if step == "lookup" and random.random() < 0.9:
            answer = {"phone": {"masked": "138****8000", "key": f"k1:{person}"}}
            act("journey.answered", {"step": step, "answers": answer})
        if step == "open_wallet" and random.random() < 0.9:
            act("journey.answered", {"step": step, "answers": {"wallet_id": f"002250******500{person % 3}"}})
        if random.random() < 0.1 and not holder:
            holder = next(each for each in STAFF[:3] if each != staff)
            act("journey.taken_over", {"from_staff": staff, "reason": "shift_end"}, by=holder)
            staff = holder
        time = {"active_ms": random.randint(0, 300_000), "away_ms": random.randint(0, 50_000)}
        end = random.choice(["done", "done", "done", "done", "skipped", "failed"])
        reason = {} if end == "done" else {"reason": random.choice(["no_funds", "technical"]), "note": None}
        act(f"journey.step_{end}", {"step": step, **reason, **time})
        if random.random() < 0.08:
            act("journey.step_reopened", {"step": step, "why": "change"})
            if random.random() < 0.7:
                act("journey.step_done", {"step": step, **time})
    if ends == "finish":
        act("journey.finished", {"wallet_class": target})
        if random.random() < 0.7:
            branch.confirmed.add(subject)
    elif ends == "leave":
        act("journey.abandoned", {"step": None, "reason": random.choice(["no_time", "customer_left"]), "note": None})
    if random.random() < 0.1:
        act("journey.step_done", {"step": "need", "active_ms": 99_000, "away_ms": 0}, by=random.choice(STAFF))
    return subject


def _claim(branch: Branch) -> None:
    random = branch.random
    subject, when = branch.subject("claim"), some_moment(branch)
    staff, terminal = random.choice(STAFF[:3]), random.choice(TERMINALS)
    sku = random.choice(["RICE-5KG", "OIL-5L", ""])
    cost = random.randint(0, 6000)
    reward = {"kind": "gift" if sku else "points", "sku": sku or None, "quantity": 1, "cost_fen": cost}
    said = claim(
        campaign={"id": random.choice(["d11", "d12"]), "version": 1, "rule_hash": "a" * 64},
        recipient={"keys": {"person": f"k1:{random.randint(1, 6)}", "phone": f"k1:{random.randint(1, 4)}"}},
        reward=reward,
        right={"kind": random.choice(["hold", "provisional"]), "id": None, "epoch": None},
    )
    moves = [move(sku=sku)] if sku else []

    def act(kind: str, data: Any, *, by: str | None = staff, at: str = terminal) -> None:
        nonlocal when
        when += timedelta(minutes=random.choice([1, 7, 700 if random.random() < 0.2 else 9]))
        branch.add(kind, subject, data, when, by, at)

    def hand_over() -> None:
        receipt = {"number": "LP-A001-261212-0001-X", "confirmed_by": "customer_code"}
        second = random.choice([None, None, "s1"])
        act("claim.handed_over", {**said, "moves": moves, "receipt": receipt, "second_staff": second})

    course = random.choice(["kept", "given", "given", "given twice", "released", "voucher", "late"])
    if course == "voucher":
        act("claim.vouchered", {**said, "code": "VC-ABCD-EFGH", "expires_on": "2026-12-01"})
    else:
        act("claim.reserved", {**said, "stock": moves, "expires_at": "2026-12-01T00:00:00.000Z"})
    if course in {"released", "late"}:
        act("claim.released", {"why": random.choice(["customer_left", "refused"])})
    for _ in range({"given": 1, "given twice": 2, "late": 1}.get(course, 0)):
        hand_over()
    if course == "given" and random.random() < 0.2:
        back = [move("customer", "quarantine", "return", sku=sku)] if sku else []
        act("claim.returned", {"moves": back, "reason": "defective", "reopens": False, "second_staff": None})
    for _ in range(random.choice([0, 1, 1, 2]) if course.startswith("given") else 0):
        outcome = random.choice(["confirmed", "duplicate_accepted", "reversed"])
        act("claim.adjudicated", {"outcome": outcome, "why": "first_claim"}, by=None, at=CENTRAL)


def _check(branch: Branch) -> None:
    """A customer is checked against some campaigns; now and then one campaign, or the whole check, is written twice."""
    random = branch.random
    subject, when, staff = branch.subject("check"), some_moment(branch), random.choice(STAFF[:3])
    for _ in range(random.choice([1, 1, 1, 1, 2])):
        verdicts = [
            {
                "campaign": random.choice(["d11", "d12", "new"]),
                "verdict": random.choice(["ELIGIBLE", "ELIGIBLE_OFFLINE", "NO", "NOT_YET", "OUT_OF_STOCK"]),
                "reasons": random.choice([[], ["stock"], ["spent_at_least", "first_payment"]]),
            }
            for _ in range(random.randint(1, 3))
        ]
        branch.add("gift.checked", subject, {"verdicts": verdicts}, when, staff, random.choice(TERMINALS))
        when += timedelta(minutes=1)
