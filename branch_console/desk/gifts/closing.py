"""The end of a business day: stock reconciled, made up by one, signed by a supervisor.

A day that nobody closed at its end is closed with the next one: only what is there now can be counted.
"""

from typing import Final, NamedTuple

from branch_console.desk.desk import written
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.hands import hands, second_person
from branch_console.rules.canonical import Json
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.counting import books_digest, counted_digest
from branch_console.rules.gifts.day_acts import Closing, check_close, day_lines, hindrances
from branch_console.rules.gifts.day_entries import DayClosed
from branch_console.rules.gifts.days import FIRST_DAY, day_digest
from branch_console.rules.gifts.marking import passed
from branch_console.rules.gifts.states import DayState, StockState
from branch_console.rules.gifts.subjects import day_subject
from branch_console.rules.journal import format_at
from branch_console.rules.roles import allowed
from data import gift_queries as gifts
from data.act import Act
from data.day_state import CountedPlace, counted_places, unsynced_claims
from data.gift_queries import ListedClaim, Reading
from data.store import Store

_MOST: Final = 10_000


class DayEnd(NamedTuple):
    """Today as it stands. `state`: the day as it was closed, None while it is open. `missed`: the earlier days on which
    goods moved and that are closed with it."""

    closing: Closing
    missed: tuple[str, ...]
    reservations: tuple[ListedClaim, ...]
    hindrances: tuple[RuleError, ...]
    state: DayState | None


def day_end(booth: Booth) -> DayEnd:
    """The end of today. Raises RuleError."""
    booth.require("gift.read")
    state = booth.store.state(_subject(booth))
    closed = state if isinstance(state, DayState) and state.closed else None
    closing = _closing(booth, booth.store, closed)
    missed = tuple(gifts.days_not_closed(booth.store, closing.day))
    return DayEnd(closing, missed, _reservations(booth, booth.store), tuple(hindrances(closing)), closed)


def close_day(booth: Booth, note: str, second_staff: str, password: str) -> None:
    """Close today. Of the two who stand here the supervisor signs, and the other one has made it up.

    Raises RuleError, and what a wrong password raises.
    """
    desk = booth.desk
    second = second_person(desk, second_staff, password)
    if second.staff is None or second.role is None:
        raise RuleError("second_staff_needed")
    me = (desk.staff, desk.role)
    signer, maker = (
        (me, (second.staff, second.role)) if allowed(desk.role, "day.close") else ((second.staff, second.role), me)
    )
    with booth.store.act(signer[0], booth.now()) as act:
        closing = _closing(booth, act)
        for hindrance in hindrances(closing):
            raise hindrance
        lines = day_lines(closing)
        data: dict[str, Json] = {
            "day": closing.day,
            "since": closing.since,
            "lines": [line.model_dump() for line in lines],
            "open_reservations": closing.open_reservations,
            "unsynced": closing.unsynced,
            "maker": maker[0],
            "previous": closing.previous,
            "digest": day_digest(closing.day, lines, closing.previous, closing.since),
            "note": written(note),
        }
        acting = hands(booth, act, signer=signer)
        check_close(acting, closing, DayClosed.model_validate(data), maker_role=maker[1])
        act.append("day.closed", _subject(booth), data)


def _closing(booth: Booth, source: Act | Store, state: DayState | None = None) -> Closing:
    """Today's stock from the first day on that nobody closed. `state`: today as it was closed already."""
    day = booth.today().isoformat()
    last = gifts.last_closed(source)
    closed = last is not None and last.day == day
    previous = gifts.last_closed(source, _day_before(day)) if closed else last
    since = next(iter(gifts.days_not_closed(source, day)), None) if state is None else state.since
    return Closing(
        day=day,
        figures=gifts.day_figures(source, day, since),
        counted={each.location for each in counted_places(source, day) if _still_so(source, each)},
        open_counts=[each.location for each in gifts.open_counts(source)],
        open_reservations=len(_reservations(booth, source)),
        unsynced=unsynced_claims(source),
        closed=closed,
        previous=FIRST_DAY if previous is None else previous.digest,
        since=since,
    )


def _still_so(source: Act | Store, counted: CountedPlace) -> bool:
    """Whether the books still say what was found there: nothing moved since, and nothing was heard of late."""
    state = source.state(counted.subject)
    if not isinstance(state, StockState):
        return False
    net = gifts.net_balances(source, counted.location)
    return counted_digest(counted.location, state.lines) == books_digest(counted.location, net)


def _reservations(booth: Booth, source: Reading) -> tuple[ListedClaim, ...]:
    """What is kept for customers of the branch and whose time is not over."""
    now = format_at(booth.now())
    listed = gifts.claims(source, tab="open", now=booth.now(), limit=_MOST)
    return tuple(each for each in listed if each.status == "reserved" and not passed(now, each.expires_at))


def _day_before(day: str) -> str:
    """What sorts before a day and after all days before it."""
    return f"{day[:-1]}{chr(ord(day[-1]) - 1)}"


def _subject(booth: Booth) -> str:
    return day_subject(booth.store.identity.branch, booth.today())
