"""Signs of fraud that our entries can show, by member of staff, terminal or customer (domain page on gifts, 5.4).

A sign is a reason to look, never a finding: every one has its rows, and nothing here blocks anybody. What our
entries cannot show (staff as recipients, spending at one's own shop, refunds after a claim) is not guessed at.
Names: `Anomaly`, `anomalies(facts, scope, limits)`, `SIGNS`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, TypeVar

from branch_console.rules.statistics.board_rules import Limits
from branch_console.rules.statistics.definition import selected
from branch_console.rules.statistics.facts import ClaimFact, Facts, TerminalFact
from branch_console.rules.statistics.figures_gifts import DUPLICATE, HANDED_OVER
from branch_console.rules.statistics.instants import Scope


class Anomaly(NamedTuple):
    """One sign. `by` is what `who` names: staff, terminal, pair, person (in a campaign), phone, device or referrer.

    `value` is what was found, `limit` what it reached.
    """

    sign: str
    by: str
    who: str
    value: int
    limit: int
    rows: tuple[ClaimFact | TerminalFact, ...]


K = TypeVar("K")
_NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
Rows = Sequence[ClaimFact]
Key = Callable[[ClaimFact], str | None]


def anomalies(facts: Facts, scope: Scope, limits: Limits) -> tuple[Anomaly, ...]:
    """What stands out among the hand-overs of a span and the terminals, in the order of `SIGNS`, the most first."""
    handed = sorted(selected(HANDED_OVER, facts, scope), key=_moment)
    found = [*_people(handed, limits), *_staff(handed, limits), *_terminals(facts, handed, scope, limits)]
    return tuple(sorted(found, key=lambda each: (SIGNS.index(each.sign), -each.value, each.who)))


def _people(rows: Rows, limits: Limits) -> Iterator[Anomaly]:
    """The same person twice in a campaign; one phone or device of several people; one who referred many."""
    least = {"person": limits.same_person, "phone": limits.same_phone, "device": limits.same_device}
    least["referrer"] = limits.referrals
    for (scope, key), found in _with_one_key(rows, least).items():
        most = least[scope]
        if scope == "person":
            for campaign, same in _by(found, lambda row: row.campaign).items():
                if len(same) >= most:
                    yield Anomaly("same_person", "person", f"{key} {campaign}", len(same), most, tuple(same))
        elif scope == "referrer":
            yield Anomaly("referrals", "referrer", key, len(found), most, tuple(found))
        else:
            people = {row.key("person") for row in found} - {None}
            if len(people) >= most:
                yield Anomaly(f"same_{scope}", scope, key, len(people), most, tuple(found))


def _with_one_key(rows: Rows, least: Mapping[str, int]) -> dict[tuple[str, str], list[ClaimFact]]:
    """The hand-overs with the same key of a scope where there are as many as that; of most keys there is one."""
    first: dict[tuple[str, str], ClaimFact] = {}
    found: dict[tuple[str, str], list[ClaimFact]] = {}
    one = {scope for scope, count in least.items() if count == 1}
    for row in rows:
        for name in row.keys:
            before = first.setdefault(name, row)
            if before is not row:
                found.setdefault(name, [before]).append(row)
            elif name[0] in one:
                found[name] = [row]
    return {name: some for name, some in found.items() if len(some) >= least.get(name[0], len(rows) + 1)}


def _staff(rows: Rows, limits: Limits) -> Iterator[Anomaly]:
    for pair, together in _by([row for row in rows if row.second_staff], _pair).items():
        most = max(_by(together, lambda row: row.handed and row.handed.day).values(), key=len, default=[])
        if pair is not None and len(most) >= limits.pair:
            yield Anomaly("pair", "pair", pair, len(most), limits.pair, tuple(most))
    for by, who, found in _workers(rows):
        fast = _fastest(found, limits)
        if fast:
            yield Anomaly("velocity", by, who, len(fast), limits.in_minutes, fast)
        yield from _shares(by, who, found, limits)
        alone = tuple(row for row in found if "approved_alone" in row.marks)
        if alone and by == "staff":
            yield Anomaly("approved_alone", by, who, len(alone), 1, alone)


def _shares(by: str, who: str, rows: Rows, limits: Limits) -> Iterator[Anomaly]:
    """Without the customer's code, and ruled badly: in per cent of the hand-overs, when there are enough."""
    noted = tuple(row for row in rows if row.confirmed_by == "signature_note")
    badly = tuple(row for row in rows if row.outcome in DUPLICATE)
    for sign, found in (("without_code", noted), ("ruled_badly", badly)):
        percent = 100 * len(found) // max(len(rows), 1)
        if len(rows) >= limits.least and percent >= limits.share:
            yield Anomaly(sign, by, who, percent, limits.share, found)


def _terminals(facts: Facts, rows: Rows, scope: Scope, limits: Limits) -> Iterator[Anomaly]:
    restored = [row for row in rows if "not_own_drawer" in row.marks]
    for terminal, found in _by(restored, lambda row: row.terminal).items():
        yield Anomaly("other_drawer", "terminal", terminal, len(found), 1, tuple(found))
    for each in facts.terminals:
        off = abs(each.clock_offset_ms)
        if off >= limits.clock_ms and not scope.known(each.revoked):
            yield Anomaly("clock", "terminal", each.subject.partition("/")[2], off, limits.clock_ms, (each,))


def _workers(rows: Rows) -> Iterator[tuple[str, str, Rows]]:
    for by, key in _WORKERS:
        for who, found in _by(rows, key).items():
            if who is not None:
                yield by, who, found


def _fastest(rows: Rows, limits: Limits) -> tuple[ClaimFact, ...]:
    """The most hand-overs within so many minutes, of rows in the order of their hand-over; none if never too many."""
    times, span = [_moment(row) for row in rows], timedelta(minutes=limits.minutes)
    if not any(last - first <= span for first, last in zip(times, times[limits.in_minutes - 1 :], strict=False)):
        return ()
    until = [each + span for each in times]
    best: tuple[int, int] = (0, 0)
    first = 0
    for last, at in enumerate(times):
        while at > until[first]:
            first += 1
        if last + 1 - first > best[1] - best[0]:
            best = (first, last + 1)
    return tuple(rows[best[0] : best[1]])


def _moment(row: ClaimFact) -> datetime:
    return _NEVER if row.handed is None else row.handed.at


def _pair(row: ClaimFact) -> str | None:
    """Two who approved each other's hand-overs, whoever did which."""
    return " + ".join(sorted((row.staff, row.second_staff))) if row.staff and row.second_staff else None


def _by(rows: Rows, key: Callable[[ClaimFact], K]) -> dict[K, list[ClaimFact]]:
    found: dict[K, list[ClaimFact]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


_WORKERS: Final[tuple[tuple[str, Key], ...]] = (
    ("staff", lambda row: row.staff),
    ("terminal", lambda row: row.terminal),
)
SIGNS: Final = (
    "same_person", "same_phone", "same_device", "referrals", "velocity", "pair", "approved_alone", "without_code",
    "ruled_badly", "other_drawer", "clock",
)  # fmt: skip
