"""The past of a branch into central's database: two invented terminals, one of them dark, and all that they wrote.

It is one transaction: nobody, and no task that freezes days, sees half a past.
"""

import random
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final, cast

from branch_console.central.administration import Office
from branch_console.central.catalogue import Catalogue
from branch_console.central.enrolment import enrol, make_code
from branch_console.central.ingest import push
from branch_console.demo.past.complaints import Complaints, moments, suggest
from branch_console.demo.past.days import past_days, workdays_before
from branch_console.demo.past.journal import Line, Pages, Writer, batches
from branch_console.demo.past.shop import Shop
from branch_console.demo.past.visits import visit
from branch_console.demo.people import DemoBranch, DemoPast
from branch_console.desk.cases.promising import CALENDAR
from branch_console.desk.desk import FLOW
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.security.signing import new_signing_key, public_jwk
from branch_console.sync.wire import EnrolRequest

_OUTAGE: Final = "app_failure"
_DARK_WORKDAYS: Final = 2
_DARK_SINCE: Final = time(15, 4)
"""The second terminal has not been heard of since this time of day so many working days ago,"""
_UNSENT: Final = 11
"""with so many entries that it has not sent."""
_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 20261122))"
"""Two consoles of one demo begin at the same time."""
_WAS_HERE: Final = "SELECT 1 FROM writer WHERE branch = %s AND label = ANY(%s)"
_SINCE: Final = """
UPDATE writer SET registered_at = %(since)s, last_seen_at = %(seen)s, last_push_at = %(seen)s, pending = %(pending)s,
    quarantined_here = 0, clock_offset_ms = 0, client_version = '0', problem = '', reported_seq = seq,
    reported_hash = hash, reported_epoch = (SELECT value FROM meta WHERE name = 'epoch'),
    settled_epoch = (SELECT value FROM meta WHERE name = 'epoch'), settled_at = %(seen)s
WHERE name = %(terminal)s
"""


async def write_past(at: Office, branch: DemoBranch, now: datetime) -> int:
    """Invent the past of a branch that has none yet, up to `now` (aware); how many entries were written."""
    count = 0
    async with at.connection.transaction():
        await at.connection.execute(_ALONE, (branch.code,))
        cursor = await at.connection.execute(_WAS_HERE, (branch.code, branch.past.terminals))
        if await cursor.fetchone() is not None:
            return 0
        writers = [await _terminal(at, branch.code, label) for label in branch.past.terminals]
        campaigns = await _campaigns(at)
        shop = _shop(at, branch, [each.terminal for each in writers], campaigns, now)
        begin = _invent(shop, branch.past)
        dark = _dark_since(shop)
        for place, writer in enumerate(writers):
            seen = dark if place else now
            lines = [line for line in shop.pages[place].lines if line.at < seen]
            count += await _push(at, lines, writer, now)
            about = {"terminal": writer.terminal, "since": begin, "seen": seen, "pending": _UNSENT if place else 0}
            await at.connection.execute(_SINCE, about)
    return count


def _invent(shop: Shop, past: DemoPast) -> datetime:
    """Let the branch live through its days; when the first one began."""
    days = past_days(past, shop.calendar, shop.now, shop.rng)
    complaints = Complaints(shop)
    for number, each in enumerate(days):
        for came in each.visits:
            visit(shop, came)
        for moment in moments(each.day, each.complaints, shop):
            complaints.take_down(moment, _OUTAGE if each.outage else None)
        for moment in moments(each.day, 1, shop):
            suggest(shop, number, moment)
    return datetime.combine(days[0].day, time(8, 30), shop.now.tzinfo)


def _shop(
    at: Office, branch: DemoBranch, terminals: Sequence[str], campaigns: Sequence[Campaign], now: datetime
) -> Shop:
    flow = at.reference.newest_flow(FLOW, now.date())
    calendar = at.reference.newest_calendar(CALENDAR, now.date())
    assert flow is not None and calendar is not None  # noqa: S101  they come with the program
    rng = random.Random(f"past of {branch.code}")  # noqa: S311  the same invented past every time
    by_role = {role: [each.id for each in branch.staff if each.role == role] for role in ("guide", "case_officer")}
    supervisor = next(each.id for each in branch.staff if each.role == "supervisor")
    return Shop(
        code=branch.code,
        terminals=terminals,
        pages=[Pages(rng) for _ in terminals],
        guides=by_role["guide"],
        officer=next(iter(by_role["case_officer"]), supervisor),
        supervisor=supervisor,
        reference=at.reference,
        flow=flow,
        calendar=calendar,
        campaigns=campaigns,
        epoch=at.facts.epoch,
        key_version=max(at.facts.tenant_keys),
        now=now,
        rng=rng,
    )


def _dark_since(shop: Shop) -> datetime:
    """When the second terminal was heard of last."""
    day = workdays_before(shop.calendar, shop.now.date(), _DARK_WORKDAYS)
    return datetime.combine(day, _DARK_SINCE, shop.now.tzinfo)


async def _terminal(at: Office, branch: str, label: str) -> Writer:
    """Enrol an invented terminal by a real one-time code."""
    seed = new_signing_key()
    code = (await make_code(at.connection, branch)).code
    request = EnrolRequest.model_validate({"enrolment_code": code, "name": label, "public_key": public_jwk(seed)})
    answer = await enrol(at.connection, at.facts, request, at.reference, "0")
    return Writer(str(answer["terminal"]), branch, seed)


async def _campaigns(at: Office) -> list[Campaign]:
    """All campaigns that were published, newest version each, by id."""
    cursor = await at.connection.execute("SELECT DISTINCT id FROM campaign_version WHERE approved_at IS NOT NULL")
    read = Catalogue()
    found = [await read.newest(at.connection, cast("str", name)) for (name,) in await cursor.fetchall()]
    return sorted((each for each in found if each is not None), key=lambda each: each.id)


async def _push(at: Office, lines: list[Line], writer: Writer, now: datetime) -> int:
    """All of it, as central takes in any push."""
    for batch in batches(lines, writer, now):
        await push(at.connection, writer.terminal, batch, at.reference)
    return len(lines)
