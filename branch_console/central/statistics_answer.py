"""The answer to who asks for figures: whole days of the caller's branch, and of those in the area of a supervisor.

Read from days as they have been told (`statistics_days.py`), in few queries whatever the span; what terminals report,
and how complete a day is, is worked out here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

import orjson

from branch_console.central.database import Connection
from branch_console.central.problems import ProblemError
from branch_console.central.statistics_days import Told, in_words, reckoned, told
from branch_console.central.statistics_terminals import Terminal, first_day, first_moments, terminals_of
from branch_console.rules.journal import format_at
from branch_console.rules.reference import Reference
from branch_console.rules.staff import STAFF, StaffState, subject_for
from branch_console.rules.statistics.facts import Facts
from branch_console.rules.statistics.figures import DEFINITIONS, value
from branch_console.rules.statistics.freezing import completeness
from branch_console.rules.statistics.instants import Days, all_days
from branch_console.rules.statistics.whole_day import REPORTED, asked

_CALLER = "SELECT branch, revoked_at IS NOT NULL FROM writer WHERE name = %s AND public_key IS NOT NULL"
_STAFF = "SELECT state FROM state WHERE branch = %s AND subject = %s AND state IS NOT NULL AND version = %s"
_BRANCHES = """
SELECT code, name, timezone, EXISTS (SELECT FROM fact_due d WHERE d.branch = code)
    OR NOT EXISTS (SELECT FROM statistics_branch s WHERE s.branch = code AND s.made_by <> '')
    OR EXISTS (SELECT FROM statistics_day t WHERE t.branch = code AND t.stale AND t.day BETWEEN %(first)s AND %(last)s)
FROM branch WHERE code = ANY(%(codes)s)
"""
_DAYS = """
SELECT branch, day, figures, frozen_at IS NOT NULL,
    EXISTS (SELECT FROM fact_day f WHERE f.branch = d.branch AND f.day = d.day AND f.kind <> 'clock')
FROM statistics_day d WHERE branch = ANY(%s) AND day BETWEEN %s AND %s
"""


class Span(NamedTuple):
    """What is asked for: so many days up to `last` (None: today), on behalf of a member of staff."""

    last: date | None
    days: int
    staff: str | None


class _Day(NamedTuple):
    figures: dict[str, Told]
    frozen: bool
    reported: bool


_NO_DAY = _Day({}, frozen=False, reported=False)


async def caller_branch(connection: Connection, terminal: str) -> str:
    """The branch of a terminal in service. Raises ProblemError unknown-terminal, terminal-revoked."""
    row = await (await connection.execute(_CALLER, (terminal,))).fetchone()
    if row is None:
        raise ProblemError.unknown_terminal()
    if row[1]:
        raise ProblemError("terminal-revoked")
    return cast(str, row[0])


async def read_stats(connection: Connection, terminal: str, span: Span, reference: Reference, now: datetime) -> bytes:
    """The figures that this terminal may show, as JSON. Raises ProblemError."""
    own = await caller_branch(connection, terminal)
    codes = [own, *await _area(connection, own, span.staff)]
    last = span.last or now.date() + timedelta(days=2)  # somewhere it is another day than here
    first = date.fromordinal(max(1, last.toordinal() - span.days - 3))
    cursor = await connection.execute(_BRANCHES, {"codes": codes, "first": first, "last": last})
    rows = {cast(str, row[0]): row for row in await cursor.fetchall()}
    cursor = await connection.execute(_DAYS, (codes, first, last))
    told_days: dict[str, dict[date, _Day]] = defaultdict(dict)
    for branch, day, figures, frozen, reported in cast(list[tuple[Any, ...]], await cursor.fetchall()):
        told_days[branch][day] = _Day(in_words(figures), frozen, reported)
    terminals: dict[str, list[Terminal]] = defaultdict(list)
    for each in await terminals_of(connection, codes):
        terminals[each.branch].append(each)
    moments = await first_moments(connection, codes)
    branches = []
    for code in codes:
        if code not in rows:
            continue  # of an area that names a branch which is no more
        _code, name, zone, behind = cast(tuple[str, str, str, bool], rows[code])
        days = reckoned(zone, reference)
        some = _days(days, told_days[code], terminals[code], first_day(moments[code], days), span, now)
        branches.append(
            {
                "branch": code,
                "name": name,
                "timezone": zone,
                "behind": behind,
                "days": some,
                "terminals": [_line(each) for each in terminals[code]],
            }
        )
    day = span.last or reckoned(cast(str, rows[own][2]), reference).day_of(now)
    said = {"as_of": format_at(now), "day": day.isoformat(), "definitions": DEFINITIONS, "branches": branches}
    return orjson.dumps(said)


async def _area(connection: Connection, branch: str, staff: str | None) -> list[str]:
    """The other branches whose figures this member of staff may see: an active supervisor's, by their codes."""
    if staff is None:
        return []
    subject = subject_for("staff", staff)
    row = await (await connection.execute(_STAFF, (branch, subject, STAFF.version), binary=True)).fetchone()
    state = StaffState() if row is None else STAFF.load(cast(bytes, row[0]))
    return sorted(set(state.area) - {branch}) if state.active and state.role == "supervisor" else []


def _days(
    days: Days,
    told_days: Mapping[date, _Day],
    terminals: Sequence[Terminal],
    entered: date | None,
    span: Span,
    now: datetime,
) -> list[dict[str, object]]:
    """The days of the span up to today, from the branch's first entry on, or the enrolment of its first terminal."""
    facts = [each.fact(days) for each in terminals]
    today = days.day_of(now)
    last = min(span.last or today, today)
    begun = [each.registered.day for each in facts if each.registered is not None]
    begun += [] if entered is None else [entered]
    first = max(min(begun, default=today), date.fromordinal(max(1, (span.last or today).toordinal() - span.days + 1)))
    found: list[dict[str, object]] = []
    for day in all_days(first, last):
        known = told_days.get(day, _NO_DAY)
        state = completeness(days, day, facts, now)
        silent = not known.reported and not state.synced
        figures = dict(known.figures)
        for name in sorted(REPORTED):
            figures[name] = told(value(name, Facts(terminals=tuple(facts)), asked(name, days, day, now)))
        told_now = {name: [None if silent else each.value, *each[1:]] for name, each in sorted(figures.items())}
        found.append(
            {
                "day": day.isoformat(),
                "state": "frozen" if known.frozen else state.state,
                "silent": silent,
                "figures": told_now,
            }
        )
    return found


def _line(each: Terminal) -> dict[str, object]:
    return {
        "terminal": each.name,
        "name": each.label,
        "registered_at": format_at(each.registered_at),
        "revoked_at": _moment(each.revoked_at),
        "last_seen_at": _moment(each.seen_at),
        "synced_at": _moment(each.synced_at),
        "pending": each.pending,
        "clock_offset_ms": each.clock_offset_ms,
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else format_at(at)
