"""Made-up cases of four weeks, suggestions and ratings; some fit no rule, as in life."""

from datetime import datetime, timedelta
from typing import Any

from tests.rules.cases.case_help import CODES, CUSTOMER, SAMPLES
from tests.rules.statistics.day_branch import STAFF, TERMINALS, Branch, some_moment


def cases(branch: Branch) -> list[str]:
    """Cases of the four weeks before, so that time limits of each kind have run out."""
    random = branch.random
    found: list[str] = []
    weeks = (24 + branch.days) / 28
    for _ in range(random.randint(int(6 * weeks), int(12 * weeks))):
        subject, when = branch.subject("case"), some_moment(branch, -24)
        _case(branch, subject, when, found)
        found.append(subject)
    return found


def _case(branch: Branch, subject: str, when: datetime, others: list[str]) -> None:
    random = branch.random
    terminal, staff = random.choice(TERMINALS[:2]), random.choice(STAFF[2:])
    kind = random.choice(["complaint", "complaint", "dispute", "inquiry", "praise"])
    clocks = {
        "complaint": ["normal", "contact", "common", "review"],
        "dispute": ["fast", "contact", "common", "review"],
        "inquiry": ["normal", "contact"],
        "praise": ["promises"],
    }[kind]
    customer = {**CUSTOMER, "keys": {"phone": f"k1:{random.randint(1, 2)}"}}
    received = when.isoformat(timespec="milliseconds")

    def act(name: str, minutes: float = 1, **changed: Any) -> None:
        nonlocal when
        when += timedelta(minutes=minutes)
        if when < branch.now:
            branch.add(name, subject, {**SAMPLES[name], **changed}, when, staff, terminal)

    reason = random.choice(["C09", "C09", "C10"])
    act(
        "case.registered", kind=kind, clock_sets=clocks, customer=customer, received_at=received,
        form_opened_at=received, saved_at=received, codes={**CODES, "reason": reason}, promise=None,
        regulator={**_REGULATOR, "transferred_at": received} if random.random() < 0.2 else None,
    )  # fmt: skip
    act("case.assigned", to=random.choice(STAFF))
    for _ in range(random.choice([0, 1, 1, 2])):
        act("case.contact_out", random.choice([20, 600, 3000]), promise=None, ends_with="decision")
    if random.random() < 0.2:
        act("case.escalated", level=random.randint(1, 3))
    course = random.choice(["open", "decided", "decided", "closed", "closed", "withdrawn", "merged", "untold", "again"])
    act("case.noted", random.choice([100, 5000, 15_000, 25_000]))
    if course in {"decided", "closed", "again"}:
        act("case.decided")
        act("case.notified", random.choice([3, 2000]))
    elif course == "untold":
        act("case.notified")  # nobody has decided anything: the customer cannot have been told
        act("case.closed")
    elif course == "withdrawn":
        act("case.withdrawn")
    elif course == "merged" and others:
        act("case.merged", into=others[0], same_customer=True)
    if course in {"closed", "again"}:
        act("case.closed")
    if course == "again":
        act("case.reopened", 2000, new_facts=False)


_REGULATOR = {"body": "nfra", "reference": "****0012"}


def idea(branch: Branch) -> None:
    random = branch.random
    subject, when = branch.subject("case"), some_moment(branch, -10)
    received = when.isoformat(timespec="milliseconds")
    said: dict[str, Any] = {
        "kind": "suggestion", "codes": None, "policy": None, "calendar": None, "clock_sets": [], "promise": None,
        "topic": random.choice(["premises", "service"]), "received_at": received, "form_opened_at": received,
        "saved_at": received,
    }  # fmt: skip
    course = random.choice([[], ["declined"], ["adopted"], ["adopted", "done"], ["adopted", "declined"], ["done"]])
    for name in ["case.registered", *(f"suggestion.{each}" for each in course)]:
        data = {**SAMPLES[name], **(said if name == "case.registered" else {})}
        branch.add(name, subject, data, when, random.choice(STAFF), random.choice(TERMINALS[:2]))
        when += timedelta(minutes=random.choice([5, 2000]))


def rating(branch: Branch, about: str) -> None:
    random = branch.random
    when, subject = some_moment(branch), branch.subject("rating")
    for revision in range(1, random.choice([2, 2, 3])):
        data = {"about": about, "score": random.randint(1, 5), "revision": revision, "by": "customer"}
        branch.add("rating.given", subject, data, when, random.choice(STAFF), random.choice(TERMINALS))
        when += timedelta(minutes=30)
