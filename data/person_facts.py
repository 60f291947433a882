"""What central said about a person, kept for the business day on which it said so."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import orjson
from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from data.moments import day_of
from data.reading import Reading
from data.right_tables import PersonFactsRow
from data.statements import prepared
from data.store import Store
from data.tables import table

_FACTS = table(PersonFactsRow)
_put = insert(_FACTS)
_PUT = prepared(
    _put.on_conflict_do_update(
        index_elements=["keys"], set_={name: _put.excluded[name] for name in ("facts", "fetched_at", "day")}
    )
)
_GET = prepared(
    select(_FACTS.c.facts, _FACTS.c.fetched_at).where(
        _FACTS.c["keys"] == bindparam("keys"), _FACTS.c.day == bindparam("day")
    )
)
_OLD = select(func.count()).select_from(_FACTS).where(_FACTS.c.day != bindparam("today"))


class PersonFacts(NamedTuple):
    """Facts as central sent them (JSON), and when (RFC 3339, UTC)."""

    facts: str
    fetched_at: str


def put_facts(store: Store, keys: Mapping[str, str], facts_json: str, fetched_at: datetime) -> None:
    """Keep what central said when it was asked with these keys (scope → keyed hash), in place of what it said before.

    It answers only to the same keys again: who shares a phone with somebody shares no facts with them.
    """
    row = {
        "keys": _name(keys),
        "facts": facts_json,
        "fetched_at": fetched_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "day": day_of(fetched_at, store.identity.zone),
    }
    with store.database.write() as connection:
        connection.exec_driver_sql(_PUT, row)


def facts_of(source: Reading, keys: Mapping[str, str], day: str) -> PersonFacts | None:
    """What central said on this business date (YYYY-MM-DD); None when it was not asked with exactly these keys."""
    with source.reading() as connection:
        row = connection.exec_driver_sql(_GET, {"keys": _name(keys), "day": day}).one_or_none()
    return None if row is None else PersonFacts(*row)


def drop_old_facts(store: Store, today: str) -> int:
    """Forget what was fetched on another business date than `today` (YYYY-MM-DD), also on the disk; how many."""
    with store.database.read() as connection:
        if not connection.execute(_OLD, {"today": today}).scalar_one():
            return 0
    with store.database.write() as connection:
        dropped = connection.execute(delete(_FACTS).where(_FACTS.c.day != today)).rowcount
    store.forget_old_pages()
    return dropped


def _name(keys: Mapping[str, str]) -> str:
    return orjson.dumps(dict(keys), option=orjson.OPT_SORT_KEYS).decode()
