"""What earlier claims mean for the next one: rights that were used, caps of an outage, speed.

A reservation whose time is over uses nothing.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import orjson

from data import meta
from data.moments import ms_of
from data.reading import Reading

_USES = "c.uses_right AND (c.status <> 'reserved' OR c.expires_ms > :now)"
_OF_KEYS = f"""
SELECT k.scope, c.subject, c.campaign, c.day, c.quantity, c.number, c.status
FROM json_each(:keys) AS wanted
JOIN claim_key AS k ON k.key = wanted.value ->> 1 AND k.scope = wanted.value ->> 0
JOIN claim_row AS c ON c.id = k.claim
WHERE {_USES}
ORDER BY c.id
"""  # noqa: S608  fixed words
_UNKNOWN_TO_CENTRAL = f"""
SELECT c.campaign = :campaign, c.staff = :staff, count(*) FROM claim_row AS c
WHERE (c.own_seq > :through AND c.own_seq > 0 OR c.terminal = :terminal AND c.started_ms >= :since)
  AND c.right_kind IN (SELECT value FROM json_each(:rights)) AND {_USES}
GROUP BY 1, 2
"""  # noqa: S608  fixed words
_SINCE = f"""
SELECT count(*) FROM claim_row AS c WHERE c.{{by}} = :value AND c.started_ms >= :since AND {_USES}
"""  # noqa: S608  fixed words
_UNDER_RIGHT = """
SELECT count(*) FROM claim_row AS c
WHERE c.right_id = :right AND c.right_kind = :kind AND c.status <> 'released'
  AND (c.status <> 'reserved' OR c.expires_ms > :now)
"""
_FAR_AHEAD = 2**62


class ClaimUse(NamedTuple):
    """A claim that uses a right. `day` is its business date."""

    subject: str
    campaign: str
    day: str
    quantity: int
    number: str
    status: str


class OfflineUse(NamedTuple):
    """How many claims of this terminal central cannot know of: of one campaign, of all, of one member of staff."""

    campaign: int
    terminal: int
    staff: int


class Velocity(NamedTuple):
    """How many claims were begun in the last hour and on this business date, here and by a member of staff."""

    terminal_hour: int
    terminal_day: int
    staff_hour: int
    staff_day: int


def claims_of_keys(source: Reading, keys: Mapping[str, str], now: datetime) -> dict[str, list[ClaimUse]]:
    """The claims of this branch that use a right, by each scope in which the person has a key; the oldest first."""
    found: dict[str, list[ClaimUse]] = {scope: [] for scope in keys}
    wanted = orjson.dumps(list(keys.items()))
    with source.reading() as connection:
        for scope, *rest in connection.exec_driver_sql(_OF_KEYS, {"keys": wanted, "now": ms_of(now)}):
            found[scope].append(ClaimUse(*rest))
    return found


def offline_use(
    source: Reading,
    campaign: str,
    staff: str,
    now: datetime,
    *,
    since: datetime | None = None,
    rights: Collection[str] = ("provisional",),
) -> OfflineUse:
    """What has been used of the caps of an outage, in claims of these kinds of right.

    Counted are the claims whose last own entry central has not confirmed, whatever the clock says, and those that this
    terminal began at or after `since`, its last contact with central.
    """
    values = {
        "campaign": campaign,
        "staff": staff,
        "terminal": source.identity.terminal,
        "since": _FAR_AHEAD if since is None else ms_of(since),
        "rights": orjson.dumps(list(rights)),
        "now": ms_of(now),
    }
    with source.reading() as connection:
        through = meta.get_number(connection, meta.ACKNOWLEDGED)
        counted = connection.exec_driver_sql(_UNKNOWN_TO_CENTRAL, values | {"through": through}).all()
    return OfflineUse(
        sum(row[2] for row in counted if row[0]),
        sum(row[2] for row in counted),
        sum(row[2] for row in counted if row[1]),
    )


def velocity(source: Reading, staff: str, now: datetime) -> Velocity:
    """How fast claims are made, of those that use a right."""
    hour = ms_of(now - timedelta(hours=1))
    day = ms_of(now.astimezone(source.identity.zone).replace(hour=0, minute=0, second=0, microsecond=0))
    with source.reading() as connection:
        return Velocity(
            *(
                int(
                    connection.exec_driver_sql(
                        _SINCE.format(by=by), {"value": value, "since": since, "now": ms_of(now)}
                    ).scalar_one()
                )
                for by, value in (("terminal", source.identity.terminal), ("staff", staff))
                for since in (hour, day)
            )
        )


def used_under_right(source: Reading, kind: str, right: str, now: datetime) -> int:
    """How many rewards were taken under a lease or an entitlement: handed over, or kept for now.

    Also those that came back or were reversed: central has counted them, and does not grant them again.
    """
    values = {"kind": kind, "right": right, "now": ms_of(now)}
    with source.reading() as connection:
        return int(connection.exec_driver_sql(_UNDER_RIGHT, values).scalar_one())
