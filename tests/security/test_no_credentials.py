"""No entry, table, column, field of a flow or widget has a place for a customer's secret (requirement S3)."""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from branch_console.rules.entries import known_types
from data import tables

ROOT = Path(__file__).parents[2]
SECRET = re.compile(
    r"passw|passcode|passphrase|(^|_)pwd|(^|_)pin(_|$)|otp|sms_code|verification_code|cvn|cvv|cvc|expiry|valid_thru"
    r"|(^|_)pan(_|$)|card_number|card_no|track[12]|magstripe|biometric|face_|finger|iris|photo|image|signature_scan"
)
KINDS_OF_JOURNAL = ("catalogue",)
STAFF_PASSWORDS = {
    "screens/gifts/goods/second_person.py",
    "screens/lock.py",
    "screens/login.py",
    "screens/new_password.py",
    "screens/onboarding/counter_dialog.py",
    "screens/onboarding/interruption_pane.py",
}


def properties(schema: Any) -> Iterator[str]:
    """The names of all members in a JSON schema."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for each in schema.values():
            yield from properties(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from properties(each)


def test_no_entry_has_a_place_for_a_secret() -> None:
    for module in KINDS_OF_JOURNAL:
        import_module(f"branch_console.rules.{module}")
    names = {
        (kind, name)
        for (kind, _), (_, model) in known_types().items()
        for name in properties(model.model_json_schema())
    }
    assert len(names) > 50
    names.remove(("stock.scrapped", "photo_sha256"))  # of spoilt goods; the photo itself is kept nowhere
    assert [each for each in sorted(names) if SECRET.search(each[1])] == []


def test_no_table_of_the_terminal_has_a_column_for_a_secret() -> None:
    columns = [(table.name, column.name) for table in SQLModel.metadata.sorted_tables for column in table.columns]
    assert {name for name, _ in columns} >= {tables.EntryRow.__tablename__, tables.DraftRow.__tablename__}
    assert [each for each in columns if SECRET.search(each[1])] == []


def test_no_table_of_central_has_a_column_for_a_secret() -> None:
    columns: list[str] = []
    for path in (ROOT / "branch_console" / "central" / "migrations" / "versions").glob("*.py"):
        columns += re.findall(
            r"^\s{4}([a-z_0-9]+) (?:text|bytea|bigint|integer|boolean|timestamptz)", path.read_text(), re.M
        )
    assert {"wire", "feed_position", "code_hash"} <= set(columns)
    assert [each for each in columns if SECRET.search(each)] == []


def test_a_step_about_a_secret_asks_only_whether_it_was_done() -> None:
    fields = []
    for path in (ROOT / "data" / "reference" / "flows").glob("*.toml"):
        for step in tomllib.loads(path.read_text(encoding="utf-8"))["steps"]:
            fields += [(step["id"], each["id"], each["kind"]) for each in step.get("fields", ())]
    assert len(fields) > 30
    typed = [each for each in fields if each[2] not in {"yesno", "choice", "choices"}]
    assert [each for each in typed if SECRET.search(each[1])] == []
    by_step = {step: {kind for where, _, kind in fields if where == step} for step in ("register", "pay_password")}
    for kinds in by_step.values():
        assert kinds <= {"yesno", "choice"}


def test_secrets_are_typed_by_staff_only_and_only_to_prove_who_they_are() -> None:
    found = set()
    for path in (ROOT / "screens").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"(?<!class )PasswordField\(|password=True", text) and path.name != "password_field.py":
            found.add(path.relative_to(ROOT).as_posix())
    assert found == STAFF_PASSWORDS


@pytest.mark.parametrize("name", ["pay_password", "cvn", "card_number", "otp", "pin", "face_image", "sms_code", "pan"])
def test_the_check_would_notice(name: str) -> None:
    assert SECRET.search(name)
