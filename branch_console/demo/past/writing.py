"""The past of a branch into central's database: two invented terminals, one of them dark, and all that they wrote.

It is one transaction: nobody, and no task that freezes days, sees half a past.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast

from branch_console.central.administration import Office
from branch_console.central.catalogue import Catalogue
from branch_console.central.enrolment import enrol, make_code
from branch_console.central.ingest import push
from branch_console.demo.past.complaints import Complaints, moments, suggest
from branch_console.demo.past.days import past_days
from branch_console.demo.past.journal import Line, Pages, Sealed, batches
from branch_console.demo.past.shop import Shop
from branch_console.demo.past.visits import visit
from branch_console.demo.people import DemoBranch
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.working_time.workdays import workday
from branch_console.security.signing import new_signing_key, public_jwk
from branch_console.sync.wire import EnrolRequest

FLOW: Final = "ecny_personal"
CALENDAR: Final = "cn_branch"
_OUTAGE: Final = "app_failure"
_DARK_SINCE: Final = (2, 15)
"""The second terminal has not been heard of since 15 o'clock two working days ago,"""
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
    past = branch.past
    if past is None:
        return 0
    count = 0
    async with at.connection.transaction():
        await at.connection.execute(_ALONE, (branch.code,))
        cursor = await at.connection.execute(_WAS_HERE, (branch.code, past.terminals))
        if await cursor.fetchone() is not None:
            return 0
        writers = [await _terminal(at, branch.code, label) for label in past.terminals]
        campaigns = await _campaigns(at)
        shop = _shop(at, branch, [each.terminal for each in writers], campaigns, now)
        begin = _invent(shop, branch)
        dark = _dark_since(shop)
        for place, writer in enumerate(writers):
            seen = dark if place else now
            lines = [line for line in shop.pages[place].lines if line.at < seen]
            count += await _push(at, lines, writer, now)
            about = {"terminal": writer.terminal, "since": begin, "seen": seen, "pending": _UNSENT if place else 0}
            await at.connection.execute(_SINCE, about)
    return count


def _invent(shop: Shop, branch: DemoBranch) -> datetime:
    """Let the branch live through its days; when the first one began."""
    assert branch.past is not None  # noqa: S101  asked before
    days = past_days(branch.past, shop.calendar, shop.now, shop.rng)
    complaints = Complaints(shop)
    for number, each in enumerate(days):
        for came in each.visits:
            visit(shop, came)
        midnight = shop.now.replace(year=each.day.year, month=each.day.month, day=each.day.day)
        for moment in moments(midnight, each.complaints, shop):
            complaints.take_down(moment, _OUTAGE if each.outage else None)
        for moment in moments(midnight, 1, shop):
            suggest(shop, number, moment)
    first = days[0].day if days else shop.now.date()
    return shop.now.replace(year=first.year, month=first.month, day=first.day, hour=8, minute=30)


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
    left, hour = _DARK_SINCE
    day = shop.now
    while left:
        day -= timedelta(days=1)
        left -= workday(shop.calendar, day.date()).working
    return day.replace(hour=hour, minute=4, second=0, microsecond=0)


async def _terminal(at: Office, branch: str, label: str) -> Sealed:
    """Enrol an invented terminal by a real one-time code."""
    seed = new_signing_key()
    code = (await make_code(at.connection, branch)).code
    request = EnrolRequest.model_validate({"enrolment_code": code, "name": label, "public_key": public_jwk(seed)})
    answer = await enrol(at.connection, at.facts, request, at.reference, "0")
    return Sealed(str(answer["terminal"]), branch, seed)


async def _campaigns(at: Office) -> list[Campaign]:
    """All campaigns that were published, newest version each, by id."""
    cursor = await at.connection.execute("SELECT DISTINCT id FROM campaign_version WHERE approved_at IS NOT NULL")
    read = Catalogue()
    found = [await read.newest(at.connection, cast("str", name)) for (name,) in await cursor.fetchall()]
    return sorted((each for each in found if each is not None), key=lambda each: each.id)


async def _push(at: Office, lines: list[Line], writer: Sealed, now: datetime) -> int:
    """All of it, as central takes in any push."""
    for batch in batches(lines, writer, now):
        await push(at.connection, writer.terminal, batch, at.reference)
    return len(lines)
