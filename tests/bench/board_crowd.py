"""A big branch's 28 working days as rows of what happened: 3,600 customers a day with steps, gifts, cases, ratings.

The rows are put into a store by the store's own functions, as `catch_up` puts them, but they are not derived from
journals: 100,000 customers with their steps are two million entries.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from branch_console.rules.statistics.changing import Changes, days_touched, tallies_moved
from branch_console.rules.statistics.facts import (
    CaseFact,
    CheckFact,
    ClaimFact,
    ClockFact,
    Facts,
    JourneyFact,
    RatingFact,
    StepFact,
)
from branch_console.rules.statistics.instants import Days, Instant
from data.statistics import chunk, marks
from data.statistics.catching_up import catch_up_all, days_of
from data.statistics.making import Made
from data.statistics.moving import move_tallies
from data.store import Store

TODAY = date(2026, 11, 20)
WORKING_DAYS = 28
A_DAY, CLAIMS, CHECKS, CASES, RATINGS = 3600, 400, 700, 40, 200
OPEN = 200
STEPS = ("need", "consent", "lookup", "open_wallet", "counter", "security", "first_use", "materials")
STAFF = [f"g{number:02d}" for number in range(30)]
TERMINALS = [f"0190c0de-0000-7000-8000-00000000a{number:03x}" for number in range(20)]
CLASSES, SEGMENTS = ("II", "III", "IV"), ("general", "senior", "student", "merchant")
REASONS = ("no_time", "no_phone", "no_funds", "technical", "id_missing")
CAMPAIGNS, ITEMS = tuple(f"d{number:02d}" for number in range(8)), ("RICE-5KG", "OIL-5L", "MUG", "UMBRELLA", "TOWEL")
MATTERS = tuple((f"cat{number % 6}", f"B{number % 5:02d}", f"C{number:02d}") for number in range(12))


def working_days() -> list[date]:
    """The last 28 days from Monday to Friday, the oldest first. There is no holiday among them."""
    found, day = [TODAY], TODAY
    while len(found) < WORKING_DAYS:
        day -= timedelta(days=1)
        found += [day] if day.weekday() < 5 else []
    return sorted(found)


def wallet(customer: int) -> str:
    """How a customer's wallet is recognised: its masked number and a keyed hash."""
    return f"002250******{customer % 10_000:04d} k1:{customer:043}"


def fill(store: Store) -> int:
    """Put everything into the store; how many customers."""
    catch_up_all(store)
    crowd = Crowd(days_of(store))
    for day in working_days():
        _put(store, dict(crowd.day(day)))
    return crowd.customers


def _put(store: Store, new: dict[str, Facts]) -> None:
    """The rows of new subjects, linked already, as a step of `catch_up` keeps what it has made."""
    found = Changes(new, dict.fromkeys(new, Facts()), frozenset(), {})
    with store.database.write() as connection:
        chunk._write_facts(connection, found, {subject: Made(facts) for subject, facts in new.items()}, {})
        chunk._write_index(connection, found)
        move_tallies(connection, *tallies_moved(found))
        touched = days_touched(found)
        marks.move(connection, {day.isoformat() for day, _ in touched}, {kind for _, kind in touched})


@dataclass
class Crowd:
    """Makes the days one after the other."""

    days: Days
    customers: int = 0
    made: int = 0
    cases: int = 0

    def day(self, day: date) -> Iterator[tuple[str, Facts]]:
        """What began on a day; of today until half past two in the afternoon."""
        chance = random.Random(day.toordinal())
        hours = 6.0 if day == TODAY else 9.0
        share = hours / 9
        for _ in range(int(A_DAY * share) if day == TODAY else A_DAY):
            yield from self._journey(chance, self._moment(chance, day, hours))
        for _ in range(int(CLAIMS * share)):
            yield self._claim(chance, self._moment(chance, day, hours))
        for _ in range(int(CHECKS * share)):
            yield self._check(chance, self._moment(chance, day, hours))
        for _ in range(CASES):
            yield self._case(chance, self._moment(chance, day, hours))

    def _moment(self, chance: random.Random, day: date, hours: float) -> datetime:
        begins = datetime.combine(day, time(8, 30), self.days.zone)
        return begins + timedelta(seconds=int(chance.random() * hours * 3600))

    def _instant(self, at: datetime) -> Instant:
        found = self.days.instant(at)
        assert found is not None
        return found

    def _subject(self, kind: str) -> str:
        self.made += 1
        return f"{kind}/0190c0de-0000-7000-8000-{self.made:012x}"

    def _journey(self, chance: random.Random, at: datetime) -> Iterator[tuple[str, Facts]]:
        """With all its steps; some customers say how it was."""
        self.customers += 1
        subject, staff, target = self._subject("journey"), chance.choice(STAFF), chance.choice(CLASSES)
        segment, leaves = chance.choice(SEGMENTS), chance.random() < 0.15
        began, steps = self._instant(at), []
        for name in STEPS[: chance.randint(1, 5) if leaves else None]:
            status = chance.choice(("done",) * 12 + ("skipped", "failed"))
            active = chance.randint(5_000, 120_000)
            start, at = self._instant(at), at + timedelta(milliseconds=active)
            reason = "" if status == "done" else chance.choice(REASONS)
            steps.append(
                StepFact(subject, name, began, start, self._instant(at), status, reason, staff, target, segment, active)
            )
        end, done = self._instant(at), not leaves
        rated = done and chance.random() < RATINGS / A_DAY
        journey = JourneyFact(
            subject, "SZ01", chance.choice(TERMINALS), began, staff, target, segment, target if done else "",
            wallet(self.customers), staff,
            "finished" if done else "abandoned", end if done else None, end if done else None,
            first_use=end if done and chance.random() < 0.7 else None, first_use_by=staff,
            abandoned=None if done else end, abandoned_reason="" if done else chance.choice(REASONS),
            last_step="" if done else steps[-1].step, rated=end if rated else None,
        )  # fmt: skip
        yield subject, Facts(journeys=(journey,), steps=tuple(steps))
        if rated:
            rating = RatingFact(self._subject("rating"), subject, chance.randint(1, 5), end, staff=staff)
            yield rating.subject, Facts(ratings=(rating,))

    def _claim(self, chance: random.Random, at: datetime) -> tuple[str, Facts]:
        subject, person = self._subject("claim"), chance.randrange(100_000)
        return subject, Facts(
            claims=(
                ClaimFact(
                    subject, "SZ01", chance.choice(TERMINALS), chance.choice(STAFF), chance.choice(CAMPAIGNS),
                    self._instant(at), "handed_over", keys=(("person", f"k1:{person:043}"), ("phone", f"k1:{person}")),
                    sku=chance.choice(ITEMS), reward_kind="gift", cost_fen=chance.randint(500, 6000), right_kind="hold",
                    handed=self._instant(at + timedelta(minutes=2)), confirmed_by="customer_code",
                ),
            )
        )  # fmt: skip

    def _check(self, chance: random.Random, at: datetime) -> tuple[str, Facts]:
        subject, staff = self._subject("check"), chance.choice(STAFF)
        verdicts = ("ELIGIBLE", "ELIGIBLE", "NO", "NOT_YET", "OUT_OF_STOCK")
        rows = [
            CheckFact(subject, name, self._instant(at), staff, chance.choice(verdicts), (chance.choice(REASONS),))
            for name in chance.sample(CAMPAIGNS, 3)
        ]
        return subject, Facts(checks=tuple(rows))

    def _case(self, chance: random.Random, at: datetime) -> tuple[str, Facts]:
        """The newest are open; each has two time limits for the decision and one for the first contact."""
        self.cases += 1
        subject, staff = self._subject("case"), chance.choice(STAFF)
        category, business, reason = chance.choice(MATTERS)
        is_open = self.cases > WORKING_DAYS * CASES - OPEN
        told = None if is_open else self._instant(at + timedelta(days=chance.randint(1, 6)))
        case = CaseFact(
            subject, "SZ01", "complaint", "in_progress" if is_open else "closed", self._instant(at), staff, staff,
            f"TS-{self.cases}", category, business, reason, (f"k1:{chance.randrange(100_000):043}",), notified=told,
            closed=told, ended=told, working_days=None if is_open else 3,
        )  # fmt: skip
        limits = (("statutory", "decision", 15), ("internal", "decision", 10), ("first", "first_contact", 1))
        clocks = [
            ClockFact(
                subject, name, purpose, name == "statutory", self._instant(at + timedelta(days=days)), stopped=told,
                owner=staff,
            )
            for name, purpose, days in limits
        ]  # fmt: skip
        return subject, Facts(cases=(case,), clocks=tuple(clocks))
