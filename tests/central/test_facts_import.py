"""Facts from a wallet core: whole or not at all, numbers kept nowhere, money kept or paid in never taken."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from branch_console.central.database import Connection
from branch_console.central.facts_csv import MOST_VALUE, CsvCore
from branch_console.central.facts_import import (
    Imported,
    ImportRefusedError,
    Problem,
    Row,
    WalletCore,
    import_facts,
)
from branch_console.central.facts_words import FACT_WORDS
from branch_console.demo.people import load_people
from branch_console.demo.wallet_core import DemoWalletCore
from branch_console.rules.eligibility.fact_schema import EXACT, FAMILIES
from branch_console.rules.masking import person_key
from tests.central.inside import with_database
from tests.fixtures.central import CentralProcess
from tests.wire.conftest import enrolled
from tests.wire.mini import unb64

NOW = datetime(2026, 12, 12, 9, 0, tzinfo=UTC)
KEYS = {"1": b"a" * 32, "2": b"b" * 32}
PHONE = "13100000001"
HEADER = "kind,number,fact,value,as_of"
GOOD = f"phone,{PHONE},risk,12,2026-05-01T18:00:00+08:00"


class MemoryCore:
    """A wallet core that holds what a test gives it."""

    name = "memory"

    def __init__(self, *rows: Row | Problem) -> None:
        self._rows = rows

    def rows(self) -> Iterator[Row | Problem]:
        yield from self._rows


def row(number: str = PHONE, fact: str = "risk", value: object = 12, *, days_ago: int = 1) -> Row:
    return Row("row", "phone", number, None, fact, value, NOW - timedelta(days=days_ago))


def imported(database: str, core: WalletCore) -> Imported:
    async def work(connection: Connection) -> Imported:
        return await import_facts(connection, KEYS, core, NOW)

    return with_database(database, work)


def known(database: str) -> dict[tuple[str, str], object]:
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT person, name, value FROM person_fact").fetchall()
    return {(person, name): value for person, name, value in rows}


def test_a_number_becomes_a_key_under_every_version_and_is_kept_nowhere(database: str) -> None:
    assert imported(database, MemoryCore(row(f"+86 {PHONE[:3]} {PHONE[3:]}"))) == Imported(1, 2, 2, 0)
    keys = [person_key(KEYS[version], version, "phone", PHONE) for version in KEYS]
    assert known(database) == {(key, "risk"): 12 for key in keys}
    with psycopg.connect(database) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            rows = connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))).fetchall()
            assert PHONE not in str(rows)


@pytest.mark.parametrize(
    ("kind", "number", "normalised"),
    [
        ("document", "11010119900101123 7", "110101199001011237"),
        ("document", "h 1234 5678", "H12345678"),
        ("phone", "0086-131-0000-0001", PHONE),
        ("wallet", "0022 5000 0000 5081", "0022500000005081"),
    ],
)
def test_numbers_are_normalised_as_terminals_do(database: str, kind: str, number: str, normalised: str) -> None:
    core = MemoryCore(row()._replace(kind=kind, number=number))  # type: ignore[arg-type]
    imported(database, core)
    assert (person_key(KEYS["1"], "1", kind, normalised), "risk") in known(database)


def test_the_newer_fact_stays(database: str) -> None:
    imported(database, MemoryCore(row(value=10, days_ago=5)))
    assert imported(database, MemoryCore(row(value=99, days_ago=9), row(fact="kyc", value=2))).older == 2
    assert set(known(database).values()) == {10, 2}
    imported(database, MemoryCore(row(value=20, days_ago=1)))
    assert set(known(database).values()) == {20, 2}


def test_one_wrong_row_and_nothing_is_taken(database: str) -> None:
    core = MemoryCore(row(), row(fact="balance"), row(value="high"), Problem("x", "unreadable"))
    with pytest.raises(ImportRefusedError) as refused:
        imported(database, core)
    assert [each.place for each in refused.value.problems] == ["row", "row", "x"]
    assert known(database) == {}
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM fact_import").fetchone() == (0,)


@pytest.mark.parametrize(
    "fact",
    ["balance", "wallet_balance", "topup", "top_up_total", "deposit", "deposits.month", "余额", "充值", "recharge_fen"],
)
def test_what_somebody_keeps_or_pays_in_is_refused_and_the_reason_said(database: str, fact: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        imported(database, MemoryCore(row(fact=fact)))
    assert "Notice 48/2018" in refused.value.problems[0].reason


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (row(fact="shoe_size"), "no such fact"),
        (row(fact="claims.person", value=[]), "nobody imports"),
        (row(fact="claimed.d12", value=True), "nobody imports"),
        (row(fact="stock.OIL-5L"), "nobody imports"),
        (row(fact="budget_left.d12"), "nobody imports"),
        (row(value=101), "form of this fact"),
        (row(value=True), "form of this fact"),
        (row(fact="born", value="1990-02-30"), "form of this fact"),
        (row(fact="city", value="a\x00b"), "form of this fact"),
        (row(fact="segments", value=["a", "\ud800"]), "form of this fact"),
        (row(days_ago=-1), "future"),
        (row("12345"), "phone_form"),
        (row()._replace(kind="document", number="110101199001011230"), "document"),
        (row()._replace(kind="wallet", number="12"), "wallet_form"),
    ],
)
def test_each_wrong_row_says_why_and_no_number(database: str, wrong: Row, reason: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        imported(database, MemoryCore(wrong))
    said = refused.value.problems[0].reason
    assert reason in said
    assert str(wrong.number) not in said


def test_the_same_fact_of_the_same_person_twice(database: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        imported(database, MemoryCore(row(), row(f"+86{PHONE}")._replace(place="two")))
    assert refused.value.problems == [Problem("two", "says risk of the same person again, as row")]


def csv_problems(tmp_path: Path, text: str | bytes) -> list[str]:
    path = tmp_path / "facts.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [f"{each.place}: {each.reason}" for each in CsvCore(path).rows() if isinstance(each, Problem)]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "columns are missing"),
        ("kind,number,fact,value", 1, "columns are missing: as_of"),
        ("kind,fact,value,as_of", 1, "neither number nor key"),
        (HEADER + ",name", 1, "columns are unknown: name"),
        (HEADER + ",kind", 1, "a column stands twice"),
        (f"{HEADER}\n{GOOD}\nphone,{PHONE}", 3, "more or fewer fields"),
        (f"{HEADER}\n{GOOD},more", 2, "more or fewer fields"),
        (f"{HEADER}\nfax,{PHONE},risk,12,2026-05-01T18:00:00+08:00", 2, "kind is none of"),
        (f"{HEADER}\nphone,,risk,12,2026-05-01T18:00:00+08:00", 2, "exactly one of number and key"),
        (f"{HEADER},key\n{GOOD},k1:{'x' * 43}", 2, "exactly one of number and key"),
        (f"{HEADER},key\nphone,,risk,12,2026-05-01T18:00:00+08:00,{PHONE}", 2, "key is not k<version>"),
        (f"{HEADER}\nphone,{PHONE},city,虚构,2026-05-01T18:00:00+08:00", 2, "value is not JSON"),
        (f"{HEADER}\nphone,{PHONE},risk,,2026-05-01T18:00:00+08:00", 2, "value is not JSON"),
        (f"{HEADER}\nphone,{PHONE},risk,12.5,2026-05-01T18:00:00+08:00", 2, "no fractions"),
        (f"{HEADER}\nphone,{PHONE},risk,NaN,2026-05-01T18:00:00+08:00", 2, "no fractions"),
        (f"{HEADER}\nphone,{PHONE},risk,{'[' * 9000},2026-05-01T18:00:00+08:00", 2, "value is not JSON"),
        (f"{HEADER}\nphone,{PHONE},risk,{'1' * (MOST_VALUE + 1)},2026-05-01T18:00:00+08:00", 2, "longer than"),
        (f"{HEADER}\nphone,{PHONE},risk,12,yesterday", 2, "as_of is no moment"),
        (f"{HEADER}\nphone,{PHONE},risk,12,2026-12-11T18:00:00", 2, "as_of has no offset"),
        (f'{HEADER}\n"phone"x,{PHONE},risk,12,2026-05-01T18:00:00+08:00', 2, "is not CSV"),
    ],
)
def test_each_wrong_line_is_named_with_its_reason(tmp_path: Path, text: str, line: int, reason: str) -> None:
    (said,) = csv_problems(tmp_path, text)
    assert said.startswith(f"line {line}: ")
    assert reason in said
    assert PHONE not in said


def test_all_wrong_lines_are_named_and_a_quoted_line_break_does_not_shift_them(tmp_path: Path) -> None:
    long = f'phone,{PHONE},city,"""虚\n构""",2026-05-01T18:00:00+08:00'
    said = csv_problems(tmp_path, f"{HEADER}\n{GOOD}\nfax,1,risk,1,2026-05-01T18:00:00+08:00\n{long}\nx,{PHONE}")
    assert [each.partition(":")[0] for each in said] == ["line 3", "line 5", "line 6"]
    assert csv_problems(tmp_path, "﻿" + HEADER + "\r\n" + GOOD + "\r\n") == []
    assert csv_problems(tmp_path, HEADER.encode() + b"\n\xff\xfe") == ["file: is not UTF-8"]


def test_every_fact_that_can_be_imported_has_words() -> None:
    families = {name.partition(".")[0] for name in FACT_WORDS if "." in name}
    own = {"claims", "claimed", "stock", "budget_left", "quantity_left", "velocity", "calendar"}
    assert {name for name in FACT_WORDS if name in EXACT} == set(EXACT)
    assert families | own == {name.rstrip(".") for name in FAMILIES}


def test_the_demo_s_wallet_core_knows_its_customers(database: str) -> None:
    customers = load_people().customers
    core = DemoWalletCore(customers, NOW)
    assert imported(database, core).people == len(KEYS) * len({each.phone for each in customers})
    payments: list[Any] = [value for (_person, name), value in known(database).items() if name == "payments"]
    paid = [sum(map(itemgetter("fen"), each)) for each in payments]
    assert min(paid) < 20_000
    assert max(paid) > 50_000


def test_the_commands(central: CentralProcess, tmp_path: Path) -> None:
    mini = enrolled(central, central.branch())
    file = tmp_path / "facts.csv"
    file.write_text(
        "kind,number,key,fact,value,as_of\n"
        f"phone,{PHONE},,risk,12,2026-05-01T18:00:00+08:00\n"
        f'phone,{PHONE},,points,"{{""accumulated"": 900, ""spendable"": 40}}",2026-05-01T18:00:00+08:00\n'
        f"phone,,k1:{'x' * 43},risk,40,2026-05-01T18:00:00+08:00\n",
        encoding="utf-8",
    )
    said = json.loads(central.command("facts", "import", str(file), "--json"))
    assert said == {"number": 1, "people": 2, "facts": 3, "older": 0}
    person = person_key(unb64(mini.tenant_keys["1"]), "1", "phone", PHONE)
    found = {each["name"]: each["value"] for each in mini.facts(person).json()["facts"]}
    assert found == {"risk": 12, "points": {"accumulated": 900, "spendable": 40}}
    file.write_text(f"{HEADER}\n{GOOD}\nphone,{PHONE},balance,1,2026-05-01T18:00:00+08:00\nphone,1,risk,12,x\n")
    wrong = central.command("facts", "import", str(file), check=False)
    assert "line 3: balance: what somebody keeps or pays in" in wrong
    assert "line 4: as_of is no moment" in wrong
    assert wrong.endswith("nothing was imported\n")
    assert PHONE not in wrong
    listed = central.command("facts", "import", str(file), "--json", check=False)
    assert len(json.loads(listed.splitlines()[0])["problems"]) == 2
    assert "suggestions_accepted" in central.command("facts", "schema")
