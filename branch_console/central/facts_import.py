"""Taking in what a bank's wallet core knows of people: whole or not at all, numbers hashed at the door.

A core is whatever yields rows; the CSV reader is one (facts_csv.py). A number becomes the person's keyed hash under
every key of the tenant before anything is stored, and is kept nowhere.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol, TypeAlias, cast, get_args

from psycopg.types.json import Jsonb

from branch_console.central.database import Connection
from branch_console.rules.eligibility.fact_schema import fits, known_name
from branch_console.rules.eligibility.forbidden import resolves_to_balance
from branch_console.rules.errors import RuleError
from branch_console.rules.id_documents import check_any_document
from branch_console.rules.masking import person_key
from branch_console.rules.numbers import normalise
from branch_console.rules.phones import check_phone

Kind: TypeAlias = Literal["document", "phone", "wallet"]

SKEW = timedelta(minutes=5)
"""By how much a fact may seem to come from the future."""
OWN = ("claims", "claimed", "stock", "budget_left", "quantity_left", "velocity", "calendar")
"""Families of facts that nobody imports: central and the terminals work them out."""
CHANNEL = "facts"
"""NOTIFY after an import: entitlements may be due."""

_STAGE = """
CREATE TEMPORARY TABLE staged (person text, name text, value jsonb, as_of timestamptz, kind text) ON COMMIT DROP
"""
_MERGE = """
INSERT INTO person_fact AS f (person, name, value, as_of, kind, source, import)
SELECT person, name, value, as_of, kind, %(source)s, %(import)s FROM staged
ON CONFLICT (person, name) DO UPDATE SET value = excluded.value, as_of = excluded.as_of, source = excluded.source,
    import = excluded.import WHERE f.as_of <= excluded.as_of
"""


class Row(NamedTuple):
    """One fact about one person. Either `number` or `key` says who; `place` says where it stands, for messages."""

    place: str
    kind: Kind
    number: str | None
    key: str | None
    fact: str
    value: object
    as_of: datetime


class Problem(NamedTuple):
    """A row that cannot be taken, and why. Says nothing of the person."""

    place: str
    reason: str


class WalletCore(Protocol):
    """Where facts come from: a file, or a bank's wallet core behind an adapter."""

    @property
    def name(self) -> str:
        """What is noted as the source."""

    def rows(self) -> Iterator[Row | Problem]:
        """Everything that it has to say, or what is wrong with it."""


class ImportRefusedError(Exception):
    """Nothing was imported; `problems` names every row that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} rows are wrong; nothing was imported")
        self.problems = problems


class Imported(NamedTuple):
    """What an import did. `older` rows said less than was known already."""

    number: int
    people: int
    facts: int
    older: int


async def import_facts(
    connection: Connection, tenant_keys: Mapping[str, bytes], core: WalletCore, now: datetime
) -> Imported:
    """Take in all that a core says, in one transaction. Raises ImportRefusedError."""
    checked = list(_checked(core, tenant_keys, now))
    problems = [each for each in checked if isinstance(each, Problem)]
    if problems:
        raise ImportRefusedError(problems)
    rows = [row for each in checked if not isinstance(each, Problem) for row in each]
    async with connection.transaction():
        await connection.execute(_STAGE)
        async with connection.cursor() as cursor, cursor.copy("COPY staged FROM STDIN") as copy:
            for person, fact, value, as_of, kind in rows:
                await copy.write_row((person, fact, Jsonb(value), as_of, kind))
        added = await connection.execute(
            "INSERT INTO fact_import (source, rows) VALUES (%s, %s) RETURNING id", (core.name[:200], len(rows))
        )
        number = cast(tuple[int], await added.fetchone())[0]
        merged = await connection.execute(_MERGE, {"source": core.name[:200], "import": number})
        await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(number)))
    return Imported(number, len({row[0] for row in rows}), merged.rowcount, len(rows) - merged.rowcount)


_Stored = tuple[str, str, object, datetime, Kind]


def _checked(core: WalletCore, tenant_keys: Mapping[str, bytes], now: datetime) -> Iterator[list[_Stored] | Problem]:
    """Each row as it will be stored, once under every version of the tenant's key, or what is wrong with it."""
    seen: dict[tuple[str, str], str] = {}
    for row in core.rows():
        if isinstance(row, Problem):
            yield row
            continue
        reason = _fact_problem(row, now)
        try:
            people = _people(row, tenant_keys)
        except RuleError as error:
            reason = reason or f"the {row.kind} number is wrong: {error.code}"
        else:
            first = seen.setdefault((people[0], row.fact), row.place)
            reason = reason or ("" if first == row.place else f"says {row.fact} of the same person again, as {first}")
        if reason:
            yield Problem(row.place, reason)
        else:
            yield [(person, row.fact, row.value, row.as_of, row.kind) for person in people]


def _fact_problem(row: Row, now: datetime) -> str:
    """What is wrong with the fact; empty if nothing is."""
    if resolves_to_balance(row.fact):
        return (
            f"{row.fact}: what somebody keeps or pays in is never imported: no gift may depend on it"
            " (Notice 48/2018 item 2(1), Commercial Bank Law Art. 47)"
        )
    if row.fact.partition(".")[0] in OWN:
        return f"{row.fact}: nobody imports this, it is worked out from the journal"
    if not known_name(row.fact):
        return f"{row.fact}: there is no such fact"
    if not fits(row.fact, row.value) or not _storable(row.value):
        return f"{row.fact}: the value has not the form of this fact"
    return "as_of is in the future" if row.as_of > now + SKEW else ""


def _storable(value: object) -> bool:
    """Whether PostgreSQL can hold every text in it: no NUL, no half of a character."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= each <= "\udfff" for each in value)
    if isinstance(value, list):
        return all(map(_storable, value))
    return not isinstance(value, dict) or all(map(_storable, [*value, *value.values()]))


def _people(row: Row, tenant_keys: Mapping[str, bytes]) -> list[str]:
    """The keys of whom the row is about, the newest version first. Raises RuleError."""
    if row.key is not None:
        return [row.key]
    number = _normalised(row.kind, row.number or "", row.as_of)
    versions = sorted(tenant_keys, key=int, reverse=True)
    return [person_key(tenant_keys[version], version, row.kind, number) for version in versions]


def _normalised(kind: Kind, number: str, on: datetime) -> str:
    """The number as terminals hash it. Raises RuleError."""
    if kind == "phone":
        return check_phone(number, foreign=True).value
    if kind == "document":
        return check_any_document(number, on.date()).value
    wallet = normalise(number)
    if not (wallet.isascii() and wallet.isalnum() and 10 <= len(wallet) <= 40):
        raise RuleError("wallet_form")
    return wallet


KINDS: tuple[Kind, ...] = get_args(Kind)
